package io.github.serfhandler.client.internal.msgpack;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * Confined to one thread: an input that gives so many bytes at most for each read, as networks do.
 */
public final class Trickle extends InputStream {
  private final ByteArrayInputStream bytes;
  private final int most;

  public Trickle(byte[] bytes, int most) {
    this.bytes = new ByteArrayInputStream(bytes);
    this.most = most;
  }

  @Override
  public int read() {
    return bytes.read();
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    return bytes.read(into, offset, Math.min(length, most));
  }
}
