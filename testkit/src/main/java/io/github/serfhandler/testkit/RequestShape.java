package io.github.serfhandler.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: the fields of a command's body and their types, as the structs at the head of Serf's
 * {@code ipc.go} (0.9.4) have them. Unknown fields are ignored, absent and nil ones are zero.
 */
record RequestShape(Map<String, Kind> fields) {

  private enum Kind {
    TEXT,
    BYTES,
    INTEGER,
    BOOLEAN,
    TEXTS,
    TEXT_MAP;

    boolean fits(@Nullable Object value) {
      return value == null
          || switch (this) {
            case TEXT -> value instanceof String;
            case BYTES -> value instanceof byte[] || value instanceof String;
            case INTEGER -> value instanceof Number && !(value instanceof Double);
            case BOOLEAN -> value instanceof Boolean;
            case TEXTS ->
                value instanceof List<?> list && list.stream().allMatch(e -> e instanceof String);
            case TEXT_MAP ->
                value instanceof Map<?, ?> map
                    && map.values().stream().allMatch(e -> e instanceof String);
          };
    }
  }

  private static final RequestShape KEY = of("Key", Kind.TEXT);

  private static final Map<String, RequestShape> BODIES =
      Map.ofEntries(
          Map.entry("handshake", of("Version", Kind.INTEGER)),
          Map.entry("auth", of("AuthKey", Kind.TEXT)),
          Map.entry(
              "event", of("Name", Kind.TEXT, "Payload", Kind.BYTES, "Coalesce", Kind.BOOLEAN)),
          Map.entry("force-leave", of("Node", Kind.TEXT, "Prune", Kind.BOOLEAN)),
          Map.entry("join", of("Existing", Kind.TEXTS, "Replay", Kind.BOOLEAN)),
          Map.entry(
              "members-filtered",
              of("Tags", Kind.TEXT_MAP, "Status", Kind.TEXT, "Name", Kind.TEXT)),
          Map.entry("tags", of("Tags", Kind.TEXT_MAP, "DeleteTags", Kind.TEXTS)),
          Map.entry("stream", of("Type", Kind.TEXT)),
          Map.entry("monitor", of("LogLevel", Kind.TEXT)),
          Map.entry("stop", of("Stop", Kind.INTEGER)),
          Map.entry(
              "query",
              new RequestShape(
                  Map.of(
                      "FilterNodes",
                      Kind.TEXTS,
                      "FilterTags",
                      Kind.TEXT_MAP,
                      "RequestAck",
                      Kind.BOOLEAN,
                      "RelayFactor",
                      Kind.INTEGER,
                      "Timeout",
                      Kind.INTEGER,
                      "Name",
                      Kind.TEXT,
                      "Payload",
                      Kind.BYTES))),
          Map.entry("respond", of("ID", Kind.INTEGER, "Payload", Kind.BYTES)),
          Map.entry("install-key", KEY),
          Map.entry("use-key", KEY),
          Map.entry("remove-key", KEY),
          Map.entry("get-coordinate", of("Node", Kind.TEXT)));

  /** The shape of a command's body; empty for a command without one or an unknown command. */
  static Optional<RequestShape> of(String command) {
    return Optional.ofNullable(BODIES.get(command));
  }

  boolean fits(Map<String, @Nullable Object> body) {
    return fields.entrySet().stream().allMatch(e -> e.getValue().fits(body.get(e.getKey())));
  }

  private static RequestShape of(String name, Kind kind) {
    return new RequestShape(Map.of(name, kind));
  }

  private static RequestShape of(String name, Kind kind, String name2, Kind kind2) {
    return new RequestShape(Map.of(name, kind, name2, kind2));
  }

  private static RequestShape of(
      String name, Kind kind, String name2, Kind kind2, String name3, Kind kind3) {
    return new RequestShape(Map.of(name, kind, name2, kind2, name3, kind3));
  }
}
