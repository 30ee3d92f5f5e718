package io.github.serfhandler.json;

/** Immutable: {@code null}. */
public enum JsonNull implements JsonValue {
  /** The only one. */
  NULL;

  @Override
  public String kind() {
    return "null";
  }

  @Override
  public boolean isNull() {
    return true;
  }

  @Override
  public String toString() {
    return kind();
  }
}
