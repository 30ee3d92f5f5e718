package io.github.serfhandler.rule;

import dev.harrel.jsonschema.Error;
import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonText;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.process.Printed;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: how the places of a content are called where everybody may read it. A name that the
 * schema has is shown; for any other stands {@code *}, since it may be a part of what is secret.
 */
final class Places {
  private static final int MOST = 3;
  private static final int LONGEST = 200;

  /** Each of these only says that something below or beside it is wrong. */
  private static final Set<String> SUMMARIES =
      Set.of(
          "allOf",
          "anyOf",
          "oneOf",
          "if",
          "then",
          "else",
          "$ref",
          "$dynamicRef",
          "properties",
          "items",
          "prefixItems",
          "patternProperties",
          "dependentSchemas",
          "propertyNames");

  private final Set<String> names = new HashSet<>();
  private final boolean all;

  /** For contents. */
  Places(JsonValue schema) {
    this(schema, false);
  }

  /**
   * For contents, or for the schema itself.
   *
   * @param all whether all names are shown
   */
  Places(JsonValue schema, boolean all) {
    this.all = all;
    collect(schema);
  }

  private void collect(JsonValue schema) {
    if (schema instanceof JsonObject object) {
      for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
        String keyword = member.getKey();
        if (keyword.equals("properties") && member.getValue() instanceof JsonObject properties) {
          names.addAll(properties.members().keySet());
        } else if (keyword.equals("required")) {
          for (JsonValue name : Schema.elements(member.getValue())) {
            if (name instanceof JsonText text) {
              names.add(text.asText());
            }
          }
        }
        if (!Schema.isPlainData(keyword)) {
          collect(member.getValue());
        }
      }
    } else if (schema instanceof JsonArray array) {
      for (JsonValue element : array) {
        collect(element);
      }
    }
  }

  /** The places of these errors in one line; the most telling ones where there are too many. */
  String line(JsonValue content, List<Error> errors) {
    Set<String> lines = new LinkedHashSet<>();
    for (Error error : errors) {
      if (!SUMMARIES.contains(keyword(error))) {
        lines.add(line(content, error));
      }
    }
    for (Error error : errors) {
      if (lines.isEmpty()) {
        lines.add(line(content, error));
      }
    }
    StringBuilder out = new StringBuilder();
    int shown = 0;
    for (String line : lines) {
      if (shown == MOST) {
        break;
      }
      out.append(shown == 0 ? "" : "; ").append(line);
      shown++;
    }
    if (lines.size() > MOST) {
      out.append(" and ").append(lines.size() - MOST).append(" more");
    }
    return bounded(out);
  }

  private String line(JsonValue content, Error error) {
    String line = shown(content, error.getInstanceLocation()) + ": " + keyword(error);
    @Nullable String missing = error.getError();
    return missing == null || missing.isEmpty() ? line : line + " " + plain(missing);
  }

  private static String keyword(Error error) {
    @Nullable String keyword = error.getKeyword();
    if (keyword != null) {
      return keyword;
    }
    // The schema false has no keyword: the one that it stands under tells more.
    String path = String.valueOf(error.getEvaluationPath());
    String[] parts = path.split("/", -1);
    for (int i = parts.length - 1; i >= 0; i--) {
      if (parts[i].equals("additionalProperties")
          || parts[i].equals("unevaluatedProperties")
          || parts[i].equals("unevaluatedItems")
          || parts[i].equals("items")) {
        return parts[i];
      }
    }
    return "not allowed";
  }

  /** How a place is shown. */
  String shown(JsonValue content, String pointer) {
    StringBuilder out = new StringBuilder();
    @Nullable JsonValue at = content;
    int from = 1;
    while (from <= pointer.length()) {
      int slash = pointer.indexOf('/', from);
      int end = slash < 0 ? pointer.length() : slash;
      String token = pointer.substring(from, end).replace("~1", "/").replace("~0", "~");
      out.append('/');
      if (at instanceof JsonArray array) {
        out.append(token); // A number.
        at = index(array, token);
      } else {
        out.append(all || names.contains(token) ? plain(token) : "*");
        at = at instanceof JsonObject object ? object.member(token).orElse(null) : null;
      }
      from = end + 1;
    }
    return out.length() == 0 ? "/" : out.toString();
  }

  private static @Nullable JsonValue index(JsonArray array, String token) {
    try {
      int index = Integer.parseInt(token);
      return index >= 0 && index < array.size() ? array.elements().get(index) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String plain(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      out.append(Printed.isPlain(text.charAt(i)) ? text.charAt(i) : '?');
    }
    return out.toString();
  }

  private static String bounded(StringBuilder line) {
    return line.length() <= LONGEST ? line.toString() : line.substring(0, LONGEST - 3) + "...";
  }
}
