package io.github.serfhandler.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stateless: the records of streams as an agent sends them. Each map is new and may be changed. */
public final class Records {

  private Records() {}

  /** A user event. */
  public static Map<String, @Nullable Object> user(long ltime, String name, byte[] payload) {
    return Wire.map(
        "Event", "user", "LTime", ltime, "Name", name, "Payload", payload, "Coalesce", false);
  }

  /** A query that asks for an answer by {@code respond} with this ID on the same connection. */
  public static Map<String, @Nullable Object> query(
      long id, long ltime, String name, byte[] payload) {
    return Wire.map("Event", "query", "ID", id, "LTime", ltime, "Name", name, "Payload", payload);
  }

  /** A member event, as {@code member-join}. */
  public static Map<String, @Nullable Object> member(String event, FakeMember... members) {
    return Wire.map("Event", event, "Members", maps(members));
  }

  /** A line of the agent's log. */
  public static Map<String, @Nullable Object> log(String line) {
    return Wire.map("Log", line);
  }

  /** A node has received our query. */
  public static Map<String, @Nullable Object> ack(String from) {
    return Wire.map("Type", "ack", "From", from, "Payload", null);
  }

  /** A node answers our query. */
  public static Map<String, @Nullable Object> response(String from, byte[] payload) {
    return Wire.map("Type", "response", "From", from, "Payload", payload);
  }

  /** Our query is over. */
  public static Map<String, @Nullable Object> done() {
    return Wire.map("Type", "done", "From", "", "Payload", null);
  }

  static List<Map<String, @Nullable Object>> maps(FakeMember... members) {
    return Arrays.stream(members).map(FakeMember::toMap).toList();
  }
}
