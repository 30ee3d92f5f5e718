package io.github.serfhandler.client.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.internal.msgpack.MalformedException;
import io.github.serfhandler.client.internal.msgpack.MsgpackReader;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: a stream on one connection. One thread reads records; any thread may send a command
 * on the same connection, whose reply the reading thread passes on to it.
 *
 * <p>A reply is known by its number: the subscription's own number means that a record follows, any
 * other that none does (only commands without a reply body are sent here). So a caller that gave up
 * waiting does no harm.
 */
final class Subscription {
  private final Wire wire;
  private final int number;
  private final long seq;
  private final String target;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Map<Long, CompletableFuture<Reply>> waiting = new HashMap<>();

  @GuardedBy("lock")
  private long newest;

  @GuardedBy("lock")
  private int unanswered; // bytes that the agent may not have read yet

  @GuardedBy("lock")
  private @Nullable SerfException ended;

  /**
   * A subscription that stands.
   *
   * @param number counts the connections of one stream
   * @param seq the number of the request that subscribed
   */
  Subscription(Wire wire, int number, long seq) {
    this.wire = wire;
    this.number = number;
    this.seq = seq;
    this.newest = seq;
    this.target = wire.target();
  }

  int number() {
    return number;
  }

  /** What is done with a record. */
  @FunctionalInterface
  interface RecordSink {
    void read(MsgpackReader in) throws IOException;
  }

  /**
   * Reads until the agent feeds the stream for certain: it replies to {@code stream} and {@code
   * monitor} before it registers them ({@code handleStream}, {@code handleMonitor} in {@code
   * ipc.go}, Serf 0.9.4), so what happens in the next moment could be missed. But it reads the next
   * command only after both, hence one that does nothing: to stop request 0, which never was.
   */
  void settle(RecordSink sink, Deadline deadline) throws IOException {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    try {
      send(Command.STOP, stopping(0), answer, deadline.timeout());
      while (!answer.isDone()) {
        readOne(sink, deadline);
      }
    } catch (IOException e) {
      end(Failures.during(Command.STOP, target, deadline.timeout(), true, e));
      throw e;
    }
  }

  /** Reads one reply: a record of the stream, or the answer to a command; null waits for ever. */
  void readOne(RecordSink sink, @Nullable Deadline deadline) throws IOException {
    Reply reply = wire.next(deadline);
    if (reply.seq() == seq) {
      sink.read(wire.reader());
      return;
    }
    CompletableFuture<Reply> caller;
    synchronized (lock) {
      if (Long.compareUnsigned(reply.seq(), newest) > 0) {
        throw new MalformedException("a reply to request " + reply.seq());
      }
      caller = waiting.remove(reply.seq());
      if (reply.seq() == newest) {
        unanswered = 0; // The agent carries commands out in order, so it has read them all.
      }
    }
    if (caller != null) {
      caller.complete(reply);
    }
  }

  /** Sends a command and waits for the reply, which the reading thread must pass on. */
  void call(Command command, Body body, Duration timeout) {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    long request = send(command, body, answer, timeout);
    try {
      Reply reply = answer.get(Deadline.nanos(timeout), TimeUnit.NANOSECONDS);
      if (reply.failed()) {
        throw AgentErrors.of(command, target, reply.error());
      }
    } catch (TimeoutException e) {
      throw Failures.during(command, target, timeout, false, new java.net.SocketTimeoutException());
    } catch (InterruptedException e) {
      throw Failures.interrupted(command, target, false);
    } catch (ExecutionException e) {
      throw Failures.during(command, target, timeout, false, new EOFException());
    } finally {
      forget(request);
    }
  }

  private long send(Command command, Body body, CompletableFuture<Reply> answer, Duration timeout) {
    synchronized (lock) {
      if (ended != null) {
        throw AgentErrors.lateAnswer(target);
      }
      if (unanswered > Wire.REQUEST_LIMIT) {
        // Not written, so that the write can not block.
        throw Failures.notReading(command, target);
      }
      try {
        newest = wire.send(command, body);
      } catch (IOException e) {
        throw Failures.during(command, target, timeout, false, e);
      }
      unanswered += wire.sent();
      waiting.put(newest, answer);
      return newest;
    }
  }

  private void forget(long request) {
    synchronized (lock) {
      waiting.remove(request);
    }
  }

  /** No more replies will come. */
  void end(SerfException why) {
    synchronized (lock) {
      ended = why;
      waiting.values().forEach(caller -> caller.completeExceptionally(why));
      waiting.clear();
    }
    wire.close();
  }

  /** Asks the agent to end the stream, waits for its reply, closes the connection. */
  void stop(Duration timeout) {
    try {
      call(Command.STOP, stopping(seq), timeout);
    } catch (SerfException e) {
      // Politeness only; closing the connection ends the stream as well.
    } finally {
      wire.close();
    }
  }

  private static Body stopping(long request) {
    return w -> w.map(1).string("Stop").unsigned(request);
  }
}
