package io.github.serfhandler.app.settings;

/** Immutable: any text of a least length, never shown; an empty one means "none". */
public final class SecretType implements ValueType<Secret> {
  private final String meaning;
  private final int least;

  /**
   * A type of secrets.
   *
   * @param meaning what the secret is, for messages
   * @param least the fewest characters that it may have where it is not empty
   */
  public SecretType(String meaning, int least) {
    this.meaning = meaning;
    this.least = least;
  }

  /** What the secret is, for messages. */
  String meaning() {
    return meaning;
  }

  @Override
  public Secret parse(String text) throws BadValueException {
    if (!text.isEmpty() && text.length() < least) {
      throw new BadValueException(
          "is shorter than " + least + " characters; take a long one that no one can guess");
    }
    return new Secret(text);
  }

  @Override
  public String format(Secret value) {
    return value.toString();
  }

  @Override
  public String placeholder() {
    return "KEY";
  }

  @Override
  public String allowed() {
    String length = least > 1 ? "any text of at least " + least + " characters" : "any text";
    return length + "; an empty one means none";
  }

  @Override
  public String schema() {
    return least > 1
        ? "\"type\": \"string\", \"pattern\": \"^([\\\\s\\\\S]{" + least + ",})?$\""
        : "\"type\": \"string\"";
  }

  @Override
  public boolean secret() {
    return true;
  }
}
