package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.config.PublicKey;
import io.github.serfhandler.config.RejectedException;
import java.util.List;

/**
 * Immutable: public keys, each a text as {@code config keygen} prints it. An empty list is made
 * without a class of cryptography, so that a one-shot run without keys pays nothing for them.
 */
public final class TrustedType extends TextEntries<PublicKey> {
  @Override
  PublicKey mapping(YamlEntry entry) throws BadEntryException {
    throw new BadEntryException(
        entry.line(), "an entry is one text; write NAME:KEY without a blank behind the colon");
  }

  @Override
  public List<String> parts() {
    return List.of();
  }

  @Override
  public String format(List<PublicKey> value) {
    StringBuilder text = new StringBuilder();
    for (PublicKey key : value) {
      text.append(text.length() == 0 ? "" : "\n").append(key.text());
    }
    return text.toString();
  }

  @Override
  public String placeholder() {
    return "NAME:KEY";
  }

  @Override
  public String allowed() {
    return "public keys as `config keygen` prints them, `NAME:KEY`, one a line, and a flag for"
        + " each; in YAML a sequence";
  }

  @Override
  public String schema() {
    String name = "[A-Za-z0-9]([A-Za-z0-9_-]|[.](?![.])){0,62}";
    String key = name + ":[A-Za-z0-9_-]{43}";
    String line = "[ \\\\t\\\\r]*(" + key + ")?[ \\\\t\\\\r]*";
    return "\"type\": [\"string\", \"array\"], \"pattern\": \"^"
        + line
        + "(\\\\n"
        + line
        + ")*$\", \"items\": {\"type\": \"string\", \"pattern\": \"^\\\\s*"
        + key
        + "\\\\s*$\"}";
  }

  @Override
  PublicKey one(String text) throws BadValueException {
    try {
      return PublicKey.parse(text.trim());
    } catch (IllegalArgumentException | RejectedException e) {
      throw new BadValueException(
          "can not be used: " + Printable.of(String.valueOf(e.getMessage())));
    }
  }
}
