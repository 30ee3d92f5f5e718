package io.github.serfhandler.converge;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;

/**
 * The digests that this node sent a moment ago, to know them when they come back: an event has no
 * sender, and a node hears its own. Confined to one thread. Where another says the same in the same
 * moment it does not matter which of the two is taken for the echo.
 */
final class Echoes {
  private static final int MOST = 16;
  private static final long KEEP = 10_000_000_000L;

  private static final class Sent {
    private final byte[] payload;
    private final long at;

    Sent(byte[] payload, long at) {
      this.payload = payload;
      this.at = at;
    }
  }

  private final ArrayDeque<Sent> sent = new ArrayDeque<>(2);

  void sent(byte[] payload, long now) {
    if (sent.size() == MOST) {
      Sent ignored = sent.remove();
    }
    sent.add(new Sent(payload, now));
  }

  /** Whether it is one, which is not expected again. */
  boolean isEcho(byte[] payload, long now) {
    while (!sent.isEmpty() && now - sent.element().at > KEEP) {
      Sent ignored = sent.remove();
    }
    for (Iterator<Sent> all = sent.iterator(); all.hasNext(); ) {
      if (Arrays.equals(all.next().payload, payload)) {
        all.remove();
        return true;
      }
    }
    return false;
  }
}
