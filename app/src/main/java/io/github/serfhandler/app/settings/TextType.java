package io.github.serfhandler.app.settings;

/** Immutable: a text of one line that is not blank. */
public final class TextType implements ValueType<String> {
  private static final int MAX_LENGTH = 256;

  private final String placeholder;

  /** A text that a usage line calls by this word. */
  public TextType(String placeholder) {
    this.placeholder = placeholder;
  }

  @Override
  public String parse(String text) throws BadValueException {
    if (text.isBlank() || text.length() > MAX_LENGTH) {
      throw new BadValueException("is not a text of 1 to " + MAX_LENGTH + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        throw new BadValueException("holds a control character");
      }
    }
    return text;
  }

  @Override
  public String format(String value) {
    return value;
  }

  @Override
  public String placeholder() {
    return placeholder;
  }

  @Override
  public String allowed() {
    return "a text of one line";
  }

  @Override
  public String schema() {
    return "\"type\": \"string\", \"pattern\": \"\\\\S\", \"maxLength\": " + MAX_LENGTH;
  }
}
