package io.github.serfhandler.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineFeedTest {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  private final AtomicLong requested = new AtomicLong();
  private final LineFeed feed = new LineFeed(10);

  LineFeedTest() {
    feed.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {
            requested.addAndGet(count);
          }

          @Override
          public void cancel() {
            requested.set(-1);
          }
        });
  }

  @Test
  void putsLinesTogetherAndLeavesEmptyOnesOut() throws Exception {
    give("\n\nab", "c\nd");
    give("ef\n\n");

    assertThat(next()).contains("abc");
    assertThat(next()).contains("def");
  }

  @Test
  void asksForMoreOnlyWhenAllWasRead() throws Exception {
    give("a\nb\n");
    assertThat(next()).contains("a");
    assertThat(requested).hasValue(1);
    assertThat(next()).contains("b");
    assertThat(feed.next(0)).isEmpty();
    assertThat(requested).hasValue(2);
  }

  @Test
  void doesNotKeepALineThatIsTooLong() {
    give("12345678901");

    assertThatThrownBy(this::next).isInstanceOf(LineFeed.TooLong.class);
  }

  @Test
  void tellsTheEndAgainAndAgain() {
    give("half");
    feed.onComplete();

    assertThatThrownBy(this::next).isInstanceOf(EOFException.class);
    assertThatThrownBy(this::next).isInstanceOf(EOFException.class);
  }

  @Test
  void closeCancelsAndEndsIt() {
    feed.close();

    assertThat(requested).hasValue(-1);
    assertThatThrownBy(this::next).isInstanceOf(EOFException.class);
  }

  private void give(String... texts) {
    feed.onNext(
        Arrays.stream(texts)
            .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
            .toList());
  }

  private Optional<String> next() throws IOException, InterruptedException {
    return feed.next(PATIENCE).map(line -> new String(line, StandardCharsets.UTF_8));
  }
}
