package io.github.serfhandler.resident;

import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.StreamGap;
import io.github.serfhandler.client.UnknownEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.handler.Messages;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Looks at what comes from the stream before handlers do: knows duplicates, notices what is
 * missing, counts. Confined to one thread.
 *
 * <p><b>Duplicates.</b> A user event that came before is one, unless the cluster has forgotten its
 * Lamport time: after all agents were restarted it begins at 1 again, and the same event at the
 * same time is a new one. The agent's clock tells the two apart: it is past every event that this
 * cluster remembers. Only where the newest of all events comes again does it tell nothing; then it
 * is a new one where this node was alone, so that nobody could tell it again. A query is a
 * duplicate only where it came over an earlier connection: two people who ask the same at the same
 * moment may well share a Lamport time, and both want their answer.
 */
final class Intake {
  private static final int REMEMBERED = 4096;
  private static final int REMEMBERED_BYTES = 1 << 20;

  private final LongSupplier agentsEventTime;
  private final BooleanSupplier alone;
  private final Consumer<SerfEvent> next;
  private final Counters counters;
  private final Logger log;
  private final RecentEvents recent = new RecentEvents(REMEMBERED, REMEMBERED_BYTES);
  private final EventTimes times = new EventTimes(REMEMBERED);
  private int connection;
  private long newest;
  private boolean newestAlone;
  private boolean remembers;

  /**
   * An intake that has seen nothing.
   *
   * @param agentsEventTime asks the agent for its Lamport time of user events; may throw a {@link
   *     SerfException}, and give 0 where the agent does not tell it
   * @param alone whether this node is the only member that is known
   * @param next receives what is neither a duplicate nor a gap
   */
  Intake(
      LongSupplier agentsEventTime,
      BooleanSupplier alone,
      Consumer<SerfEvent> next,
      Counters counters,
      Logger log) {
    this.agentsEventTime = agentsEventTime;
    this.alone = alone;
    this.next = next;
    this.counters = counters;
    this.log = log;
  }

  /** A stream was opened; not the first one where one has ended before. */
  void opened() {
    if (connection > 0) {
      interrupted();
    }
    newConnection();
  }

  /** The next thing that the stream gave. */
  void accept(SerfEvent event) {
    if (event instanceof UserEvent user) {
      accept(user);
    } else if (event instanceof QueryEvent query) {
      accept(query);
    } else if (event instanceof StreamGap gap) {
      accept(gap);
    } else if (event instanceof UnknownEvent) {
      counters.add(counters.unknown, 1);
      log.log(Level.DEBUG, "an event of an unknown kind: " + event);
    }
  }

  private void accept(UserEvent user) {
    if (recent.connectionOf(user).isPresent()) {
      if (agentRemembers(user.ltime())) {
        duplicate(user);
        return;
      }
      log.log(Level.INFO, "the Lamport time of the cluster began anew");
      recent.forgetUserEvents();
      newest = 0;
    }
    recent.remember(user, connection);
    if (Long.compareUnsigned(user.ltime(), newest) >= 0) {
      newest = user.ltime();
      newestAlone = alone.getAsBoolean();
    }
    count(times.arrived(user.ltime()), user);
    counters.add(counters.userEvents, 1);
    next.accept(user);
  }

  private void accept(QueryEvent query) {
    Optional<Integer> before = recent.connectionOf(query);
    if (before.isPresent() && before.get() < connection) {
      duplicate(query);
      return;
    }
    recent.remember(query, connection);
    counters.add(counters.queries, 1);
    next.accept(query);
  }

  private void accept(StreamGap gap) {
    if (gap.reason() == StreamGap.Reason.RECONNECTED) {
      interrupted();
      newConnection();
      return;
    }
    counters.add(counters.gaps, 1);
    counters.add(counters.missed, gap.lost());
    times.connected();
    log.log(
        Level.WARNING,
        gap.lost() + " user events and queries came faster than they were taken, and are lost");
  }

  private void interrupted() {
    counters.add(counters.gaps, 1);
    log.log(
        Level.WARNING,
        "the event stream was interrupted and is there again; user events and queries of that time"
            + " are missing");
  }

  private void newConnection() {
    connection++;
    remembers = false;
    times.connected();
  }

  private void duplicate(SerfEvent event) {
    counters.add(counters.duplicates, 1);
    log.log(Level.INFO, Messages.of(event) + " came again and is not handled twice");
  }

  private void count(int missing, UserEvent user) {
    if (missing == Integer.MAX_VALUE) {
      counters.add(counters.gaps, 1);
    } else if (missing != 0) {
      counters.add(counters.missed, missing);
      counters.add(counters.gaps, missing > 0 ? 1 : 0);
    }
    if (missing > 0) {
      log.log(
          Level.DEBUG,
          "before "
              + Messages.of(user)
              + " (LTime "
              + Long.toUnsignedString(user.ltime())
              + ") events are missing, overtaken or coalesced");
    }
  }

  /** Whether an agent that tells an event of that time again knows the newest that was seen. */
  private boolean agentRemembers(long ltime) {
    if (!remembers) {
      try {
        long now = agentsEventTime.getAsLong();
        boolean past = now == 0 || Long.compareUnsigned(now, newest) > 0;
        boolean unclear = now == newest + 1 && ltime == newest;
        remembers = past && !(unclear && newestAlone);
      } catch (SerfException e) {
        // It is as if it did: better an event too few than one twice.
        log.log(Level.DEBUG, String.valueOf(e.getMessage()));
        return true;
      }
    }
    return remembers;
  }
}
