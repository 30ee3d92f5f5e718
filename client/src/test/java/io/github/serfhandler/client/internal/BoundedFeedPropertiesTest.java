package io.github.serfhandler.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.StreamGap;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BoundedFeedPropertiesTest {

  /** Numbers go in, a taker takes now and then: what is missing is exactly what the gaps count. */
  @Property(tries = 300)
  void losesNothingInSilence(
      @ForAll @Size(max = 60) List<@IntRange(max = 9) Integer> takes,
      @ForAll @IntRange(min = 1, max = 5) int capacity)
      throws InterruptedException {
    BoundedFeed<Object> feed = new BoundedFeed<>(capacity, gap -> gap);
    List<Object> taken = new ArrayList<>();
    int next = 0;
    for (int take : takes) {
      feed.offer(next++);
      feed.offer(next++);
      for (int i = 0; i < take / 3; i++) {
        Object item = feed.poll(0);
        if (item != null) {
          taken.add(item);
        }
      }
    }
    for (Object item = feed.poll(0); item != null; item = feed.poll(0)) {
      taken.add(item);
    }
    long expected = 0;
    for (Object item : taken) {
      if (item instanceof StreamGap gap) {
        assertThat(gap.lost()).isPositive();
        expected += gap.lost();
      } else {
        assertThat(item).isEqualTo((int) expected);
        expected++;
      }
    }
    assertThat(expected).isEqualTo(next);
  }
}
