package io.github.serfhandler.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain | plain",
        "a\\b | a\\b",
        "größe 大 😀 | größe 大 😀",
      })
  void leavesHarmlessTextAsItIs(String text, String expected) {
    assertThat(Printable.of(text)).isEqualTo(expected);
  }

  @Test
  void escapesWhatWouldForgeALineOrRepaintATerminal() {
    assertThat(Printable.of("a\nWARN b\r\t\u001b[2J\u009b\u2028\u202e\\"))
        .isEqualTo("a\\nWARN b\\r\\t\\u001b[2J\\u009b\\u2028\\u202e\\\\");
  }

  @Test
  void escapesHalvesOfSurrogatePairs() {
    assertThat(Printable.of("\ud83d!\ude00")).isEqualTo("\\ud83d!\\ude00");
  }

  @Test
  void shortensWhatItQuotes() {
    assertThat(Printable.quoted("x".repeat(1000))).hasSize(82).endsWith("...\"");
  }

  @Property
  void neverLeavesAControlCharacter(@ForAll String text) {
    assertThat(Printable.of(text).chars()).noneMatch(Character::isISOControl);
  }
}
