package io.github.serfhandler.client.internal;

import io.github.serfhandler.client.internal.msgpack.MsgpackWriter;

/** Stateless: writes the body of a request. */
@FunctionalInterface
public interface Body {
  /** For commands without a body. */
  Body NONE = writer -> {};

  void write(MsgpackWriter writer);
}
