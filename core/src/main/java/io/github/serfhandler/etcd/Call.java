package io.github.serfhandler.etcd;

import io.github.serfhandler.json.JsonObject;
import java.time.Duration;

/**
 * Immutable: something to ask of etcd.
 *
 * @param path where, as {@code /v3/kv/range}
 * @param body what, in the JSON form of its Protocol Buffers
 * @param what the same for people, as {@code listing the keys below /config/}
 * @param timeout how long one server may take
 * @param maxBytes how long the answer may be
 */
record Call(String path, JsonObject body, String what, Duration timeout, int maxBytes) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int SMALL = 64 * 1024;

  /** One with a small answer. */
  static Call small(String path, JsonObject body, String what) {
    return new Call(path, body, what, PATIENCE, SMALL);
  }

  /** A range; asks the majority, as etcd does where not told otherwise. */
  static Call range(JsonObject body, String what, Duration timeout, int maxBytes) {
    return new Call("/v3/kv/range", body, what, timeout, maxBytes);
  }

  /** One with that patience. */
  Call within(Duration patience) {
    return new Call(path, body, what, patience, maxBytes);
  }
}
