package io.github.serfhandler.client.internal;

import io.github.serfhandler.client.internal.msgpack.MsgpackReader;
import java.io.IOException;

/** Stateless: reads the body of one reply or record, exactly to its end. */
@FunctionalInterface
public interface Decoder<T> {

  /**
   * Reads a body.
   *
   * @throws io.github.serfhandler.client.internal.msgpack.MalformedException where it is not what
   *     Serf sends
   */
  T read(MsgpackReader reader) throws IOException;
}
