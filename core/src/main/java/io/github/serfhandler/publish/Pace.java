package io.github.serfhandler.publish;

import io.github.serfhandler.client.SerfClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Holds messages back as long as gossip is behind. Confined to one thread.
 *
 * <p>Gossip carries some ten full events a second; what is more waits in the agent that sent it,
 * and of a burst of over 512 the rest is lost for good on the others. So at most {@link
 * #PER_SECOND} are sent, and none while more than {@link #MOST_WAITING} wait in the agent.
 */
public final class Pace {
  /** Messages a second, after the first {@link #AT_ONCE}. */
  public static final int PER_SECOND = 8;

  /** How many may be sent without a pause, after a pause. */
  public static final int AT_ONCE = 16;

  /** How many may wait in the agent before another is sent. */
  public static final int MOST_WAITING = 64;

  private static final long LOOK_AGAIN_MILLIS = 100;

  private final SerfClient client;
  private final LongSupplier nanoTime;
  private final Duration patience;
  private long credit = AT_ONCE * nanosPerMessage();
  private long counted;

  /**
   * A pace that begins with full credit.
   *
   * @param nanoTime a clock that never goes back, in nanoseconds, as {@code System::nanoTime}
   * @param patience the longest wait for the agent's queue to empty; the message is sent then
   */
  public Pace(SerfClient client, LongSupplier nanoTime, Duration patience) {
    this.client = client;
    this.nanoTime = nanoTime;
    this.patience = patience;
    this.counted = nanoTime.getAsLong();
  }

  /**
   * Waits until one more message may be sent; bounded by the patience and an eighth of a second.
   */
  public void await() throws InterruptedException {
    long wait = spend();
    if (wait > 0) {
      TimeUnit.NANOSECONDS.sleep(wait);
    }
    long deadline = nanoTime.getAsLong() + patience.toNanos();
    while (client.stats().eventQueue() > MOST_WAITING && nanoTime.getAsLong() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  /** Takes one message's credit; gives the nanoseconds until it was there. */
  long spend() {
    long now = nanoTime.getAsLong();
    credit = Math.min(AT_ONCE * nanosPerMessage(), credit + (now - counted));
    counted = now;
    credit -= nanosPerMessage();
    return Math.max(0, -credit);
  }

  private static long nanosPerMessage() {
    return TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
  }
}
