package io.github.serfhandler.app.cli;

import io.github.serfhandler.app.settings.BadValueException;
import io.github.serfhandler.app.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Immutable: one call of a command.
 *
 * @param settings the settings of this run
 * @param options what was given for the command's options, from flag to text
 * @param arguments what stood beside the options
 * @param out standard output, for results
 * @param err standard error, for all else
 */
public record Invocation(
    Settings settings,
    Map<String, String> options,
    List<String> arguments,
    Output out,
    Output err) {

  public Invocation {
    options = Map.copyOf(options);
    arguments = List.copyOf(arguments);
  }

  /** The value of an option of the command, its default where it was not given. */
  public <T> T value(Option<T> option) {
    return parsed(option, options.getOrDefault(option.flag(), option.defaultText()));
  }

  /** The value of an option of the command; empty where it was not given. */
  public <T> Optional<T> given(Option<T> option) {
    String text = options.get(option.flag());
    return text == null ? Optional.empty() : Optional.of(parsed(option, text));
  }

  private static <T> T parsed(Option<T> option, String text) {
    try {
      return option.type().parse(text);
    } catch (BadValueException e) {
      // The arguments were checked when they were read.
      throw new IllegalStateException(option.flag(), e);
    }
  }

  /** Whether an option was given, with any value. */
  public boolean has(Option<?> option) {
    return options.containsKey(option.flag());
  }

  @Override
  public String toString() {
    return options + " " + arguments;
  }
}
