package io.github.serfhandler.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "product1", "A.b_c-d", "0.9", "a.", "a-", "no", "x.y.z"})
  void takesWhatTheContractAllows(String name) {
    assertThat(Names.isLegal(name)).isTrue();
    assertThat(Names.requireLegal("product", name)).isSameAs(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        ".a",
        "-a",
        "_a",
        "a..b",
        "a...",
        "a/b",
        "a\\b",
        "a b",
        " a",
        "a ",
        "a:b",
        "a,b",
        "a\u0000",
        "a\n",
        "ä",
        "aä",
        "٣",
        "a٣",
        "ａ",
        "a\uD83D\uDE00",
        "a\uD800",
        "../etc"
      })
  void refusesEverythingElse(String name) {
    assertThat(Names.isLegal(name)).isFalse();
  }

  @Test
  void endsAt63Characters() {
    assertThat(Names.isLegal("a".repeat(63))).isTrue();
    assertThat(Names.isLegal("a".repeat(64))).isFalse();
  }

  @Test
  void namesTheCulpritOnOneLine() {
    assertThatThrownBy(() -> Names.requireLegal("product", "a\nb"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("product \"a\\u000ab\": not a legal name: ");
  }

  @Property(tries = 5_000)
  void agreesWithThePatternOfTheContract(
      @ForAll
          @StringLength(max = 66)
          @CharRange(from = '+', to = ':')
          @CharRange(from = 'Y', to = 'c')
          String name) {
    assertThat(Names.isLegal(name))
        .isEqualTo(name.matches("(?!.*\\.\\.)[A-Za-z0-9][A-Za-z0-9._-]{0,62}"));
  }
}
