package io.github.serfhandler.etcd;

import io.github.serfhandler.etcd.WatchAnswer.Event;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Immutable: one line of a watch, taken apart before it is read: an answer can have tens of
 * thousands of small events, and all of them read at once would take a hundred times as much memory
 * as the line. So each event is read by itself, and of several of one key the last one is kept,
 * since no other counts.
 *
 * @param rest the line without its events
 * @param events the last event of each key, in the order of the line
 */
record AnswerLine(JsonObject rest, List<Event> events) {
  private static final byte[] EVENTS = {'"', 'e', 'v', 'e', 'n', 't', 's', '"'};

  /** Events are members of the result, which is a member of the line. */
  private static final int DEPTH = 2;

  /**
   * Takes a line apart; that it is JSON is for what reads the parts to find out.
   *
   * @throws io.github.serfhandler.json.JsonException where it is none
   * @throws IllegalArgumentException where it is not what a watch answers
   */
  static AnswerLine of(byte[] line) {
    int open = arrayOfEvents(line);
    if (open < 0) {
      return new AnswerLine(object(line), List.of());
    }
    Map<ByteBuffer, Event> last = new LinkedHashMap<>();
    int depth = 0;
    int start = -1;
    int at = open + 1;
    while (at < line.length && (depth > 0 || line[at] != ']')) {
      byte c = line[at];
      if (c == '"') {
        at = endOfText(line, at);
      } else if (c == '{' || c == '[') {
        start = depth == 0 ? at : start;
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
        if (depth == 0) {
          add(last, object(Arrays.copyOfRange(line, start, at + 1)));
        }
      }
      at++;
    }
    ByteArrayOutputStream rest = new ByteArrayOutputStream(open + 1 + line.length - at);
    rest.write(line, 0, open + 1);
    rest.write(line, Math.min(at, line.length), Math.max(0, line.length - at));
    return new AnswerLine(object(rest.toByteArray()), new ArrayList<>(last.values()));
  }

  private static void add(Map<ByteBuffer, Event> last, JsonObject json) {
    Event event = Event.of(json);
    ByteBuffer key = ByteBuffer.wrap(event.kv().key());
    last.remove(key);
    last.put(key, event);
  }

  /** Where the array of the events opens; -1 where there is none. */
  private static int arrayOfEvents(byte[] line) {
    int depth = 0;
    for (int at = 0; at < line.length; at++) {
      byte c = line[at];
      if (c == '"') {
        int end = endOfText(line, at);
        boolean named =
            depth == DEPTH && Arrays.equals(line, at, Math.min(end + 1, line.length), EVENTS, 0, 8);
        at = end;
        if (named && next(line, end + 1) == ':') {
          int value = skipBlanks(line, skipBlanks(line, end + 1) + 1);
          if (value < line.length && line[value] == '[') {
            return value;
          }
        }
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return -1;
  }

  private static int next(byte[] line, int from) {
    int at = skipBlanks(line, from);
    return at < line.length ? line[at] : -1;
  }

  private static int skipBlanks(byte[] line, int from) {
    int at = from;
    while (at < line.length && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r')) {
      at++;
    }
    return at;
  }

  /** The quote that ends a text; behind the line where none does. */
  private static int endOfText(byte[] line, int quote) {
    int at = quote + 1;
    while (at < line.length && line[at] != '"') {
      at += line[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, line.length);
  }

  private static JsonObject object(byte[] text) {
    return JsonValue.parse(text, Fields.limits(Math.max(1, text.length))).asObject();
  }
}
