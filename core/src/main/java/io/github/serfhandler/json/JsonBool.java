package io.github.serfhandler.json;

/** Immutable: {@code true} or {@code false}. */
public enum JsonBool implements JsonValue {
  /** {@code false}. */
  FALSE,
  /** {@code true}. */
  TRUE;

  @Override
  public String kind() {
    return "true or false";
  }

  @Override
  public boolean asBoolean() {
    return this == TRUE;
  }

  @Override
  public String toString() {
    return kind();
  }
}
