package io.github.serfhandler.output;

import java.time.Duration;

/** How long to wait after failures in a row: twice as long each time. Confined to one thread. */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);

  private final Duration last;
  private Duration next = FIRST;

  /** From a second up to that. */
  Backoff(Duration last) {
    this.last = last;
  }

  /** After one more failure. */
  Duration next() {
    Duration wait = next;
    Duration doubled = wait.multipliedBy(2);
    next = doubled.compareTo(last) > 0 ? last : doubled;
    return wait;
  }

  /** It succeeded. */
  void reset() {
    next = FIRST;
  }
}
