package io.github.serfhandler.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainScalarsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "1.0",
        "1e3",
        "0x1f",
        "0o7",
        "0b1",
        "1_000",
        "12:30",
        "12:30:45",
        "2026-01-01",
        "~",
        "null",
        "Null",
        "NULL",
        "true",
        "False",
        "yes",
        "YES",
        "No",
        "on",
        "OFF",
        "y",
        "N",
        ".inf",
        "-.inf",
        ".NaN",
        "nan",
        "inf",
        "Infinity",
        "-",
        "- a",
        "-a",
        "?",
        ":",
        "::1",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "'a'",
        "\"a\"",
        "%a",
        "@a",
        "`a",
        "{a}",
        "[a]",
        ",",
        "=",
        "<<",
        "a b",
        "a\tb",
        "a\n",
        "é",
        "aé",
        "127.0.0.36",
        "_a",
        "---",
        "..."
      })
  void quotesWhatAnyReaderCouldTakeForSomethingElse(String text) {
    assertThat(PlainScalars.isPlain(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "test3", "web-1.dc1.example", "Nope", "yes2", "x_y", "e1", "nulls"})
  void leavesPlainWhatIsCertainlyAString(String text) {
    assertThat(PlainScalars.isPlain(text)).isTrue();
  }

  @org.junit.jupiter.api.Test
  void quotesWhatIsTooLongForAPlainKey() {
    assertThat(PlainScalars.isPlain("a".repeat(128))).isTrue();
    assertThat(PlainScalars.isPlain("a".repeat(129))).isFalse();
  }
}
