package io.github.serfhandler.etcd;

import io.github.serfhandler.json.JsonObject;

/**
 * A key of etcd with what it holds, its arrays as they came; {@link #toString} tells no value.
 * {@code mvccpb.KeyValue}.
 *
 * @param key its bytes, any at all
 * @param value its bytes; none where only keys were asked for, or where it was deleted
 * @param revision the revision of its last change
 * @param lease what it lives as long as; 0 for none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and read once.
record KeyValue(byte[] key, byte[] value, long revision, long lease) {
  static KeyValue of(JsonObject json) {
    return new KeyValue(
        Fields.bytes(json, "key"),
        Fields.bytes(json, "value"),
        Fields.positive(json, "mod_revision"),
        Fields.int64(json, "lease"));
  }

  @Override
  public String toString() {
    return Printable.key(key) + " revision " + revision;
  }
}
