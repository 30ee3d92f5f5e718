package io.github.serfhandler.app.commands.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.serfhandler.config.RejectedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoQuotedTest {
  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"\"', ''",
    "'\"{\\\"a\\\":1}\"', '{\"a\":1}'",
    "'\"$(touch x) `x` ; | & \\\\\"', '$(touch x) `x` ; | & \\'",
    "'\"\\x41\\u0042\\U00000043\\''\"', 'ABC'''",
    "'\"\\u00e9\\U0001f600\"', 'é😀'",
  })
  void readsWhatGoWrites(String quoted, String expected) {
    byte[] bytes = quoted.getBytes(StandardCharsets.UTF_8);
    assertThat(new String(GoQuoted.unquote(bytes), StandardCharsets.UTF_8)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"",
        "a",
        "\"a",
        "a\"",
        "'a'",
        "\"\\\"",
        "\"a\"b\"",
        "\"\\x\"",
        "\"\\x4\"",
        "\"\\xg0\"",
        "\"\\x4\\n\"",
        "\"\\u12\"",
        "\"\\ud800\"",
        "\"\\U00110000\"",
        "\"\\Uffffffff\"",
        "\"\\U1234\"",
        "\"\\q\"",
        "\"\\0\"",
        "\"\\x\u00b2\u00b9\""
      })
  void refusesWhatIsNone(String hostile) {
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> GoQuoted.unquote(latin1(hostile)))
        .withMessageStartingWith("not in the quotes of etcdctl watch: ");
  }

  @Property
  void givesBackAnyBytesThatWereQuoted(@ForAll @Size(max = 60) byte[] bytes) {
    assertThat(GoQuoted.unquote(quote(bytes, false))).isEqualTo(bytes);
    assertThat(GoQuoted.unquote(quote(bytes, true))).isEqualTo(bytes);
  }

  @Property
  void givesBackAnyTextThatWasQuoted(@ForAll String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(GoQuoted.unquote(quote(bytes, false))).isEqualTo(bytes);
    assertThat(GoQuoted.unquote(quote(bytes, true))).isEqualTo(bytes);
  }

  @Property
  void endsOnAnyBytes(@ForAll @Size(max = 40) byte[] bytes) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.write('"');
    text.writeBytes(bytes);
    text.write('"');
    try {
      assertThat(GoQuoted.unquote(text.toByteArray()).length).isLessThanOrEqualTo(4 * bytes.length);
    } catch (RejectedException e) {
      assertThat(e.reason()).startsWith("not in the quotes of etcdctl watch: ");
    }
  }

  /** As {@code strconv.Quote} does it: what is no UTF-8 byte by byte. */
  private static byte[] quote(byte[] bytes, boolean asciiOnly) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write('"');
    for (int i = 0; i < bytes.length; ) {
      int length = characterLength(bytes, i);
      if (length == 0) {
        out.writeBytes(latin1(String.format("\\x%02x", bytes[i] & 0xff)));
        i++;
      } else {
        int c = new String(bytes, i, length, StandardCharsets.UTF_8).codePointAt(0);
        String escape = escape(c, asciiOnly);
        out.writeBytes(
            escape.isEmpty() ? java.util.Arrays.copyOfRange(bytes, i, i + length) : latin1(escape));
        i += length;
      }
    }
    out.write('"');
    return out.toByteArray();
  }

  private static String escape(int c, boolean asciiOnly) {
    int simple = "\u0007\b\f\n\r\t\u000b\\\"".indexOf(c);
    if (simple >= 0) {
      return "\\" + "abfnrtv\\\"".charAt(simple);
    }
    if (c < ' ' || c == 0x7f) {
      return String.format("\\x%02x", c);
    }
    if (c < 0x7f || (!asciiOnly && Character.isLetterOrDigit(c))) {
      return "";
    }
    return String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
  }

  /** The bytes of the character at a place; 0 where there is none. */
  private static int characterLength(byte[] bytes, int at) {
    for (int length = 1; length <= 4 && at + length <= bytes.length; length++) {
      if (isOneCharacter(ByteBuffer.wrap(bytes, at, length))) {
        return length;
      }
    }
    return 0;
  }

  private static boolean isOneCharacter(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString().codePoints().count() == 1;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
