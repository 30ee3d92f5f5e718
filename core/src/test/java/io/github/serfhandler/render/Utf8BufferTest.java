package io.github.serfhandler.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ReadOnlyBufferException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class Utf8BufferTest {
  private final Utf8Buffer buffer = new Utf8Buffer();

  private String text() {
    return UTF_8.decode(buffer.bytes()).toString();
  }

  @Test
  void growsAndKeepsWhatIsInIt() {
    String line = "0123456789".repeat(100);
    for (int i = 0; i < 300; i++) {
      buffer.ascii(line);
    }
    assertThat(buffer.length()).isEqualTo(300_000);
    assertThat(text()).isEqualTo(line.repeat(300));
    buffer.clear();
    assertThat(text()).isEmpty();
  }

  @Test
  void cannotBeChangedThroughItsBytes() {
    buffer.ascii('a');
    assertThatThrownBy(() -> buffer.bytes().put(0, (byte) 'b'))
        .isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void escapesWhatCouldBreakAReaderAndNothingElse() {
    buffer.quoted(
        "aé✓\uD83D\uDE00/'\u00a0" + "\"\\\n\r\t\b\u0000\u007f\u0085\u2028\u2029\ufeff\uffff\uD800");
    assertThat(text())
        .isEqualTo(
            "\"aé✓\uD83D\uDE00/'\u00a0"
                + "\\\"\\\\\\n\\r\\t\\u0008\\u0000\\u007f\\u0085\\u2028\\u2029\\ufeff\\uffff\\ud800\"");
  }

  @Property
  void writesUtf8AsTheJdkDoes(@ForAll @IntRange(min = 0xa0, max = 0x10ffff) int codePoint) {
    if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      return;
    }
    String text = new String(Character.toChars(codePoint));
    Utf8Buffer out = new Utf8Buffer();
    out.quoted(text);
    byte[] bytes = new byte[out.length()];
    out.bytes().get(bytes);
    if (out.length() < 8) { // An escape is longer.
      assertThat(bytes).isEqualTo(("\"" + text + "\"").getBytes(UTF_8));
    } else {
      assertThat(codePoint).isIn(0x2028, 0x2029, 0xfeff, 0xfffe, 0xffff);
    }
  }

  @Property
  void writesNumbersInDecimal(@ForAll @IntRange(min = 0) int number) {
    Utf8Buffer out = new Utf8Buffer();
    out.number(number);
    assertThat(UTF_8.decode(out.bytes()).toString()).isEqualTo(String.valueOf(number));
  }
}
