package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.client.EventFilter;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.script.ScriptSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: scripts as handlers. A text is a line of Serf's {@code event_handlers}; of several
 * lines each is one. In the file an entry may also be a mapping with what Serf has no word for.
 */
public final class ScriptsType extends TextEntries<ScriptSpec> {
  private static final List<String> PARTS = List.of("on", "run", "role", "timeout", "dir", "name");
  private static final DurationType TIMEOUT =
      new DurationType(Duration.ofMillis(10), Duration.ofHours(24));

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

  @Override
  ScriptSpec one(String line) throws BadValueException {
    try {
      return ScriptSpec.parse(line);
    } catch (IllegalArgumentException e) {
      throw new BadValueException("can not be used: " + e.getMessage());
    }
  }

  @Override
  ScriptSpec mapping(YamlEntry entry) throws BadEntryException {
    EntryParts parts = new EntryParts(entry);
    refuseLines(entry);
    parts.refuseOthers(PARTS, "a script");
    YamlEntry.Part run = parts.part("run");
    if (run == null) {
      throw new BadEntryException(
          entry.line(), "run: is missing; write for example run: /etc/serf/deploy.sh");
    }
    String role = parts.text("role").orElse(SerfHandlerProxy.DEFAULT);
    if (role.indexOf(':') >= 0) {
      throw new BadEntryException(
          parts.line("role"), "role: holds a colon; give each role an entry of its own");
    }
    String name = parts.text("name").orElse("");
    try {
      return new ScriptSpec(
          role,
          filter(parts.part("on")),
          run.isList() ? run.texts() : ScriptSpec.shell(run.texts().get(0)),
          parts.value("timeout", TIMEOUT),
          parts.value("dir", new PathType("DIR")),
          name);
    } catch (IllegalArgumentException e) {
      throw new BadEntryException(run.line(), String.valueOf(e.getMessage()));
    }
  }

  /** YAML takes a line of Serf's for a mapping where a blank follows a colon. */
  private static void refuseLines(YamlEntry entry) throws BadEntryException {
    for (Map.Entry<String, YamlEntry.Part> part : entry.parts().entrySet()) {
      if (part.getKey().indexOf('=') >= 0) {
        throw new BadEntryException(
            part.getValue().line(),
            Printable.of(part.getKey()) + ": no part of a script; put the whole line in quotes");
      }
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
}
