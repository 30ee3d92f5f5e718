package io.github.serfhandler.testkit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stateless: the filter of a stream, as {@code event_handler.go} of Serf's agent (0.9.4) has it.
 */
final class EventFilter {

  private static final Set<String> TYPES =
      Set.of(
          "member-join",
          "member-leave",
          "member-failed",
          "member-update",
          "member-reap",
          "user",
          "query",
          "*");

  private EventFilter() {}

  static boolean valid(String filter) {
    return parts(filter).stream().allMatch(part -> TYPES.contains(type(part)));
  }

  static boolean accepts(String filter, Map<String, @Nullable Object> record) {
    return parts(filter).stream().anyMatch(part -> acceptsOne(part, record));
  }

  private static boolean acceptsOne(String part, Map<String, @Nullable Object> record) {
    String type = type(part);
    if (type.equals("*")) {
      return true;
    }
    boolean anyName = type.equals(part) || part.length() == type.length() + 1;
    return type.equals(record.get("Event"))
        && (anyName || part.substring(type.length() + 1).equals(record.get("Name")));
  }

  private static List<String> parts(String filter) {
    return filter.isEmpty() ? List.of("*") : List.of(filter.split(",", -1));
  }

  /** The type before the colon of {@code user:NAME} and {@code query:NAME}; only these have one. */
  private static String type(String part) {
    if (part.startsWith("user:")) {
      return "user";
    }
    return part.startsWith("query:") ? "query" : part;
  }
}
