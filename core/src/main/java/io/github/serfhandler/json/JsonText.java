package io.github.serfhandler.json;

/** Immutable: a JSON string. */
public final class JsonText implements JsonValue {
  private final String text;

  /**
   * A text.
   *
   * @throws IllegalArgumentException where it holds half of a surrogate pair
   */
  public JsonText(String text) {
    this.text = SourceText.requireWellFormed(text);
  }

  @Override
  public String kind() {
    return "a text";
  }

  @Override
  public String asText() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonText that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "a text of " + text.length() + " characters";
  }
}
