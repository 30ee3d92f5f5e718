package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * Immutable: a list whose entries can all be written as texts, one a line.
 *
 * @param <E> the type of an entry
 */
abstract class TextEntries<E> implements EntryType<E> {
  /** The entry that a text stands for, which is not blank in a line but may be in the YAML file. */
  abstract E one(String text) throws BadValueException;

  /** The entry that a mapping stands for. */
  abstract E mapping(YamlEntry entry) throws BadEntryException;

  /** Whether an entry ends there. */
  boolean separates(char c) {
    return c == '\n';
  }

  @Override
  public List<E> parse(String text) throws BadValueException {
    List<E> entries = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || separates(text.charAt(i))) {
        String part = text.substring(from, i);
        if (!part.trim().isEmpty()) {
          entries.add(one(part));
        }
        from = i + 1;
      }
    }
    return List.copyOf(entries);
  }

  @Override
  public final E entry(YamlEntry entry) throws BadEntryException {
    if (!entry.parts().isEmpty()) {
      return mapping(entry);
    }
    try {
      return one(entry.text());
    } catch (BadValueException e) {
      throw new BadEntryException(
          entry.line(), Printable.quoted(entry.text()) + " " + e.getMessage());
    }
  }
}
