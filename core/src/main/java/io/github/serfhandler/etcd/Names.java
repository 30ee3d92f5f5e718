package io.github.serfhandler.etcd;

import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.etcd.EtcdFailure.Kind;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.source.KeyLayout.Place;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Stateless: finds the keys that the prefixes have, by their names alone. */
final class Names {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int MAX_LIMIT = 1000;

  private Names() {}

  /** Those that there are now; what fits no layout is left for the listing to tell. */
  static Set<Place> of(Gateway gateway, StoreKeys keys) throws EtcdFailure, InterruptedException {
    Set<Place> places = new HashSet<>();
    int limit = MAX_LIMIT;
    for (int prefix = 0; prefix < keys.count(); prefix++) {
      KeyRange rest = keys.ranges().get(prefix);
      boolean more = true;
      while (more) {
        RangeAnswer answer;
        try {
          answer = ask(gateway, keys.name(prefix), rest, limit);
        } catch (EtcdFailure e) {
          if (e.kind() != Kind.TOO_BIG || limit == 1) {
            throw e;
          }
          limit /= 2;
          continue;
        }
        limit = Math.min(MAX_LIMIT, limit * 2);
        List<KeyValue> found = answer.found();
        for (KeyValue kv : found) {
          add(places, keys, prefix, kv);
        }
        more = answer.more() && !found.isEmpty() && rest.holds(last(found));
        if (more) {
          rest = rest.after(last(found));
        }
      }
    }
    return places;
  }

  private static byte[] last(List<KeyValue> found) {
    return found.get(found.size() - 1).key();
  }

  private static RangeAnswer ask(Gateway gateway, String name, KeyRange rest, int limit)
      throws EtcdFailure, InterruptedException {
    JsonObject body =
        rest.json().put("limit", Integer.toString(limit)).put("keys_only", true).build();
    int maxBytes = limit == 1 ? Listing.MAX_NAME : Listing.MAX_PAGE;
    return gateway.ask(
        Call.range(body, "reading the names of " + name, PATIENCE, maxBytes), RangeAnswer::of);
  }

  private static void add(Set<Place> places, StoreKeys keys, int prefix, KeyValue kv) {
    try {
      keys.place(prefix, kv.key()).ifPresent(places::add);
    } catch (RejectedException e) {
      return; // The one that publishes tells of it.
    }
  }
}
