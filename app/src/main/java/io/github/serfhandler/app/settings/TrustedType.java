package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.config.PublicKey;
import io.github.serfhandler.config.RejectedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Immutable: public keys, each a text as {@code config keygen} prints it. An empty list is made
 * without a class of cryptography, so that a one-shot run without keys pays nothing for them.
 */
public final class TrustedType implements EntryType<PublicKey> {
  @Override
  public List<PublicKey> parse(String text) throws BadValueException {
    List<PublicKey> keys = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == '\n') {
        String line = text.substring(from, i).trim();
        if (!line.isEmpty()) {
          keys.add(key(line));
        }
        from = i + 1;
      }
    }
    return List.copyOf(keys);
  }

  @Override
  public PublicKey entry(YamlEntry entry) throws BadEntryException {
    if (!entry.parts().isEmpty()) {
      throw new BadEntryException(
          entry.line(), "an entry is one text; write NAME:KEY without a blank behind the colon");
    }
    try {
      return key(entry.text().trim());
    } catch (BadValueException e) {
      throw new BadEntryException(
          entry.line(), Printable.quoted(entry.text()) + " " + e.getMessage());
    }
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

  private static PublicKey key(String text) throws BadValueException {
    try {
      return PublicKey.parse(text);
    } catch (IllegalArgumentException | RejectedException e) {
      throw new BadValueException(
          "can not be used: " + Printable.of(String.valueOf(e.getMessage())));
    }
  }
}
