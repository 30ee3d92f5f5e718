package io.github.serfhandler.etcd;

import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Stateless: finds the products that the prefixes have keys of, by the names of the keys alone. */
final class Products {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int LIMIT = 1000;

  /** Keys are no longer than 1.5 MiB together with their values; those that fit are short. */
  private static final int MAX_PAGE = 2 * 1024 * 1024;

  private Products() {}

  /** Those that there are now; what belongs to none is left for the listing to tell. */
  static Set<String> of(Gateway gateway, StoreKeys keys) throws EtcdFailure, InterruptedException {
    Set<String> products = new HashSet<>();
    for (int prefix = 0; prefix < keys.count(); prefix++) {
      KeyRange rest = keys.ranges().get(prefix);
      boolean more = true;
      while (more) {
        RangeAnswer answer = ask(gateway, keys.name(prefix), rest);
        List<KeyValue> found = answer.found();
        for (KeyValue kv : found) {
          add(products, keys, prefix, kv);
        }
        more = answer.more() && !found.isEmpty() && rest.holds(last(found));
        if (more) {
          rest = rest.after(last(found));
        }
      }
    }
    return products;
  }

  private static byte[] last(List<KeyValue> found) {
    return found.get(found.size() - 1).key();
  }

  private static RangeAnswer ask(Gateway gateway, String name, KeyRange rest)
      throws EtcdFailure, InterruptedException {
    JsonObject body =
        rest.json().put("limit", Integer.toString(LIMIT)).put("keys_only", true).build();
    return gateway.ask(
        Call.range(body, "reading the names of " + name, PATIENCE, MAX_PAGE), RangeAnswer::of);
  }

  private static void add(Set<String> products, StoreKeys keys, int prefix, KeyValue kv) {
    try {
      keys.place(prefix, kv.key()).ifPresent(place -> products.add(place.product()));
    } catch (RejectedException e) {
      return; // The one that publishes tells of it.
    }
  }
}
