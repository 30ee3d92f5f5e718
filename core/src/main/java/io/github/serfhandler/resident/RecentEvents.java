package io.github.serfhandler.resident;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UserEvent;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The user events and queries that came last, to know one that comes again. Confined to one thread.
 * Serf itself tells events apart by Lamport time, name and payload ({@code handleUserEvent} in
 * {@code serf.go}, 0.9.4), and so does this. Both the number of entries and the bytes of their
 * payloads are bounded; the oldest are forgotten.
 */
final class RecentEvents {
  private record Key(boolean query, long ltime, String name, Payload payload) {
    int size() {
      return name.length() + payload.size();
    }
  }

  private final int mostEntries;
  private final int mostBytes;
  private final Map<Key, Integer> known = new HashMap<>();
  private final ArrayDeque<Key> byAge = new ArrayDeque<>();
  private int bytes;

  RecentEvents(int mostEntries, int mostBytes) {
    this.mostEntries = mostEntries;
    this.mostBytes = mostBytes;
  }

  /** The connection over which such an event came before; empty for a new or a forgotten one. */
  Optional<Integer> connectionOf(SerfEvent event) {
    return Optional.ofNullable(known.get(key(event)));
  }

  /** Remembers that the event came over this connection. */
  void remember(SerfEvent event, int connection) {
    Key key = key(event);
    if (known.put(key, connection) != null) {
      return;
    }
    byAge.add(key);
    bytes += key.size();
    while (byAge.size() > mostEntries || bytes > mostBytes) {
      Key oldest = byAge.remove();
      bytes -= oldest.size();
      Integer ignored = known.remove(oldest);
    }
  }

  /** Forgets all user events. */
  void forgetUserEvents() {
    byAge.removeIf(key -> !key.query);
    known.keySet().removeIf(key -> !key.query);
    bytes = 0;
    for (Key key : byAge) {
      bytes += key.size();
    }
  }

  int size() {
    return known.size();
  }

  private static Key key(SerfEvent event) {
    if (event instanceof QueryEvent query) {
      return new Key(true, query.ltime(), query.name(), query.payload());
    }
    if (event instanceof UserEvent user) {
      return new Key(false, user.ltime(), user.name(), user.payload());
    }
    throw new IllegalArgumentException("neither a user event nor a query: " + event);
  }
}
