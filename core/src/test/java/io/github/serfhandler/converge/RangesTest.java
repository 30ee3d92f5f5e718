package io.github.serfhandler.converge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.config.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Sums and lists of any prefix against those of a plain map. */
class RangesTest {
  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void tellsWhatAPlainMapTells(@ForAll Random random, @ForAll @IntRange(max = 400) int changes) {
    Ranges ranges = new Ranges();
    Map<Long, Held> plain = new HashMap<>();
    for (int i = 0; i < changes; i++) {
      // Few digits vary, so that the tree becomes deep.
      long key = random.nextLong() & (random.nextBoolean() ? -1 : 0xF000_0000_0000_00FFL);
      Held held = ranges.find(key);
      assertThat(held).isSameAs(plain.get(key));
      if (held == null) {
        Held added = new Held("key" + key, key, Revision.ofDeletion(random.nextInt(5)), 0);
        ranges.add(added);
        plain.put(key, added);
      } else if (random.nextBoolean()) {
        ranges.become(held, Revision.ofDeletion(random.nextInt(1000)));
      } else {
        ranges.remove(held);
        assertThat(plain.remove(key)).isSameAs(held);
      }
      if (!plain.isEmpty() && random.nextInt(4) == 0) {
        Held any = new ArrayList<>(plain.values()).get(random.nextInt(plain.size()));
        ranges.become(any, Revision.ofDeletion(random.nextInt(1000)));
      }
    }
    assertThat(ranges.sum()).isEqualTo(ranges.sum(Prefix.ALL));
    List<Long> keys = new ArrayList<>(plain.keySet());
    keys.add(random.nextLong());
    for (long key : keys) {
      Prefix prefix = Prefix.ALL;
      for (int digits = 0; digits <= Prefix.MAX_DIGITS; digits++) {
        Prefix under = prefix;
        List<Held> expected =
            plain.values().stream()
                .filter(held -> under.holds(held.line().key()))
                .sorted((a, b) -> Long.compareUnsigned(a.line().key(), b.line().key()))
                .toList();
        long hash = expected.stream().mapToLong(held -> held.line().hash()).sum();
        assertThat(ranges.sum(prefix)).isEqualTo(new Sum(hash, expected.size()));
        assertThat(ranges.within(prefix)).isEqualTo(expected);
        prefix = digits == Prefix.MAX_DIGITS ? prefix : prefix.towards(key);
      }
    }
  }

  @Property
  void aPrefixReadsBackAsItIsWritten(
      @ForAll long key, @ForAll @IntRange(max = Prefix.MAX_DIGITS) int digits) {
    Prefix prefix = Prefix.ALL;
    for (int i = 0; i < digits; i++) {
      prefix = prefix.towards(key);
    }
    assertThat(Prefix.parse(prefix.toString())).isEqualTo(prefix);
    assertThat(prefix.holds(key)).isTrue();
    assertThat(prefix.holds(~key)).isEqualTo(digits == 0);
  }
}
