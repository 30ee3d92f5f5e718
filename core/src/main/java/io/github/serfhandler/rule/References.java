package io.github.serfhandler.rule;

import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonText;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.process.Printed;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a schema names outside of itself, which nobody will fetch; confined to one thread. */
final class References {
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
  private static final int SHOWN = 80;

  private final Path file;
  private final JsonValue schema;
  private final Set<String> ids = new HashSet<>();

  References(Path file, JsonValue schema) {
    this.file = file;
    this.schema = schema;
  }

  /** Refuses another draft, and references to what is not there. */
  void check() {
    collect(schema);
    look(schema);
  }

  private void collect(JsonValue value) {
    if (value instanceof JsonObject object) {
      if (object.member("$id").orElse(null) instanceof JsonText id) {
        ids.add(base(id.asText()));
      }
      for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
        if (!Schema.isPlainData(member.getKey())) {
          collect(member.getValue());
        }
      }
    } else if (value instanceof JsonArray array) {
      for (JsonValue element : array) {
        collect(element);
      }
    }
  }

  private void look(JsonValue value) {
    if (value instanceof JsonObject object) {
      for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
        String keyword = member.getKey();
        if (member.getValue() instanceof JsonText text) {
          look(keyword, text.asText());
        } else if (!Schema.isPlainData(keyword)) {
          look(member.getValue());
        }
      }
    } else if (value instanceof JsonArray array) {
      for (JsonValue element : array) {
        look(element);
      }
    }
  }

  private void look(String keyword, String target) {
    if (keyword.equals("$schema") && !base(target).equals(DRAFT)) {
      throw new SchemaException(
          file, "$schema is " + shown(target) + "; write it for draft 2020-12: " + DRAFT);
    }
    if ((keyword.equals("$ref") || keyword.equals("$dynamicRef")) && !isHere(base(target))) {
      throw new SchemaException(
          file,
          keyword
              + " names "
              + shown(target)
              + ", which is not in this file and is never fetched; copy it into $defs and write"
              + " #/$defs/NAME");
    }
  }

  /** A relative one is compared by its end alone: the library resolves it in the end. */
  private boolean isHere(String base) {
    if (base.isEmpty() || base.equals(DRAFT) || ids.contains(base)) {
      return true;
    }
    String end = base.startsWith("/") ? base : "/" + base;
    for (String id : ids) {
      if (id.endsWith(end) || base.endsWith("/" + id)) {
        return true;
      }
    }
    return false;
  }

  private static String base(String uri) {
    int hash = uri.indexOf('#');
    return hash < 0 ? uri : uri.substring(0, hash);
  }

  private static String shown(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && i < SHOWN; i++) {
      out.append(Printed.isPlain(text.charAt(i)) ? text.charAt(i) : '?');
    }
    return out.append(text.length() > SHOWN ? "..." : "").toString();
  }
}
