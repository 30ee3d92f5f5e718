package io.github.serfhandler.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPatternTest {
  @Test
  void matchesProductAndKeyEachAsAWhole() {
    KeyPattern pattern = KeyPattern.parse("shop/db-*");
    assertThat(pattern.matches("shop", "db-main")).isTrue();
    assertThat(pattern.matches("shop", "db-")).isTrue();
    assertThat(pattern.matches("shop", "a-db-main")).isFalse();
    assertThat(pattern.matches("shop2", "db-main")).isFalse();
    assertThat(KeyPattern.parse("*/limits").matches("any.thing", "limits")).isTrue();
    assertThat(KeyPattern.parse("*/*").matches("a", "b")).isTrue();
    assertThat(pattern).hasToString("shop/db-*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "shop",
        "shop/",
        "/key",
        "a/b/c",
        "../x",
        "a/..",
        "a/b c",
        "a/b\n",
        "a/-x",
        "a/[b]",
        "a/b?",
        "a/**\u0000",
        "a/\u001b[31m"
      })
  void refusesWhatNoNameCanMatchInOneLine(String text) {
    assertThatThrownBy(() -> KeyPattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("match \"")
        .hasMessageContaining("write for example shop/*")
        .message()
        .doesNotContain("\n", "\u001b", "\u0000");
  }

  @Test
  void refusesALongOneInAShortLine() {
    assertThatThrownBy(() -> KeyPattern.parse("a/" + "x".repeat(100_000)))
        .message()
        .hasSizeLessThan(300);
  }

  /** The judge is Java's regular expressions. */
  @Property(tries = 5000)
  void matchesAsARegularExpressionDoes(
      @ForAll("patterns") String product,
      @ForAll("patterns") String key,
      @ForAll("names") String otherProduct,
      @ForAll("names") String otherKey) {
    boolean expected = judge(product, otherProduct) && judge(key, otherKey);
    assertThat(new KeyPattern(product, key).matches(otherProduct, otherKey)).isEqualTo(expected);
  }

  @Property
  void matchesWhatItWasMadeOf(@ForAll("names") String product, @ForAll("names") String key) {
    assertThat(KeyPattern.parse(product + "/" + key).matches(product, key)).isTrue();
  }

  @Test
  void takesNoLongTimeForManyStars() {
    String name = "a".repeat(63);
    assertThat(new KeyPattern("*a".repeat(31) + "b", "*").matches(name, "k")).isFalse();
  }

  private static boolean judge(String pattern, String name) {
    StringBuilder regex = new StringBuilder();
    for (String part : pattern.split("\\*", -1)) {
      regex.append(regex.length() == 0 ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.matches(regex.toString(), name);
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars("ab*").ofMinLength(1).ofMaxLength(8);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withChars("ab").ofMinLength(1).ofMaxLength(10);
  }
}
