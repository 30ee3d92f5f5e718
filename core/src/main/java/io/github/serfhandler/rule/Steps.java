package io.github.serfhandler.rule;

/**
 * How much work one validation may still be; guarded by who validates, one at a time. It counts
 * instead of looking at a clock, so that the same content gets the same answer on every node,
 * however busy that is.
 */
final class Steps {
  /** A second or two of a validation that does nothing but matching or looking. */
  static final long MOST = 100_000_000;

  /**
   * What looking at one value costs, where looking at one character of a pattern's text costs 1.
   */
  static final long VALUE = 20;

  private static final long INTERRUPT_EVERY = 1 << 14;

  private long left;
  private long untilLook = Long.MAX_VALUE;

  /** So many, which no interrupt ends: what is done once for all shall not fail for one. */
  Steps(long most) {
    this.left = most;
  }

  /** From now on so many, which an interrupt ends. */
  void begin(long most) {
    left = most;
    untilLook = INTERRUPT_EVERY;
  }

  /**
   * Does some.
   *
   * @throws Stopped where there were too many, or the thread is interrupted
   */
  void take(long count) {
    left -= count;
    if (left < 0) {
      throw new Stopped(Stopped.Why.TOO_LONG, "");
    }
    untilLook -= count;
    if (untilLook < 0) {
      untilLook = INTERRUPT_EVERY;
      if (Thread.currentThread().isInterrupted()) {
        throw new Stopped(Stopped.Why.INTERRUPTED, "");
      }
    }
  }

  /** A validation ends before it has come to a result. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    enum Why {
      TOO_LONG,
      INTERRUPTED,
      NUMBER
    }

    private final Why why;
    private final String pointer;

    Stopped(Why why, String pointer) {
      super(null, null, false, false);
      this.why = why;
      this.pointer = pointer;
    }

    Why why() {
      return why;
    }

    /** The value's place, for a number. */
    String pointer() {
      return pointer;
    }
  }
}
