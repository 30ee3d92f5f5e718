package io.github.serfhandler.etcd;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An answer that never ends, line by line. Filled by the HTTP client; {@link #next} is for one
 * thread, {@link #close} for any.
 *
 * <p>It asks the client for more only when everything was read, so that what waits here is one
 * buffer, and what waits longer waits at etcd. (The stream of Java 17's own {@code ofInputStream}
 * forgets interrupts.)
 */
final class LineFeed implements BodySubscriber<LineFeed>, AutoCloseable {
  /** A line is longer than was allowed for. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Buffers, or the end. */
  private record Chunk(List<ByteBuffer> buffers, @Nullable Throwable end) {}

  private final int maxLine;
  // One that was asked for, an end of the client's, one of close(): bounded by that.
  private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
  private final Deque<ByteBuffer> unread = new ArrayDeque<>();
  private ByteArrayOutputStream line = new ByteArrayOutputStream();
  private volatile boolean closed;

  LineFeed(int maxLine) {
    this.maxLine = maxLine;
  }

  @Override
  public CompletionStage<LineFeed> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription.set(given);
    if (closed) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    chunks.add(new Chunk(buffers, null));
  }

  @Override
  public void onError(Throwable problem) {
    chunks.add(new Chunk(List.of(), problem));
  }

  @Override
  public void onComplete() {
    chunks.add(new Chunk(List.of(), new EOFException()));
  }

  /**
   * The next line that is not empty, without its end.
   *
   * @param nanos how long to wait for it, about
   * @return empty where it did not come
   * @throws IOException where no more will come
   */
  Optional<byte[]> next(long nanos) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + nanos;
    do {
      while (!unread.isEmpty()) {
        if (takeLine(unread.element()) && line.size() > 0) {
          byte[] bytes = line.toByteArray();
          // A new one, since one that had a long line once would stay as long.
          line = new ByteArrayOutputStream();
          return Optional.of(bytes);
        }
        if (!unread.element().hasRemaining()) {
          unread.remove();
          if (unread.isEmpty()) {
            request();
          }
        }
      }
      Chunk chunk = chunks.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (chunk == null) {
        return Optional.empty();
      }
      if (chunk.end() != null) {
        chunks.add(chunk);
        throw chunk.end() instanceof IOException e ? e : new IOException(chunk.end());
      }
      unread.addAll(chunk.buffers());
      if (unread.isEmpty()) {
        request();
      }
    } while (System.nanoTime() - deadline < 0);
    return Optional.empty();
  }

  /** Ends it: whoever waits for a line is told so. */
  @Override
  public void close() {
    closed = true;
    Flow.Subscription current = subscription.get();
    if (current != null) {
      current.cancel();
    }
    chunks.add(new Chunk(List.of(), new EOFException()));
  }

  /** Moves what belongs to the line; whether it ended. */
  private boolean takeLine(ByteBuffer buffer) throws TooLong {
    int start = buffer.position();
    int at = start;
    while (at < buffer.limit() && buffer.get(at) != '\n') {
      at++;
    }
    boolean ended = at < buffer.limit();
    byte[] part = new byte[at - start];
    if (part.length > maxLine - line.size()) {
      throw new TooLong();
    }
    buffer.get(part);
    line.write(part, 0, part.length);
    if (ended) {
      buffer.position(at + 1);
    }
    return ended;
  }

  private void request() {
    Flow.Subscription current = subscription.get();
    if (current != null) {
      current.request(1);
    }
  }
}
