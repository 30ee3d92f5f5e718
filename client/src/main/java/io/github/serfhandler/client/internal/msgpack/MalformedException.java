package io.github.serfhandler.client.internal.msgpack;

import java.io.IOException;

/**
 * Bytes that are no MessagePack, not of the kind that was asked for, or over a limit; the message
 * tells which. The connection's owner makes a {@link
 * io.github.serfhandler.client.SerfProtocolException} of it, which adds operation and address.
 */
public final class MalformedException extends IOException {
  private static final long serialVersionUID = 1L;

  public MalformedException(String message) {
    super(message);
  }
}
