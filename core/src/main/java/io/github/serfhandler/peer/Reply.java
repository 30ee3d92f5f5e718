package io.github.serfhandler.peer;

import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Immutable: what a peer answers, inside the seal: the length of a JSON object in 4 bytes, that
 * object, and raw bytes of contents after it, which nobody changes.
 */
final class Reply {
  /** The longest object, in bytes. */
  static final int MAX_HEAD = 64 * 1024;

  /** The most raw bytes. */
  static final int MAX_RAW = 256 * 1024;

  /** The longest, in bytes. */
  static final int MAX_BYTES = 4 + MAX_HEAD + MAX_RAW;

  static final byte[] NO_BYTES = {};

  private final JsonObject head;
  private final byte[] raw;

  Reply(JsonObject head, byte[] raw) {
    this.head = head;
    this.raw = raw;
  }

  JsonObject head() {
    return head;
  }

  byte[] raw() {
    return raw;
  }

  static Reply of(Fault fault) {
    return new Reply(JsonObject.builder().put("fault", fault.code()).build(), NO_BYTES);
  }

  byte[] bytes() {
    byte[] json = head.compact().getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[4 + json.length + raw.length];
    ByteBuffer.wrap(out).putInt(json.length).put(json).put(raw);
    return out;
  }

  /**
   * Reads one.
   *
   * @throws JsonException where it holds no object
   * @throws IllegalArgumentException where its lengths are wrong
   */
  static Reply parse(byte[] bytes) {
    int length = bytes.length < 4 ? -1 : ByteBuffer.wrap(bytes).getInt();
    if (length < 0 || length > bytes.length - 4 || bytes.length - 4 - length > MAX_RAW) {
      throw new IllegalArgumentException("a reply of wrong lengths");
    }
    byte[] json = Arrays.copyOfRange(bytes, 4, 4 + length);
    JsonObject head = JsonValue.parse(json, new JsonLimits(MAX_HEAD, 4)).asObject();
    return new Reply(head, Arrays.copyOfRange(bytes, 4 + length, bytes.length));
  }

  @Override
  public String toString() {
    return "a reply with " + raw.length + " bytes";
  }
}
