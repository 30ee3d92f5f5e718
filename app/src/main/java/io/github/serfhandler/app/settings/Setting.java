package io.github.serfhandler.app.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: the declaration of one setting.
 *
 * @param <T> the type of its value
 * @param key its key in the YAML file, {@code .} between the levels; for the setting that names
 *     that file, the name it would have
 * @param inFile whether it may stand in the YAML file
 * @param flag its flag on the command line, with the leading {@code --}
 * @param variable its environment variable
 * @param type how its text is read
 * @param defaultText its default as it would be written; null where there is none
 * @param summary one line of help, without a full stop
 * @param details more for the reference page, one or more sentences of Markdown
 * @param example a value that someone could write
 */
public record Setting<T>(
    String key,
    boolean inFile,
    String flag,
    String variable,
    ValueType<T> type,
    @Nullable String defaultText,
    String summary,
    String details,
    String example) {

  static <T> Setting<T> of(
      String key,
      ValueType<T> type,
      @Nullable String defaultText,
      String example,
      String summary,
      String details) {
    String words = key.replace('.', '_');
    return new Setting<>(
        key,
        true,
        "--" + words.replace('_', '-'),
        "SERF_HANDLER_" + words.toUpperCase(Locale.ROOT),
        type,
        defaultText,
        summary,
        details,
        example);
  }

  /** The same setting under another flag and environment variable. */
  Setting<T> named(String otherFlag, String otherVariable) {
    return new Setting<>(
        key, inFile, otherFlag, otherVariable, type, defaultText, summary, details, example);
  }

  /** The same setting, not to be written in the YAML file. */
  Setting<T> outsideFile() {
    return new Setting<>(key, false, flag, variable, type, defaultText, summary, details, example);
  }

  @Override
  public String toString() {
    return key;
  }

  // Settings are told apart by key alone; the record's own hashCode goes through invokedynamic.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Setting<?> setting && setting.key.equals(key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }
}
