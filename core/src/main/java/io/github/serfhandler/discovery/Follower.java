package io.github.serfhandler.discovery;

import io.github.serfhandler.client.SerfClosedException;
import io.github.serfhandler.client.SerfException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows one local Serf agent: looks at its {@link Pulse}, reads the members when the pulse
 * differs (and now and then anyway) and has {@link Discovery} write what changed. Confined to the
 * thread that calls it.
 *
 * <p>Level-triggered: what happened is never asked, only what is. So a missed, doubled or late hint
 * costs time at most, and every fault heals by the next reading. The pulse catches a tag change on
 * the local agent and every join, leave and failure within one probe; a tag change elsewhere is
 * found by the full reading, whose pace follows its {@link Price} ({@link
 * FollowSettings#COST_SHARE}). In a storm, where each look finds another pulse, it rests after each
 * reading three times as long as that took, 2 s at most ({@link FollowSettings#STORM_REST}).
 *
 * <p>While the agent can not be asked, or a file can not be written, everything stays as it is and
 * is tried again after a pause that doubles.
 */
public final class Follower {
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration FIRST_REWRITE = Duration.ofSeconds(1);

  private final Agent agent;
  private final Discovery discovery;
  private final FollowSettings settings;
  private final LongSupplier nanoTime;
  private final FollowListener listener;
  private final Price price = new Price();

  private @Nullable Pulse lastPulse;
  private boolean reachable;
  private Duration retry = FIRST_RETRY;
  private Duration rewrite = FIRST_REWRITE;

  private long nextReading;

  /** Whether the pulse asked for the last reading. */
  private boolean wasHinted;

  /** Until then nothing leads to a reading. */
  private long restsUntil;

  /**
   * Follows {@code agent} from the first {@link #step()} on.
   *
   * @param nanoTime a clock that never goes back, in nanoseconds, as {@code System::nanoTime}
   */
  public Follower(
      Agent agent,
      Discovery discovery,
      FollowSettings settings,
      LongSupplier nanoTime,
      FollowListener listener) {
    this.agent = agent;
    this.discovery = discovery;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.listener = listener;
    discovery.noticeJumps(nanoTime);
    this.nextReading = nanoTime.getAsLong();
    this.restsUntil = nextReading;
  }

  /**
   * Does what is due now.
   *
   * @return how long to wait before the next step
   */
  public Duration step() {
    Pulse pulse;
    PassResult result;
    long begin;
    try {
      pulse = agent.pulse();
      begin = nanoTime.getAsLong();
      boolean due = begin - nextReading >= 0;
      boolean rests = begin - restsUntil < 0;
      if (rests || (!due && pulse.equals(lastPulse))) {
        reached();
        return settings.probe();
      }
      result = discovery.pass(pulse.agentName(), agent.members());
    } catch (SerfClosedException e) {
      // Closed by this program, to end a wait for an agent that hangs: nothing was lost.
      return settings.probe();
    } catch (SerfException e) {
      return lost(e);
    }
    reached();
    long end = nanoTime.getAsLong();
    restsUntil = end + restAfter(pulse, Duration.ofNanos(end - begin)).toNanos();
    lastPulse = pulse;
    nextReading = end + pauseAfter(result, Duration.ofNanos(end - begin)).toNanos();
    listener.passed(result);
    return settings.probe();
  }

  /** None after the first change, nor after the second, so that only a storm is ever waited for. */
  private Duration restAfter(Pulse pulse, Duration cost) {
    boolean hinted = lastPulse != null && !pulse.equals(lastPulse);
    Duration rest =
        hinted && wasHinted
            ? shorter(cost.multipliedBy(FollowSettings.STORM_REST), FollowSettings.STORM_REST_MAX)
            : Duration.ZERO;
    wasHinted = hinted;
    return rest;
  }

  private Duration pauseAfter(PassResult result, Duration cost) {
    if (!result.complete()) {
      Duration pause = rewrite;
      rewrite = shorter(rewrite.multipliedBy(2), settings.retryMax());
      return pause;
    }
    rewrite = FIRST_REWRITE;
    if (result.updated().isEmpty()) {
      price.add(cost);
    } else {
      price.addWithWriting(cost);
    }
    Duration fair = price.get().multipliedBy(FollowSettings.COST_SHARE);
    Duration pause = longer(settings.membersMin(), shorter(fair, settings.membersMax()));
    return result.nextDeadline().map(deadline -> shorter(pause, deadline)).orElse(pause);
  }

  private void reached() {
    if (!reachable) {
      reachable = true;
      retry = FIRST_RETRY;
      listener.reached();
    }
  }

  private Duration lost(SerfException reason) {
    listener.lost(reason, reachable);
    reachable = false;
    // The agent that comes back may be another one, with other members.
    lastPulse = null;
    wasHinted = false;
    restsUntil = nanoTime.getAsLong();
    Duration pause = retry;
    retry = shorter(retry.multipliedBy(2), settings.retryMax());
    return pause;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
