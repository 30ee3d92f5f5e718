package io.github.serfhandler.etcd;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.source.KeyLayout.Place;
import io.github.serfhandler.source.SourceEntry;
import io.github.serfhandler.source.ValueFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds what etcd holds of one product and key, below the strongest prefix that has it.
 * Thread-safe.
 */
final class Finding {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Gateway gateway;
  private final StoreKeys keys;
  private final ValueFormat format;

  Finding(Gateway gateway, StoreKeys keys, ValueFormat format) {
    this.gateway = gateway;
    this.keys = keys;
    this.format = format;
  }

  /**
   * Immutable: what was found.
   *
   * @param prefix the number of the prefix
   * @param entry what it holds
   */
  record Found(int prefix, SourceEntry entry) {}

  /**
   * Finds it.
   *
   * @throws RejectedException where it is there, but too long
   */
  Optional<Found> find(Place place) throws EtcdFailure, InterruptedException {
    for (int prefix = 0; prefix < keys.count(); prefix++) {
      byte[] key = keys.key(prefix, place).getBytes(StandardCharsets.UTF_8);
      List<KeyValue> found = range(key);
      if (!found.isEmpty()) {
        return Optional.of(new Found(prefix, entry(place, found.get(0), format)));
      }
    }
    return Optional.empty();
  }

  /**
   * What a key holds.
   *
   * @throws RejectedException where it is too long
   */
  static SourceEntry entry(Place place, KeyValue kv, ValueFormat format) {
    if (kv.value().length > ConfigUpdate.MAX_FILE_BYTES) {
      throw tooLong(Integer.toString(kv.value().length));
    }
    return SourceEntry.of(place.product(), place.key(), kv.revision(), format, kv.value());
  }

  /** Why a value is not taken. */
  static RejectedException tooLong(String bytes) {
    return new RejectedException(
        "its value has "
            + bytes
            + " bytes; "
            + ConfigUpdate.MAX_FILE_BYTES
            + " are the most that configuration may have");
  }

  private List<KeyValue> range(byte[] key) throws EtcdFailure, InterruptedException {
    String what = "reading " + Printable.key(key);
    try {
      List<KeyValue> found =
          gateway.ask(
              Call.range(KeyRange.of(key).json().build(), what, PATIENCE, Listing.MAX_PAGE),
              json -> RangeAnswer.of(json).found());
      return found;
    } catch (EtcdFailure e) {
      if (e.kind() == EtcdFailure.Kind.TOO_BIG) {
        throw tooLong("too many");
      }
      throw e;
    }
  }
}
