package io.github.serfhandler.oneshot;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.handler.AnswerLimit;
import io.github.serfhandler.handler.Call;
import io.github.serfhandler.handler.CallResult;
import io.github.serfhandler.handler.Handler;
import io.github.serfhandler.handler.HandlerException;
import io.github.serfhandler.handler.LocalNode;
import io.github.serfhandler.handler.Messages;
import io.github.serfhandler.handler.Outcome;
import io.github.serfhandler.handler.Self;
import io.github.serfhandler.handler.SerfHandlerProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the handlers of a node's roles for one event, one after the other, whatever becomes of each.
 * Immutable; the handlers run while the caller of {@link #run} waits.
 *
 * <p>Each call has a daemon thread of its own, which is interrupted when the time is over. A
 * handler that does not react to that within the grace is left behind on its thread; the next one
 * runs all the same, and the process that runs this does not wait for it. So one such handler
 * object may run beside others: this is the only case.
 *
 * <p>For a query every handler runs, as Serf runs every script, and the first answer that is not
 * empty is the one that counts.
 */
public final class OneShotRun {
  /**
   * How long a handler has to end after it was interrupted. More than the 3 s that a script takes
   * to end all that it started (two of them for those that clean up first).
   */
  public static final Duration GRACE = Duration.ofSeconds(4);

  /**
   * Serf keeps the last 8 KiB of what a handler prints, whatever the limit of an answer is ({@code
   * maxBufSize} in {@code invoke.go}, 0.9.4): it would send the end of a longer one.
   */
  private static final int MOST_OUTPUT = 8 * 1024;

  private final SerfHandlerProxy proxy;
  private final Duration timeout;
  private final Duration grace;
  private final AnswerLimit limit;

  /**
   * A way to run the handlers of {@code proxy}.
   *
   * @param timeout how long each call may take, where the handler says nothing else
   * @param grace how long to wait for one that was interrupted, see {@link #GRACE}
   * @param limit how long an answer may be
   */
  public OneShotRun(SerfHandlerProxy proxy, Duration timeout, Duration grace, AnswerLimit limit) {
    this.proxy = proxy;
    this.timeout = timeout;
    this.grace = grace;
    this.limit = limit.atMost(MOST_OUTPUT);
  }

  /**
   * Runs them.
   *
   * @throws InterruptedException where the caller was interrupted; the handler under way is
   *     interrupted then and not waited for
   */
  public Report run(SerfEvent event, LocalNode node) throws InterruptedException {
    Self self = node.self();
    List<CallResult> results = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    Payload answer = Payload.EMPTY;
    boolean silent = true;
    for (Handler handler : proxy.handlersFor(self.roles())) {
      CallResult result = call(handler, event, node);
      results.add(result);
      if (answer.isEmpty() && result.answer().isPresent()) {
        answer = result.answer().get();
      }
      boolean failed = result.outcome() == Outcome.FAILED || result.outcome() == Outcome.TIMED_OUT;
      silent &= !(failed && Call.tellsAskers(handler));
    }
    if (!(event instanceof QueryEvent query)) {
      answer = Payload.EMPTY;
    } else if (answer.isEmpty() && !silent) {
      answer = Messages.failedAnswer(query, self.name());
    }
    if (!answer.isEmpty()) {
      answer = limit.fit(answer, warnings::add);
    }
    return new Report(event, self.roles(), results, answer, warnings);
  }

  private CallResult call(Handler handler, SerfEvent event, LocalNode node)
      throws InterruptedException {
    long begin = System.nanoTime();
    Worker worker = new Worker(handler, event, node);
    worker.start();
    try {
      worker.join(millis(Call.timeoutOf(handler, timeout)));
      if (worker.isAlive()) {
        worker.interrupt();
        worker.join(millis(grace));
      }
    } catch (InterruptedException e) {
      worker.interrupt();
      throw e;
    }
    CallResult result = worker.result;
    if (result != null) {
      return result;
    }
    HandlerException reason =
        new HandlerException("it was interrupted, did not react to that and is left behind");
    return new CallResult(
        Call.nameOf(handler),
        Outcome.TIMED_OUT,
        Optional.empty(),
        Optional.of(reason),
        Duration.ofNanos(System.nanoTime() - begin));
  }

  /** For {@link Thread#join(long)}, where 0 would wait for ever. */
  private static long millis(Duration duration) {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(duration.toNanos()));
  }

  /** One call. */
  private static final class Worker extends Thread {
    private final Handler handler;
    private final SerfEvent event;
    private final LocalNode node;
    private volatile @Nullable CallResult result;

    Worker(Handler handler, SerfEvent event, LocalNode node) {
      super("handler");
      this.handler = handler;
      this.event = event;
      this.node = node;
      setDaemon(true);
      // So that a library in a user's jar finds what else is in it.
      setContextClassLoader(handler.getClass().getClassLoader());
    }

    @Override
    public void run() {
      result = Call.of(handler, event, node);
    }
  }
}
