package io.github.serfhandler.source;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonBool;
import io.github.serfhandler.json.JsonNull;
import io.github.serfhandler.json.JsonNumber;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonText;
import io.github.serfhandler.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/**
 * Makes a JSON object of one YAML text, as {@link ValueFormat#YAML} says; confined to one thread,
 * used once. The only class here that knows of a YAML library.
 *
 * <p>It works on the parser's events: depth and size are known before anything is built, and a
 * number keeps the digits that it was written with. An alias stands for the very value that its
 * anchor names, and counts with the size that it has when it is written out, so that a short text
 * of aliases to aliases is refused. Of the library's messages nothing is told, for they quote.
 */
final class YamlReader {
  private static final String HINT =
      "; look for a missing quote, a missing blank after a colon, or a tab";

  private final Iterator<Event> events;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int depth;
  private long size;

  /** Immutable: what an alias stands for, and how long it is when written out. */
  private record Anchored(JsonValue value, long size) {}

  private YamlReader(Iterator<Event> events) {
    this.events = events;
  }

  /**
   * Reads a text of at most {@link ConfigUpdate#MAX_FILE_BYTES}.
   *
   * @throws RejectedException where it is none; the reason holds nothing of it
   */
  static JsonObject read(String text) {
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(ConfigUpdate.MAX_FILE_BYTES).build();
    try {
      return new YamlReader(new Parse(settings).parseString(text).iterator()).document();
    } catch (RejectedException e) {
      throw e;
    } catch (ReaderException e) {
      throw new RejectedException(
          "not YAML: "
              + place(text, e.getPosition())
              + ": a control character; write it as an escape in double quotes");
    } catch (MarkedYamlEngineException e) {
      throw new RejectedException("not YAML: " + place(e.getProblemMark().orElse(null)) + HINT);
    } catch (RuntimeException e) {
      // Whatever else the library throws at a hostile text: only its kind is told.
      throw new RejectedException("not YAML (" + e.getClass().getSimpleName() + ")");
    }
  }

  private JsonObject document() {
    JsonObject read = null;
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof DocumentStartEvent && read != null) {
        throw refused(event, "a second document begins; write one");
      }
      if (event instanceof NodeEvent node) {
        if (!(value(node) instanceof JsonObject object)) {
          break;
        }
        read = object;
      }
    }
    if (read == null) {
      throw new RejectedException("not a YAML mapping; write for example \"name: value\"");
    }
    return read;
  }

  /** The value that begins with this event. */
  private JsonValue value(NodeEvent node) {
    if (node instanceof AliasEvent alias) {
      Anchored target = anchors.get(alias.getAlias());
      if (target == null) {
        throw refused(node, "an alias without an anchor before it, or within what it names");
      }
      grow(node, target.size());
      return target.value();
    }
    refuseTag(node);
    long before = size;
    JsonValue value;
    try {
      if (node instanceof ScalarEvent scalar) {
        value = scalar(scalar);
      } else {
        value = collection((CollectionStartEvent) node);
      }
    } catch (IllegalArgumentException e) {
      throw refused(
          node,
          "half of a surrogate pair, or nested deeper than " + JsonValue.MAX_DEPTH + " in it");
    }
    if (node.getAnchor().isPresent()) {
      anchors.put(node.getAnchor().get(), new Anchored(value, size - before));
    }
    return value;
  }

  private JsonValue collection(CollectionStartEvent start) {
    if (++depth > JsonValue.MAX_DEPTH) {
      throw refused(start, "nested deeper than " + JsonValue.MAX_DEPTH + " lists and mappings");
    }
    grow(start, 2);
    JsonValue value = start instanceof MappingStartEvent ? mapping() : sequence();
    depth--;
    return value;
  }

  private JsonValue sequence() {
    List<JsonValue> elements = new ArrayList<>();
    Event event = events.next();
    while (!(event instanceof CollectionEndEvent)) {
      elements.add(value((NodeEvent) event));
      grow(event, 1);
      event = events.next();
    }
    return JsonArray.of(elements);
  }

  private JsonValue mapping() {
    Map<String, JsonValue> members = new TreeMap<>();
    Event event = events.next();
    while (!(event instanceof CollectionEndEvent)) {
      String key = key((NodeEvent) event);
      if (members.containsKey(key)) {
        throw refused(event, "a key that stands there twice; remove one");
      }
      members.put(key, value((NodeEvent) events.next()));
      grow(event, 2);
      event = events.next();
    }
    return JsonObject.of(members);
  }

  private String key(NodeEvent node) {
    if (node instanceof ScalarEvent scalar) {
      if (scalar.isPlain() && scalar.getValue().equals("<<")) {
        throw refused(node, "a merge key (<<), which is not read; write out what it stands for");
      }
      if (value(scalar) instanceof JsonText text) {
        return text.asText();
      }
    }
    throw refused(node, "a key that is no text; write it in quotes");
  }

  private JsonValue scalar(ScalarEvent scalar) {
    JsonValue value =
        scalar.isPlain() ? plain(scalar, scalar.getValue()) : new JsonText(scalar.getValue());
    grow(scalar, scalar.getValue().length() + (value instanceof JsonText ? 2L : 0));
    return value;
  }

  private static JsonValue plain(ScalarEvent scalar, String text) {
    return switch (text) {
      case "", "null" -> JsonNull.NULL;
      case "true" -> JsonBool.TRUE;
      case "false" -> JsonBool.FALSE;
      case ".nan", ".inf", "-.inf" ->
          throw refused(scalar, "a number that JSON does not know; write another, or quotes");
      default -> numberOrText(scalar, text);
    };
  }

  private static JsonValue numberOrText(ScalarEvent scalar, String text) {
    if (!isOfNumber(text)) {
      return new JsonText(text);
    }
    if (text.length() > JsonNumber.MAX_LENGTH) {
      throw refused(
          scalar,
          "a number of more than " + JsonNumber.MAX_LENGTH + " characters; write quotes around it");
    }
    try {
      return JsonNumber.of(text);
    } catch (IllegalArgumentException e) {
      // As 1.2.3, 007 or 2026-11-25.
      return new JsonText(text);
    }
  }

  /** Whether it is made of what numbers are made of. */
  private static boolean isOfNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && ".+-eE".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static void refuseTag(NodeEvent node) {
    boolean tagged =
        node instanceof ScalarEvent scalar
            ? scalar.getTag().isPresent()
            : ((CollectionStartEvent) node).getTag().isPresent();
    if (tagged) {
      throw refused(node, "a tag (!), which is not read; remove it, or quote the value");
    }
  }

  private void grow(Event at, long more) {
    size += more;
    if (size > ConfigUpdate.MAX_FILE_BYTES) {
      throw refused(
          at, "more than " + ConfigUpdate.MAX_FILE_BYTES + " bytes with its aliases written out");
    }
  }

  private static RejectedException refused(Event at, String what) {
    return new RejectedException("YAML of " + place(at.getStartMark().orElse(null)) + ": " + what);
  }

  private static String place(@Nullable Mark mark) {
    return mark == null
        ? "an unknown line"
        : "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
  }

  private static String place(String text, int codePoints) {
    int end =
        text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
    int lineStart = text.lastIndexOf('\n', end - 1) + 1;
    long line = text.substring(0, lineStart).chars().filter(c -> c == '\n').count() + 1;
    return "line " + line + ", column " + (text.codePointCount(lineStart, end) + 1);
  }
}
