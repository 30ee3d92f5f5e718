package io.github.serfhandler.app.settings;

import io.github.serfhandler.source.KeyLayout;

/** Immutable: how the keys of a store are made of product and key, see {@link KeyLayout}. */
public final class LayoutType implements ValueType<KeyLayout> {
  @Override
  public KeyLayout parse(String text) throws BadValueException {
    try {
      return KeyLayout.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadValueException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String format(KeyLayout value) {
    return value.toString();
  }

  @Override
  public String placeholder() {
    return "PATTERN";
  }

  @Override
  public String allowed() {
    return "a text with the words `PRODUCT` and `KEY`, each once";
  }

  @Override
  public String schema() {
    return "\"type\": \"string\", \"pattern\": \"PRODUCT[\\\\s\\\\S]+KEY|KEY[\\\\s\\\\S]+PRODUCT\"";
  }
}
