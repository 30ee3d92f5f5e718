package io.github.serfhandler.resident;

import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.discovery.FollowListener;
import io.github.serfhandler.discovery.Interest;
import io.github.serfhandler.discovery.PassResult;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.replica.Replica;
import io.github.serfhandler.store.FileStore;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The handlers of a resident agent. Confined to the thread that follows the Serf agent; handlers
 * run on threads of their own, see {@link io.github.serfhandler.handler.SerfHandler}.
 *
 * <p>From the first pass of discovery on, user events and queries are taken from one event stream
 * of the agent, and each handler is told of the members what it does not know yet. The files of a
 * pass are written before its members are told.
 */
public final class ResidentHandlers implements FollowListener, AutoCloseable {
  private static final Duration BETWEEN_STATUSES = Duration.ofSeconds(1);

  private final Counters counters = new Counters();
  private final ResidentNode node;
  private final Lanes lanes;
  private final EventPump pump;
  private final HandlersFile file;
  private final LongSupplier nanoTime;
  private long written = -1;
  private long writtenAt;
  private boolean closed;

  /**
   * Handlers that wait for the first pass.
   *
   * @param client the agent; stays the caller's to close, after this
   * @param proxy the handlers; none may be registered any more
   * @param interest the products that the user wants
   * @param replica this node's copy of the configuration
   * @param confDir the directory of the files
   * @param store writes the status
   * @param clock the wall clock, for the status
   * @param nanoTime a clock that never goes back, in nanoseconds, as {@code System::nanoTime}
   */
  public ResidentHandlers(
      SerfClient client,
      SerfHandlerProxy proxy,
      ResidentSettings settings,
      Interest interest,
      Replica replica,
      Path confDir,
      FileStore store,
      Clock clock,
      LongSupplier nanoTime,
      Logger log) {
    this.node = new ResidentNode(confDir, interest, replica, log);
    this.lanes = new Lanes(proxy, settings, node, counters, log);
    this.pump =
        new EventPump(
            client,
            lanes,
            () -> node.members().size() == 1,
            stream -> new Answers(stream, settings.answerLimit(), node, log)::send,
            counters,
            log);
    this.file = new HandlersFile(store, confDir, clock, log);
    this.nanoTime = nanoTime;
  }

  @Override
  public void reached() {}

  @Override
  public void lost(SerfException reason, boolean wasReachable) {}

  @Override
  public void passed(PassResult result) {
    node.passed(result);
    lanes.passed(result);
    pump.start();
  }

  /** Writes the status where it changed, once a second at most; to be called now and then. */
  public void writeStatus() {
    long now = nanoTime.getAsLong();
    if (written >= 0 && now - writtenAt < BETWEEN_STATUSES.toNanos()) {
      return;
    }
    long changes = counters.changes();
    if (changes != written) {
      written = changes;
      writtenAt = now;
      file.write(counters, lanes.statuses());
    }
  }

  /**
   * Takes no event more, lets the calls under way end within {@link ResidentSettings#stopLimit}
   * (interrupts them then), leaves the stream and writes the last status. Idempotent.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      pump.stopTaking();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lanes.close();
    pump.close();
    file.write(counters, lanes.statuses());
  }
}
