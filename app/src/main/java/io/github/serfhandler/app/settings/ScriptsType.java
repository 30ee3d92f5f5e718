package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Nearest;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.client.EventFilter;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.script.ScriptSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: scripts as handlers. A text is a line of Serf's {@code event_handlers}; of several
 * lines each is one. In the file an entry may also be a mapping with what Serf has no word for.
 */
public final class ScriptsType implements EntryType<ScriptSpec> {
  private static final List<String> PARTS = List.of("on", "run", "role", "timeout", "dir", "name");
  private static final DurationType TIMEOUT =
      new DurationType(Duration.ofMillis(10), Duration.ofHours(24));

  @Override
  public List<ScriptSpec> parse(String text) throws BadValueException {
    List<ScriptSpec> scripts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == '\n') {
        String line = text.substring(from, i);
        if (!line.isBlank()) {
          scripts.add(script(line));
        }
        from = i + 1;
      }
    }
    return List.copyOf(scripts);
  }

  @Override
  public ScriptSpec entry(YamlEntry entry) throws BadEntryException {
    if (!entry.parts().isEmpty()) {
      return mapping(entry);
    }
    try {
      return script(entry.text());
    } catch (BadValueException e) {
      throw new BadEntryException(
          entry.line(), Printable.quoted(entry.text()) + " " + e.getMessage());
    }
  }

  @Override
  public List<String> parts() {
    return PARTS;
  }

  /** One a line, as Serf has it; with what Serf has no word for in brackets, to read alone. */
  @Override
  public String format(List<ScriptSpec> value) {
    StringBuilder text = new StringBuilder();
    for (ScriptSpec script : value) {
      text.append(text.length() == 0 ? "" : "\n").append(script);
    }
    return text.toString();
  }

  @Override
  public String placeholder() {
    return "[FILTER=]SCRIPT";
  }

  @Override
  public String allowed() {
    return "lines of Serf's `event_handlers`, one a line, and a flag for each; in YAML a sequence"
        + " of such texts and of mappings with `run` and, as needed, `on`, `role`, `timeout`, `dir`"
        + " and `name`";
  }

  @Override
  public String schema() {
    String term = "([*]|member-(join|leave|failed|update|reap)|(user|query)(:[^,=]*)?)";
    String filter = "(" + term + "(," + term + ")*)?";
    String blank = "[ \\\\t\\\\r]*";
    String filled = "[^\\\\n]*[^ \\\\t\\\\r\\\\n][^\\\\n]*";
    String bare = "[^=\\\\n]*[^= \\\\t\\\\r\\\\n][^=\\\\n]*";
    String line = "(" + bare + "|" + filter + "=" + filled + ")";
    String lines = "(" + line + "|" + blank + ")(\\\\n(" + line + "|" + blank + "))*";
    String any = "([^=]*[^=\\\\s][^=]*|" + filter + "=[\\\\s\\\\S]*[^\\\\s][\\\\s\\\\S]*)";
    String text = "\"type\": \"string\", \"pattern\": \"";
    String filled1 = "{" + text + "[^\\\\s]\"}";
    return "\"type\": [\"string\", \"array\"], \"pattern\": \"^"
        + lines
        + "$\", \"items\": {\"anyOf\": [{"
        + text
        + "^"
        + any
        + "$\"}, {\"type\": \"object\", \"additionalProperties\": false, \"required\": [\"run\"],"
        + " \"properties\": {\"run\": {\"anyOf\": ["
        + filled1
        + ", {\"type\": \"array\", \"minItems\": 1, \"items\": {\"type\": \"string\"}}]}, \"on\":"
        + " {\"anyOf\": [{"
        + text
        + "^"
        + filter
        + "$\"}, {\"type\": \"array\", \"minItems\": 1, \"items\": {"
        + text
        + "^"
        + filter
        + "$\"}}]}, \"role\": {"
        + text
        + "^[^:]*[^:\\\\s][^:]*$\"}, \"timeout\": {"
        + TIMEOUT.schema()
        + "}, \"dir\": "
        + filled1
        + ", \"name\": "
        + filled1
        + "}}]}";
  }

  private static ScriptSpec script(String line) throws BadValueException {
    try {
      return ScriptSpec.parse(line);
    } catch (IllegalArgumentException e) {
      throw new BadValueException("can not be used: " + e.getMessage());
    }
  }

  private static ScriptSpec mapping(YamlEntry entry) throws BadEntryException {
    for (String part : entry.parts().keySet()) {
      YamlEntry.Part value = part(entry, part);
      if (!PARTS.contains(part) && value != null) {
        throw new BadEntryException(
            value.line(),
            Printable.of(part)
                + ": no part of a script"
                // YAML takes a line of Serf's for a mapping where a blank follows a colon.
                + (part.indexOf('=') >= 0
                    ? "; put the whole line in quotes"
                    : Nearest.hint(part, PARTS)));
      }
    }
    YamlEntry.Part run = part(entry, "run");
    if (run == null) {
      throw new BadEntryException(
          entry.line(), "run: is missing; write for example run: /etc/serf/deploy.sh");
    }
    String role = text(entry, "role");
    YamlEntry.Part rolePart = part(entry, "role");
    if (role != null && rolePart != null && role.indexOf(':') >= 0) {
      throw new BadEntryException(
          rolePart.line(), "role: holds a colon; give each role an entry of its own");
    }
    String name = text(entry, "name");
    try {
      return new ScriptSpec(
          role == null ? SerfHandlerProxy.DEFAULT : role,
          filter(part(entry, "on")),
          run.isList() ? run.texts() : ScriptSpec.shell(run.texts().get(0)),
          timeout(entry),
          dir(entry),
          name == null ? "" : name);
    } catch (IllegalArgumentException e) {
      throw new BadEntryException(run.line(), String.valueOf(e.getMessage()));
    }
  }

  private static EventFilter filter(YamlEntry.@Nullable Part on) throws BadEntryException {
    if (on == null) {
      return EventFilter.all();
    }
    try {
      return EventFilter.parse(String.join(",", on.texts()));
    } catch (IllegalArgumentException e) {
      throw new BadEntryException(on.line(), "on: " + Printable.of(String.valueOf(e.getMessage())));
    }
  }

  private static Optional<Duration> timeout(YamlEntry entry) throws BadEntryException {
    return value(entry, "timeout", TIMEOUT);
  }

  private static Optional<Path> dir(YamlEntry entry) throws BadEntryException {
    return value(entry, "dir", new PathType("DIR"));
  }

  private static <T> Optional<T> value(YamlEntry entry, String name, ValueType<T> type)
      throws BadEntryException {
    String text = text(entry, name);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(type.parse(text));
    } catch (BadValueException e) {
      YamlEntry.Part part = part(entry, name);
      throw new BadEntryException(
          part == null ? entry.line() : part.line(),
          name + ": " + Printable.quoted(text) + " " + e.getMessage());
    }
  }

  /** The text of a part that is one; null where it is not there. */
  private static @Nullable String text(YamlEntry entry, String name) throws BadEntryException {
    YamlEntry.Part part = part(entry, name);
    if (part == null) {
      return null;
    }
    if (part.isList() || part.texts().get(0).isBlank()) {
      throw new BadEntryException(part.line(), name + ": is one text; write it on its line");
    }
    return part.texts().get(0);
  }

  private static YamlEntry.@Nullable Part part(YamlEntry entry, String name) {
    return entry.parts().get(name);
  }
}
