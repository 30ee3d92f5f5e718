package io.github.serfhandler.app.settings;

/**
 * Immutable: how a text becomes a value, and what the documentation says about it.
 *
 * @param <T> the type of the value
 */
public interface ValueType<T> {
  /**
   * The value that the text stands for.
   *
   * @throws BadValueException when the text stands for none; the message holds the remedy
   */
  T parse(String text) throws BadValueException;

  /** The value as {@link #parse} reads it back; {@code (hidden)} for a secret. */
  String format(T value);

  /** What stands for a value in a usage line, as {@code DURATION} or {@code on|off}. */
  String placeholder();

  /** What values there are, in a few words for the reference: {@code 10ms to 1m}. */
  String allowed();

  /** The JSON Schema of a value in the YAML file: the members of a JSON object, without braces. */
  String schema();

  /**
   * Whether a value may stand in YAML as a sequence; its text has {@code :} between the entries.
   */
  default boolean isList() {
    return false;
  }

  /**
   * Whether its flag may be given several times; the texts then stand on lines of one text, in
   * their order.
   */
  default boolean repeats() {
    return false;
  }

  /**
   * Whether a value can be written as one text, on the command line and in the environment; if not,
   * it stands in the YAML file alone.
   */
  default boolean hasText() {
    return true;
  }

  /** Whether a value must never be printed. */
  default boolean secret() {
    return false;
  }
}
