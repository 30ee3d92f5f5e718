package io.github.serfhandler.app.settings;

/** Immutable: any text, never shown; an empty one means "no key". */
public final class SecretType implements ValueType<Secret> {
  @Override
  public Secret parse(String text) {
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
    return "any text; an empty one means no key";
  }

  @Override
  public String schema() {
    return "\"type\": \"string\"";
  }

  @Override
  public boolean secret() {
    return true;
  }
}
