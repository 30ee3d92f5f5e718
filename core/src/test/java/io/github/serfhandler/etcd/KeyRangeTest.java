package io.github.serfhandler.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KeyRangeTest {
  @Test
  void endsBehindTheLastKeyOfAPrefix() {
    assertThat(KeyRange.below(bytes("/a/")).end()).isEqualTo(bytes("/a0"));
    assertThat(KeyRange.below(new byte[] {'a', (byte) 0xff}).end()).isEqualTo(bytes("b"));
  }

  @Test
  void hasNoEndWhereNoKeyCanComeBehind() {
    assertThat(KeyRange.below(new byte[0]).from()).isEqualTo(new byte[1]);
    assertThat(KeyRange.below(new byte[0]).end()).isEqualTo(new byte[1]);
    assertThat(KeyRange.below(new byte[] {-1, -1}).end()).isEqualTo(new byte[1]);
  }

  @Property
  void holdsWhatBeginsWithThePrefixAndNothingElse(@ForAll byte[] prefix, @ForAll byte[] key) {
    assertThat(KeyRange.below(prefix).holds(key)).isEqualTo(begins(key, prefix) && key.length > 0);
  }

  @Property
  void holdsEachKeyBelowThePrefix(@ForAll byte[] prefix, @ForAll byte[] rest) {
    byte[] key = Arrays.copyOf(prefix, prefix.length + rest.length + 1);
    System.arraycopy(rest, 0, key, prefix.length, rest.length);

    assertThat(KeyRange.below(prefix).holds(key)).isTrue();
    assertThat(KeyRange.below(prefix).after(key).holds(key)).isFalse();
  }

  @Test
  void holdsOneKey() {
    assertThat(KeyRange.of(bytes("a")).holds(bytes("a"))).isTrue();
    assertThat(KeyRange.of(bytes("a")).holds(bytes("ab"))).isFalse();
  }

  private static boolean begins(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
