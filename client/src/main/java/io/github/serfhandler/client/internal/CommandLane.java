package io.github.serfhandler.client.internal;

import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.client.SerfException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: one kept connection that carries out commands one after the other, on the threads of
 * those who call; it has no thread of its own. One deadline covers the wait for other callers,
 * connecting, writing and the whole reply.
 *
 * <p>When a command fails other than by the agent's own error, the connection is closed, and the
 * next command opens a new one. A kept connection may have died unseen while it was idle. A command
 * that only reads finds out by using it, and is sent once more over a new connection if not one
 * byte of a reply came. Any other command must not be sent twice, so before it is written the kept
 * connection is asked whether it has ended (one millisecond).
 */
public final class CommandLane implements AutoCloseable {
  private final SerfClientOptions options;
  private final String target;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Wire wire;
  private volatile boolean closed;

  public CommandLane(SerfClientOptions options) {
    this.options = options;
    this.target = Texts.address(options.address());
  }

  /** Connects now, unless connected. */
  public void connect() {
    Duration timeout = options.connectTimeout();
    Deadline deadline = Deadline.in(timeout);
    acquire(Command.HANDSHAKE, deadline);
    try {
      if (wire == null) {
        open(deadline);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Carries a command out; throws {@link SerfException} as {@link SerfClientOptions} tells. */
  public <T> T execute(Request<T> request) {
    Deadline deadline = Deadline.in(request.timeout());
    acquire(request.command(), deadline);
    try {
      Wire kept = wire;
      boolean reads = request.command().effect() == Command.Effect.READ;
      if (kept != null && !reads && kept.stale()) {
        drop();
        kept = null;
      }
      if (kept == null) {
        return attempt(open(deadline), request, deadline);
      }
      try {
        return attempt(kept, request, deadline);
      } catch (StaleConnectionException e) {
        if (!reads || deadline.passed()) {
          throw e.failure();
        }
        return attempt(open(deadline), request, deadline);
      }
    } catch (StaleConnectionException e) {
      throw e.failure();
    } finally {
      lock.unlock();
    }
  }

  private <T> T attempt(Wire on, Request<T> request, Deadline deadline)
      throws StaleConnectionException {
    Command command = request.command();
    boolean inStep = false;
    try {
      on.send(command, request.body());
      Reply reply = on.receive(deadline);
      if (!reply.failed()) {
        T result = request.decoder().read(on.reader());
        inStep = true;
        return result;
      }
      SerfException refusal = AgentErrors.of(command, target, reply.error());
      boolean ends = AgentErrors.ends(refusal);
      Request.Refusal<T> withBody = request.refusal();
      if (withBody != null && !ends) {
        refusal = withBody.of(target, reply.error(), request.decoder().read(on.reader()));
      }
      inStep = !ends;
      throw refusal;
    } catch (IOException e) {
      if (closed) {
        throw Failures.closed("the client of the Serf agent at " + target);
      }
      SerfException failure =
          Failures.during(command, target, deadline.timeout(), command.repeatable(), e);
      if (!on.replied()
          && !(e instanceof SocketTimeoutException)
          && !(e instanceof DeadlineInput.InterruptedReadException)) {
        throw new StaleConnectionException(failure);
      }
      throw failure;
    } finally {
      if (!inStep) {
        drop();
      }
    }
  }

  private Wire open(Deadline deadline) {
    Wire next = new Wire(options);
    wire = next;
    boolean opened = false;
    try {
      if (closed) {
        throw Failures.closed("the client of the Serf agent at " + target);
      }
      next.open(deadline);
      opened = true;
      return next;
    } catch (SerfException e) {
      throw closed ? Failures.closed("the client of the Serf agent at " + target) : e;
    } finally {
      if (!opened) {
        drop();
      }
    }
  }

  private void drop() {
    Wire old = wire;
    wire = null;
    if (old != null) {
      old.close();
    }
  }

  private void acquire(Command command, Deadline deadline) {
    if (closed) {
      throw Failures.closed("the client of the Serf agent at " + target);
    }
    boolean mine;
    try {
      mine = lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw Failures.interrupted(command, target, true);
    }
    if (!mine) {
      throw Failures.busy(command, target, deadline.timeout());
    }
  }

  /** Ends a command that is under way, too. */
  @Override
  public void close() {
    closed = true;
    Wire open = wire;
    if (open != null) {
      open.close();
    }
  }

  /** The connection ended before a byte of the reply came. */
  private static final class StaleConnectionException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient SerfException failure;

    StaleConnectionException(SerfException failure) {
      super(failure);
      this.failure = failure;
    }

    SerfException failure() {
      return failure;
    }
  }
}
