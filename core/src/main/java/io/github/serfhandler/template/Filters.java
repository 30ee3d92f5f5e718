package io.github.serfhandler.template;

import io.github.serfhandler.render.Utf8Buffer;
import io.pebbletemplates.pebble.extension.Filter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The filters that are not the library's own. Those that quote do so for good: no text, however
 * odd, ends the place where it stands. Confined to one thread.
 */
final class Filters {
  private Filters() {}

  static Map<String, Filter> of(Steps steps) {
    Map<String, Filter> filters = new LinkedHashMap<>();
    Json json = new Json(steps);
    filters.put("json", new OwnFilter(List.of(), (input, arguments) -> json.text(input)));
    filters.put("shell", new OwnFilter(List.of(), (input, arguments) -> shell(input)));
    filters.put("split", new OwnFilter(List.of("delimiter"), Filters::split));
    return filters;
  }

  /** One word of a shell, in single quotes, where nothing but a single quote means anything. */
  private static String shell(@Nullable Object input) {
    if (input instanceof CharSequence
        || input instanceof Number
        || input instanceof Boolean
        || input instanceof Fields) {
      // No word of a shell can hold a NUL; it would be lost, or end the file.
      return "'" + input.toString().replace("'", "'\\''").replace('\0', '\ufffd') + "'";
    }
    throw new TemplateMistake("the filter shell takes text or a number, not " + Words.kind(input));
  }

  // The library's takes a regular expression, with which a name from the network can take for ever.
  private static List<String> split(@Nullable Object input, Map<String, Object> arguments) {
    if (!(input instanceof String text)
        || !(arguments.get("delimiter") instanceof String delimiter)
        || delimiter.isEmpty()) {
      throw new TemplateMistake(
          "the filter split takes text and the text to split it at, not "
              + Words.kind(input)
              + " and "
              + Words.kind(arguments.get("delimiter")));
    }
    List<String> parts = new ArrayList<>();
    int begin = 0;
    for (int end = text.indexOf(delimiter); end >= 0; end = text.indexOf(delimiter, begin)) {
      parts.add(text.substring(begin, end));
      begin = end + delimiter.length();
    }
    parts.add(text.substring(begin));
    return parts;
  }

  /** Any value as JSON, on one line. */
  private static final class Json {
    private static final int DEEPEST = 32;

    private final Steps steps;
    private final Utf8Buffer out = new Utf8Buffer();

    Json(Steps steps) {
      this.steps = steps;
    }

    String text(@Nullable Object value) {
      out.clear();
      append(value, 0);
      return StandardCharsets.UTF_8.decode(out.bytes()).toString();
    }

    private void append(@Nullable Object value, int depth) {
      steps.take(1);
      if (depth > DEEPEST) {
        throw new TemplateMistake("the filter json takes values up to " + DEEPEST + " deep");
      }
      if (value == null || value instanceof Boolean) {
        out.ascii(String.valueOf(value));
      } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
        out.ascii(value.toString());
      } else if (value instanceof CharSequence || value instanceof Character) {
        out.quoted(value.toString());
      } else if (value instanceof Fields fields) {
        appendFields(fields, depth);
      } else if (value instanceof Map<?, ?> map) {
        appendMap(map, depth);
      } else if (value instanceof Iterable<?> list) {
        appendList(list, depth);
      } else {
        throw new TemplateMistake("the filter json can not write " + Words.kind(value));
      }
    }

    private void appendFields(Fields fields, int depth) {
      char before = '{';
      for (String name : fields.names()) {
        out.ascii(before).quoted(name).ascii(':');
        append(fields.field(name), depth + 1);
        before = ',';
      }
      out.ascii('}');
    }

    private void appendMap(Map<?, ?> map, int depth) {
      out.ascii('{');
      boolean first = true;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.ascii(first ? "" : ",").quoted(String.valueOf(entry.getKey())).ascii(':');
        append(entry.getValue(), depth + 1);
        first = false;
      }
      out.ascii('}');
    }

    private void appendList(Iterable<?> list, int depth) {
      out.ascii('[');
      boolean first = true;
      for (Object element : list) {
        out.ascii(first ? "" : ",");
        append(element, depth + 1);
        first = false;
      }
      out.ascii(']');
    }
  }
}
