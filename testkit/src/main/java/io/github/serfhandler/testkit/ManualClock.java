package io.github.serfhandler.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Thread-safe: a clock that stands still until a test moves it. */
public final class ManualClock extends Clock {

  private final Instant start;
  private final AtomicLong nanosSinceStart;
  private final ZoneId zone;

  private ManualClock(Instant start, AtomicLong nanosSinceStart, ZoneId zone) {
    this.start = start;
    this.nanosSinceStart = nanosSinceStart;
    this.zone = zone;
  }

  /** A clock in UTC that shows this instant. */
  public static ManualClock at(Instant start) {
    return new ManualClock(start, new AtomicLong(), ZoneOffset.UTC);
  }

  /** A clock in UTC that shows 2026-01-01T00:00:00Z. */
  public static ManualClock create() {
    return at(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /**
   * Moves the clock (backwards too: a machine's clock may do so) and returns what it shows then.
   */
  public Instant advance(Duration by) {
    return start.plusNanos(nanosSinceStart.addAndGet(by.toNanos()));
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanosSinceStart.get());
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same clock, seen from another zone: advancing one advances the other. */
  @Override
  public ManualClock withZone(ZoneId other) {
    return new ManualClock(start, nanosSinceStart, other);
  }
}
