package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Nearest;
import io.github.serfhandler.app.text.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/**
 * Confined to its caller's thread: walks the events of one YAML text and gathers settings and
 * problems.
 *
 * <p>It works on events, not on a tree: nothing is built before it is known to belong to a setting,
 * so that aliases cannot expand and deep nesting cannot exhaust the stack.
 */
final class YamlReader {
  // The parser's time grows with the square of the depth.
  private static final int MAX_DEPTH = 50;

  private final String name;
  private final Iterator<Event> events;
  private final List<YamlFile.Entry> entries = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Integer> firstLines = new HashMap<>();

  YamlReader(String name, Iterator<Event> events) {
    this.name = name;
    this.events = events;
  }

  YamlFile.Content content() {
    return new YamlFile.Content(entries, problems);
  }

  void problem(int line, String text) {
    problems.add(name + ":" + line + ": " + text);
  }

  void readAll() {
    try {
      readDocuments();
    } catch (TooDeepException e) {
      // The problem is noted; the rest of the file is not worth reading.
      return;
    }
  }

  private void readDocuments() {
    int documents = 0;
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof DocumentStartEvent && ++documents == 2) {
        problem(line(event), "a second document begins here; settings are one document");
        return;
      }
      if (event instanceof MappingStartEvent mapping) {
        refuseExtras(mapping, "");
        readMapping("");
      } else if (event instanceof NodeEvent node && !isNothing(node)) {
        problem(line(node), "settings are a mapping; write for example \"conf_dir: conf\"");
        skip(node);
      }
    }
  }

  /** Reads up to the end of the mapping that has just begun; prefix is empty or ends with a dot. */
  private void readMapping(String prefix) {
    while (true) {
      Event event = events.next();
      if (event instanceof CollectionEndEvent) {
        return;
      }
      NodeEvent value;
      if (event instanceof ScalarEvent scalar) {
        value = (NodeEvent) events.next();
        readEntry(prefix + scalar.getValue(), line(scalar), value);
      } else {
        problem(line(event), "a key is a plain word, not a list, a mapping or an alias");
        skip(event);
        skip(events.next());
      }
    }
  }

  private void readEntry(String key, int line, NodeEvent value) {
    Setting<?> setting = setting(key);
    if (setting == null && !isGroup(key)) {
      problem(line, Printable.of(key) + ": unknown key" + hint(key));
      skip(value);
      return;
    }
    Integer first = firstLines.putIfAbsent(key, line);
    if (first != null) {
      problem(line, key + ": stands twice; remove one (the other is on line " + first + ")");
      skip(value);
      return;
    }
    if (refuseExtras(value, key)) {
      skip(value);
    } else if (setting == null) {
      readGroup(key, value);
    } else {
      readValue(setting, line, value);
    }
  }

  private void readGroup(String key, NodeEvent value) {
    if (value instanceof MappingStartEvent) {
      readMapping(key + ".");
    } else if (!isNothing(value)) {
      problem(
          line(value), key + ": has settings of its own; write them on indented lines below it");
      skip(value);
    }
  }

  private void readValue(Setting<?> setting, int line, NodeEvent value) {
    if (value instanceof ScalarEvent scalar) {
      if (isNothing(scalar)) {
        problem(line, setting.key() + ": has no value; write one or remove the line");
      } else {
        entries.add(new YamlFile.Entry(setting, scalar.getValue(), line));
      }
    } else if (value instanceof SequenceStartEvent && setting.type().isList()) {
      readSequence(setting, line);
    } else if (value instanceof SequenceStartEvent && setting.type() instanceof EntryType) {
      readItems(setting, line);
    } else {
      problem(line(value), setting.key() + ": is one value; write for example " + sample(setting));
      skip(value);
    }
  }

  private void readSequence(Setting<?> setting, int line) {
    StringBuilder text = new StringBuilder();
    boolean good = true;
    for (Event event = events.next();
        !(event instanceof CollectionEndEvent);
        event = events.next()) {
      String item =
          event instanceof ScalarEvent scalar && !isNothing(scalar) ? scalar.getValue() : "";
      boolean several = item.indexOf(':') >= 0;
      if (setting.type() instanceof NamesType) {
        several |= item.indexOf(',') >= 0;
      }
      if (item.isBlank() || several) {
        problem(line(event), setting.key() + ": an entry of the list is no name; write one name");
        good = false;
        skip(event);
      } else {
        text.append(text.length() == 0 ? "" : ":").append(item);
      }
    }
    if (good) {
      entries.add(new YamlFile.Entry(setting, text.toString(), line));
    }
  }

  /** Reads a sequence whose entries are texts or mappings. */
  private void readItems(Setting<?> setting, int line) {
    List<YamlEntry> items = new ArrayList<>();
    int before = problems.size();
    for (Event event = events.next();
        !(event instanceof CollectionEndEvent);
        event = events.next()) {
      NodeEvent node = (NodeEvent) event;
      if (refuseExtras(node, setting.key())) {
        skip(node);
      } else if (node instanceof ScalarEvent scalar && !isNothing(scalar)) {
        items.add(YamlEntry.ofText(scalar.getValue(), line(scalar)));
      } else if (node instanceof MappingStartEvent) {
        Map<String, YamlEntry.Part> parts = readParts(setting);
        if (parts.isEmpty() && problems.size() == before) {
          problem(line(node), setting.key() + ": an entry is empty; remove it");
        }
        items.add(new YamlEntry("", parts, line(node)));
      } else {
        problem(line(node), setting.key() + ": an entry is a text or a mapping; write one");
        skip(node);
      }
    }
    if (problems.size() == before) {
      entries.add(new YamlFile.Entry(setting, "", items, line));
    }
  }

  private Map<String, YamlEntry.Part> readParts(Setting<?> setting) {
    Map<String, YamlEntry.Part> parts = new LinkedHashMap<>();
    while (true) {
      Event event = events.next();
      if (event instanceof CollectionEndEvent) {
        return parts;
      }
      if (event instanceof ScalarEvent key) {
        NodeEvent value = (NodeEvent) events.next();
        String where = setting.key() + ": " + Printable.of(key.getValue());
        if (refuseExtras(value, where)) {
          skip(value);
          continue;
        }
        boolean mapping =
            value instanceof MappingStartEvent
                && setting.type() instanceof EntryType<?> type
                && type.mappings().contains(key.getValue());
        YamlEntry.Part part =
            mapping ? readWords(where, line(key)) : readPart(where, line(key), value);
        if (part != null && parts.putIfAbsent(key.getValue(), part) != null) {
          problem(line(key), where + ": stands twice; remove one");
        }
      } else {
        problem(line(event), "a key is a plain word, not a list, a mapping or an alias");
        skip(event);
        skip(events.next());
      }
    }
  }

  /** Reads a mapping of texts up to its end; null after a problem. */
  private YamlEntry.@Nullable Part readWords(String where, int line) {
    Map<String, String> words = new LinkedHashMap<>();
    int before = problems.size();
    while (true) {
      Event event = events.next();
      if (event instanceof CollectionEndEvent) {
        break;
      }
      NodeEvent value = (NodeEvent) skipped(event);
      if (event instanceof ScalarEvent key
          && value instanceof ScalarEvent text
          && !isNothing(text)
          && !refuseExtras(text, where)) {
        if (words.putIfAbsent(key.getValue(), text.getValue()) != null) {
          problem(
              line(key), where + ": " + Printable.of(key.getValue()) + " stands twice; remove one");
        }
      } else {
        problem(line(event), where + ": holds something else than words with a text each");
        skip(value);
      }
    }
    if (words.isEmpty() && problems.size() == before) {
      problem(line, where + ": is empty; write something or remove the line");
    }
    return problems.size() == before ? new YamlEntry.Part(List.of(), false, words, line) : null;
  }

  /** Reads past a key that may be anything, and gives what begins after it. */
  private Event skipped(Event key) {
    skip(key);
    return events.next();
  }

  /** Reads a text or a sequence of texts; null after a problem. */
  private YamlEntry.@Nullable Part readPart(String where, int line, NodeEvent value) {
    if (value instanceof ScalarEvent scalar && !isNothing(scalar)) {
      return new YamlEntry.Part(List.of(scalar.getValue()), false, Map.of(), line);
    }
    if (!(value instanceof SequenceStartEvent)) {
      problem(line, where + ": is a text or a list of texts; write one or remove the line");
      skip(value);
      return null;
    }
    List<String> texts = new ArrayList<>();
    boolean good = true;
    for (Event event = events.next();
        !(event instanceof CollectionEndEvent);
        event = events.next()) {
      NodeEvent node = (NodeEvent) event;
      if (refuseExtras(node, where)) {
        good = false;
        skip(node);
      } else if (node instanceof ScalarEvent scalar && !isNothing(scalar)) {
        texts.add(scalar.getValue());
      } else {
        problem(line(node), where + ": an entry of the list is no text; write one in quotes");
        good = false;
        skip(node);
      }
    }
    if (good && texts.isEmpty()) {
      problem(line, where + ": the list is empty; write an entry or remove the line");
    }
    return good && !texts.isEmpty() ? new YamlEntry.Part(texts, true, Map.of(), line) : null;
  }

  /** Reports what YAML knows and settings do not use; true when the value is of no use then. */
  private boolean refuseExtras(NodeEvent node, String key) {
    String before = key.isEmpty() ? "" : key + ": ";
    if (node instanceof AliasEvent || node.getAnchor().isPresent()) {
      problem(line(node), before + "anchors and aliases (& and *) are not read; write the value");
      return true;
    }
    boolean tagged =
        (node instanceof ScalarEvent scalar && scalar.getTag().isPresent())
            || (node instanceof CollectionStartEvent start && start.getTag().isPresent());
    if (tagged) {
      problem(line(node), before + "YAML tags (!) are not read; quote the value or remove the tag");
    }
    return tagged;
  }

  /** Reads past the rest of a node, without recursion. */
  private void skip(Event start) {
    int depth = start instanceof CollectionStartEvent ? 1 : 0;
    while (depth > 0) {
      Event event = events.next();
      if (event instanceof CollectionStartEvent) {
        depth++;
        if (depth > MAX_DEPTH) {
          problem(line(event), "nested more than " + MAX_DEPTH + " deep; is it the right file?");
          throw new TooDeepException();
        }
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
  }

  private static boolean isNothing(NodeEvent node) {
    if (!(node instanceof ScalarEvent scalar) || !scalar.isPlain()) {
      return false;
    }
    String text = scalar.getValue();
    return text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null");
  }

  private static int line(Event event) {
    return event.getStartMark().isPresent() ? event.getStartMark().get().getLine() + 1 : 1;
  }

  private static String sample(Setting<?> setting) {
    return setting.key().substring(setting.key().lastIndexOf('.') + 1) + ": " + setting.example();
  }

  private static @Nullable Setting<?> setting(String key) {
    for (Setting<?> setting : SettingsTable.ALL) {
      if (setting.inFile() && setting.key().equals(key)) {
        return setting;
      }
    }
    return null;
  }

  private static boolean isGroup(String key) {
    for (Setting<?> setting : SettingsTable.ALL) {
      if (setting.inFile() && setting.key().startsWith(key + ".")) {
        return true;
      }
    }
    return false;
  }

  private static String hint(String key) {
    List<String> keys = new ArrayList<>();
    for (Setting<?> setting : SettingsTable.ALL) {
      if (setting.inFile()) {
        keys.add(setting.key());
        int dot = setting.key().indexOf('.');
        if (dot > 0 && !keys.contains(setting.key().substring(0, dot))) {
          keys.add(setting.key().substring(0, dot));
        }
      }
    }
    return Nearest.hint(key, keys);
  }

  private static final class TooDeepException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
