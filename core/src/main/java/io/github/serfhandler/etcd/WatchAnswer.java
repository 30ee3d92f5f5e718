package io.github.serfhandler.etcd;

import io.github.serfhandler.json.JsonObject;
import java.util.List;

/**
 * Immutable: one answer of a watch.
 *
 * @param watch which of the watches of the stream it is of
 * @param revision the store's revision
 * @param events the last change of each key, the oldest first
 * @param created that the watch begins
 * @param canceled that the watch has ended
 * @param fragment that more of the last revision follows
 * @param compacted the first revision that is still there, where it ended because an older one was
 *     asked for; else 0
 * @param reason why it ended, in etcd's words
 */
record WatchAnswer(
    long watch,
    long revision,
    List<Event> events,
    boolean created,
    boolean canceled,
    boolean fragment,
    long compacted,
    String reason) {

  /**
   * Immutable: a change.
   *
   * @param kv the key as it is now
   * @param deleted whether it is there no more
   */
  record Event(KeyValue kv, boolean deleted) {
    static Event of(JsonObject json) {
      String type = Fields.text(json, "type");
      if (!type.isEmpty() && !type.equals("PUT") && !type.equals("DELETE")) {
        throw new IllegalArgumentException("an event that is neither PUT nor DELETE");
      }
      return new Event(KeyValue.of(json.required("kv").asObject()), type.equals("DELETE"));
    }
  }

  /** With the events that were taken out of the result. */
  static WatchAnswer of(JsonObject json, List<Event> events) {
    return new WatchAnswer(
        Fields.int64(json, "watch_id"),
        Fields.positive(Fields.object(json, "header"), "revision"),
        List.copyOf(events),
        Fields.flag(json, "created"),
        Fields.flag(json, "canceled"),
        Fields.flag(json, "fragment"),
        Fields.positive(json, "compact_revision"),
        Fields.text(json, "cancel_reason"));
  }
}
