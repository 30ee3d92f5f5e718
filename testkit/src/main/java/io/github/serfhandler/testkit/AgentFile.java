package io.github.serfhandler.testkit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Stateless: the JSON configuration file of a real agent. */
final class AgentFile {

  private AgentFile() {}

  static String text(SerfOptions options, String host, Path snapshot) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("node_name", options.name());
    all.put("bind", host + ":" + LoopbackAddress.GOSSIP_PORT);
    all.put("rpc_addr", host + ":" + LoopbackAddress.RPC_PORT);
    all.put("tags", options.tags());
    if (options.snapshot()) {
      all.put("snapshot_path", snapshot.toString());
    }
    all.putAll(options.settings());
    return json(all);
  }

  private static String json(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(e -> quoted(String.valueOf(e.getKey())) + ":" + json(e.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(AgentFile::json).collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    return quoted(value.toString());
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u00")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
