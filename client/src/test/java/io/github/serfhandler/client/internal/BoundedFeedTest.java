package io.github.serfhandler.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.Async;
import io.github.serfhandler.client.SerfClosedException;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.StreamGap;
import io.github.serfhandler.client.StreamGap.Reason;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BoundedFeedTest {
  private static final StreamGap RECONNECTED = new StreamGap(Reason.RECONNECTED, -1);

  @Test
  void marksWhatIsMissingWhereItIsMissing() throws InterruptedException {
    BoundedFeed<Object> feed = feed(2);
    feed.offer("a");
    feed.offer("b");
    feed.offer("lost");
    feed.offer("lost");
    assertThat(feed.poll(0)).isEqualTo("a");
    feed.offer("c");
    assertThat(feed.poll(0)).isEqualTo("b");
    assertThat(feed.poll(0)).isEqualTo(new StreamGap(Reason.OVERFLOW, 2));
    assertThat(feed.poll(0)).isEqualTo("c");
    assertThat(feed.poll(0)).isNull();
    assertThat(feed.dropped()).isEqualTo(2);
  }

  @Test
  void tellsOfALossAtOnceWhereNothingFollows() throws InterruptedException {
    BoundedFeed<Object> feed = feed(1);
    feed.offer("a");
    feed.offer("lost");
    feed.reconnected();
    assertThat(feed.poll(0)).isEqualTo("a");
    assertThat(feed.poll(0)).isEqualTo(new StreamGap(Reason.OVERFLOW, 1));
    assertThat(feed.poll(0)).isEqualTo(RECONNECTED);
    assertThat(feed.poll(0)).isNull();
  }

  @Test
  void countsReconnectionsOfAnAbsentConsumerOnce() throws InterruptedException {
    BoundedFeed<Object> feed = feed(1);
    for (int i = 0; i < 1000; i++) {
      feed.reconnected();
    }
    assertThat(feed.poll(0)).isEqualTo(RECONNECTED);
    assertThat(feed.poll(0)).isNull();
  }

  @Test
  void endsAfterWhatIsAtHand() throws InterruptedException {
    BoundedFeed<Object> feed = feed(5);
    SerfException end = new SerfClosedException("first", true, null);
    feed.offer("a");
    feed.end(end);
    feed.end(new SerfClosedException("second", true, null));
    feed.offer("late");
    assertThat(feed.poll(0)).isEqualTo("a");
    assertThatThrownBy(() -> feed.poll(0)).isSameAs(end);
    assertThatThrownBy(() -> feed.poll(0)).isSameAs(end);
  }

  @Test
  void wakesThoseWhoWait() {
    BoundedFeed<Object> feed = feed(5);
    CompletableFuture<Object> taker = Async.supply(() -> takeAnything(feed));
    feed.reconnected();
    assertThat(taker.join()).isEqualTo(RECONNECTED);
    CompletableFuture<Object> other = Async.supply(() -> takeAnything(feed));
    feed.abort(new SerfClosedException("closed", true, null));
    assertThatThrownBy(other::join).hasCauseInstanceOf(SerfClosedException.class);
  }

  private static Object takeAnything(BoundedFeed<Object> feed) {
    try {
      Object item = feed.poll(Long.MAX_VALUE);
      return item == null ? "nothing" : item;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BoundedFeed<Object> feed(int capacity) {
    return new BoundedFeed<>(capacity, gap -> gap);
  }
}
