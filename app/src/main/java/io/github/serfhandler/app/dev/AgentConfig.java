package io.github.serfhandler.app.dev;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: the configuration of one agent. It goes to the agent in a file and not in its
 * arguments, where every user of the machine could read the key.
 *
 * @param sample name and tags
 * @param gossip where it talks to the others
 * @param rpc where its RPC listens
 * @param authKey the key that its RPC asks for
 * @param join where another agent gossips; null for the first
 */
record AgentConfig(
    SampleNode sample,
    InetSocketAddress gossip,
    InetSocketAddress rpc,
    Optional<String> authKey,
    @Nullable InetSocketAddress join) {

  /** The file's text: JSON, as {@code serf agent -config-file} reads it. */
  String json() {
    StringBuilder out = new StringBuilder(512);
    out.append("{\n    \"node_name\": ").append(quoted(sample.name()));
    member(out, "bind", address(gossip));
    member(out, "rpc_addr", address(rpc));
    if (authKey.isPresent()) {
      member(out, "rpc_auth", authKey.get());
    }
    member(out, "profile", "local");
    member(out, "log_level", "info");
    if (join != null) {
      out.append(",\n    \"start_join\": [").append(quoted(address(join))).append(']');
    }
    out.append(",\n    \"tags\": {");
    String separator = "\n        ";
    for (Map.Entry<String, String> tag : new TreeMap<>(sample.tags()).entrySet()) {
      out.append(separator).append(quoted(tag.getKey())).append(": ");
      out.append(quoted(tag.getValue()));
      separator = ",\n        ";
    }
    return out.append("\n    }\n}\n").toString();
  }

  /** An address as Serf's flags and files have it. */
  static String address(InetSocketAddress address) {
    String host =
        address.getAddress() == null
            ? address.getHostString()
            : address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private static void member(StringBuilder out, String key, String value) {
    out.append(",\n    \"").append(key).append("\": ").append(quoted(value));
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u00").append(Character.forDigit(c >> 4, 16));
        out.append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  @Override
  public String toString() {
    return sample.name() + " gossip " + address(gossip) + " rpc " + address(rpc);
  }
}
