package io.github.serfhandler.client;

import io.github.serfhandler.client.internal.BoundedFeed;
import io.github.serfhandler.client.internal.Deadline;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Confined to one thread: the ways to take from a stream's feed. */
final class Taking<T> implements Iterator<T> {
  private final BoundedFeed<T> feed;
  private @Nullable T next;

  Taking(BoundedFeed<T> feed) {
    this.feed = feed;
  }

  static <T> T take(BoundedFeed<T> feed) {
    while (true) {
      Optional<T> item = poll(feed, Duration.ofDays(1));
      if (item.isPresent()) {
        return item.get();
      }
    }
  }

  static <T> Optional<T> poll(BoundedFeed<T> feed, Duration wait) {
    try {
      return Optional.ofNullable(feed.poll(Deadline.nanos(wait)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SerfInterruptedException("interrupted while waiting for a stream", true, e);
    }
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      try {
        next = take(feed);
      } catch (SerfClosedException e) {
        return false;
      }
    }
    return true;
  }

  @Override
  public T next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("the stream is closed");
    }
    T item = next;
    next = null;
    return item;
  }
}
