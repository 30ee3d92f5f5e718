package io.github.serfhandler.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Thread-safe: what the fake agent knows of its cluster. The first member is the agent itself. */
final class FakeCluster {

  @GuardedBy("this")
  private final List<Map<String, @Nullable Object>> members = new ArrayList<>();

  @GuardedBy("this")
  private final Map<String, String> serfStats = new TreeMap<>();

  @GuardedBy("this")
  private long memberTime = 1;

  @GuardedBy("this")
  private long eventTime = 1;

  synchronized void members(List<Map<String, @Nullable Object>> next) {
    members.clear();
    members.addAll(next);
    memberTime++;
  }

  synchronized List<Map<String, @Nullable Object>> members() {
    List<Map<String, @Nullable Object>> copies = new ArrayList<>();
    members.forEach(member -> copies.add(new LinkedHashMap<>(member)));
    return copies;
  }

  synchronized void serfStat(String key, String value) {
    serfStats.put(key, value);
  }

  synchronized long nextEventTime() {
    return eventTime++;
  }

  synchronized boolean knows(@Nullable Object name) {
    return members.stream().anyMatch(m -> String.valueOf(name).equals(m.get("Name")));
  }

  /** The tags of the agent itself; false when they are too long, and then nothing changes. */
  synchronized boolean tags(Map<?, ?> changed, List<?> deleted) {
    Map<String, @Nullable Object> self = members.get(0);
    Map<String, @Nullable Object> tags = new LinkedHashMap<>(stringMap(self.get("Tags")));
    deleted.forEach(key -> tags.remove(String.valueOf(key)));
    changed.forEach((key, value) -> tags.put(String.valueOf(key), value));
    // serf.go, encodeTags: one byte of magic, then a map of raw strings; at most 512.
    if (1 + Wire.encodeAs(WireFormat.OLD_RAW, tags).length > 512) {
      return false;
    }
    Map<String, @Nullable Object> next = new LinkedHashMap<>(self);
    next.put("Tags", tags);
    members.set(0, next);
    return true;
  }

  /** A failed member becomes left, or goes altogether. */
  synchronized void forceLeave(@Nullable Object name, boolean prune) {
    for (int i = members.size() - 1; i >= 0; i--) {
      Map<String, @Nullable Object> member = members.get(i);
      if (String.valueOf(name).equals(member.get("Name"))
          && !"alive".equals(member.get("Status"))) {
        Map<String, @Nullable Object> left = new LinkedHashMap<>(member);
        left.put("Status", "left");
        members.set(i, left);
        if (prune) {
          members.remove(i);
        }
        memberTime++;
      }
    }
  }

  /** As {@code filterMembers} in ipc.go: anchored without a group, an absent tag is empty. */
  List<Map<String, @Nullable Object>> filtered(Map<?, ?> tags, String status, String name)
      throws PatternSyntaxException {
    Map<String, Pattern> byTag = new LinkedHashMap<>();
    tags.forEach(
        (tag, regex) -> byTag.put(String.valueOf(tag), Pattern.compile("^" + regex + "$")));
    Pattern byStatus = Pattern.compile("^" + status + "$");
    Pattern byName = Pattern.compile("^" + name + "$");
    return members().stream()
        .filter(
            m ->
                byTag.entrySet().stream()
                    .allMatch(e -> e.getValue().matcher(tag(m, e.getKey())).find()))
        .filter(m -> status.isEmpty() || byStatus.matcher(text(m, "Status")).find())
        .filter(m -> name.isEmpty() || byName.matcher(text(m, "Name")).find())
        .toList();
  }

  synchronized Map<String, @Nullable Object> stats() {
    Map<String, @Nullable Object> self = members.isEmpty() ? Map.of() : members.get(0);
    Map<String, @Nullable Object> serf =
        Wire.map(
            "members",
            String.valueOf(members.size()),
            "failed",
            count("failed"),
            "left",
            count("left"),
            "health_score",
            "0",
            "member_time",
            String.valueOf(memberTime),
            "event_time",
            String.valueOf(eventTime),
            "query_time",
            "1",
            "intent_queue",
            "0",
            "event_queue",
            "0",
            "query_queue",
            "0",
            "encrypted",
            "false",
            "coordinate_resets",
            "0");
    serf.putAll(serfStats);
    return Wire.map(
        "agent",
        Wire.map("name", text(self, "Name")),
        "runtime",
        Wire.map("os", "linux", "arch", "amd64", "version", "go1.19.8", "goroutines", "40"),
        "serf",
        serf,
        "tags",
        stringMap(self.get("Tags")),
        "event_handlers",
        Wire.map());
  }

  List<String> aliveNames() {
    return members().stream()
        .filter(m -> "alive".equals(m.get("Status")))
        .map(m -> text(m, "Name"))
        .toList();
  }

  @GuardedBy("this")
  private String count(String status) {
    return String.valueOf(members.stream().filter(m -> status.equals(m.get("Status"))).count());
  }

  private static String text(Map<String, @Nullable Object> member, String field) {
    return member.get(field) instanceof String s ? s : "";
  }

  private static String tag(Map<String, @Nullable Object> member, String key) {
    return stringMap(member.get("Tags")).get(key) instanceof String s ? s : "";
  }

  @SuppressWarnings("unchecked") // Everything here was made with String keys.
  private static Map<String, @Nullable Object> stringMap(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }
}
