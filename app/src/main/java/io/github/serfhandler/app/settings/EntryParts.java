package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Nearest;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.process.Program;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Immutable: reads the parts of an entry that is a mapping, each problem with its line. */
final class EntryParts {
  private final YamlEntry entry;

  EntryParts(YamlEntry entry) {
    this.entry = entry;
  }

  /**
   * Refuses a part that nobody knows.
   *
   * @param thing what the entry is, for people
   */
  void refuseOthers(List<String> known, String thing) throws BadEntryException {
    for (Map.Entry<String, YamlEntry.Part> part : entry.parts().entrySet()) {
      String name = part.getKey();
      if (!known.contains(name)) {
        throw new BadEntryException(
            part.getValue().line(),
            Printable.of(name) + ": no part of " + thing + Nearest.hint(name, known));
      }
    }
  }

  /** The part; null where it is not there. */
  YamlEntry.@Nullable Part part(String name) {
    return entry.parts().get(name);
  }

  /** Its line; the entry's where it is not there. */
  int line(String name) {
    YamlEntry.Part part = part(name);
    return part == null ? entry.line() : part.line();
  }

  /** The text of a part that is one. */
  Optional<String> text(String name) throws BadEntryException {
    YamlEntry.Part part = part(name);
    if (part == null) {
      return Optional.empty();
    }
    if (part.isList() || part.texts().isEmpty() || part.texts().get(0).isBlank()) {
      throw new BadEntryException(part.line(), name + ": is one text; write it on its line");
    }
    return Optional.of(part.texts().get(0));
  }

  /** The value that its text stands for. */
  <T> Optional<T> value(String name, ValueType<T> type) throws BadEntryException {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(type.parse(text.get()));
    } catch (BadValueException e) {
      throw new BadEntryException(
          line(name), name + ": " + Printable.quoted(text.get()) + " " + e.getMessage());
    }
  }

  /**
   * The program of a part that is a list: it and its arguments.
   *
   * @param example for people
   */
  Optional<Program> program(String name, Duration timeout, String example)
      throws BadEntryException {
    YamlEntry.Part part = part(name);
    if (part == null) {
      return Optional.empty();
    }
    if (!part.isList()) {
      throw new BadEntryException(
          part.line(),
          name
              + ": is a list, the program and each of its arguments; write for example "
              + example);
    }
    try {
      return Optional.of(Program.of(part.texts(), timeout));
    } catch (IllegalArgumentException e) {
      throw new BadEntryException(
          part.line(), name + ": " + Printable.of(String.valueOf(e.getMessage())));
    }
  }
}
