package io.github.serfhandler.app.cli;

import io.github.serfhandler.app.settings.SwitchType;
import io.github.serfhandler.app.settings.ValueType;
import io.github.serfhandler.app.settings.WordType;
import java.util.List;

/**
 * Immutable: an option that belongs to a command and is no setting: it has no place in the YAML
 * file or in the environment.
 *
 * @param <T> the type of its value
 * @param flag its name with the leading {@code --}
 * @param takesValue whether a value follows; a switch takes none
 * @param type how its value is read
 * @param defaultText its value where it is not given; empty where there is none
 * @param summary one line of help, without a full stop
 */
public record Option<T>(
    String flag, boolean takesValue, ValueType<T> type, String defaultText, String summary) {

  /** How results are printed; the same on each command that prints any. */
  public static final Option<Boolean> FORMAT =
      new Option<>(
          "--format",
          true,
          new WordType<>(List.of("table", "json"), List.of(false, true)),
          "table",
          "how the result is printed");

  /** A switch: on when given. */
  public static Option<Boolean> ofSwitch(String flag, String summary) {
    return new Option<>(flag, false, new SwitchType(), "off", summary);
  }

  /** An option with a value. */
  public static <T> Option<T> of(
      String flag, ValueType<T> type, String defaultText, String summary) {
    return new Option<>(flag, true, type, defaultText, summary);
  }

  /** An option with a value and no default: ask for it with {@link Invocation#given}. */
  public static <T> Option<T> ofGiven(String flag, ValueType<T> type, String summary) {
    return new Option<>(flag, true, type, "", summary);
  }

  @Override
  public String toString() {
    return flag;
  }
}
