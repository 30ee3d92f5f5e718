package io.github.serfhandler.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON and what is not; the cases follow the categories of JSONTestSuite. */
class JsonReaderTest {
  private static JsonException refusal(byte[] bytes) {
    return catchThrowableOfType(JsonException.class, () -> JsonValue.parse(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[]   ]",
        "[\"\"]",
        "[]",
        "[\"a\"]",
        "[false]",
        "[null, 1, \"1\", {}]",
        "[null]",
        "[1\n]",
        " [1]",
        "[1,null,null,null,2]",
        "[2] ",
        "[123e65]",
        "[0e+1]",
        "[0e1]",
        "[ 4]",
        "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]",
        "[20e1]",
        "[-0]",
        "[-123]",
        "[-1]",
        "[1E22]",
        "[1E-2]",
        "[1E+2]",
        "[123e45]",
        "[123.456e78]",
        "[1e-2]",
        "[123.456789]",
        "{\"asd\":\"sdf\", \"dfg\":\"fgh\"}",
        "{\"asd\":\"sdf\"}",
        "{}",
        "{\"\":0}",
        "{\"foo\\u0000bar\": 42}",
        "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }",
        "{\"a\":[]}",
        "{\n\"a\": \"b\"\n}",
        "[\"\\u0060\\u012a\\u12AB\"]",
        "[\"\\uD801\\udc37\"]",
        "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]",
        "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
        "[\"\\\\u0000\"]",
        "[\"a/*b*/c/*d//e\"]",
        "[\"\\\\a\"]",
        "[\"\\u0012\"]",
        "[\"\\uFFFF\"]",
        "[\"asd \"]",
        "[\"\\uDBFF\\uDFFF\"]",
        "[\"new\\u00A0line\"]",
        "[\"\u007f\"]",
        "[\"\u2028\u2029\ufeff\uffff\"]",
        "[\"\uD83D\uDE00\"]",
        "false",
        "42",
        "-0.1",
        "null",
        "\"asd\"",
        "true",
        "\"\"",
        "[\"a\"]\n",
        "\t\r\n [] \t\r\n",
      })
  void readsWhatIsJson(String text) {
    assertThat(JsonValue.parse(text)).isEqualTo(JsonValue.parse(text.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[1 true]",
        "[\"\": 1]",
        "[\"\"],",
        "[,1]",
        "[1,,2]",
        "[\"x\",,]",
        "[\"x\"]]",
        "[\"\",]",
        "[\"x\"",
        "[x",
        "[3[4]]",
        "[1:2]",
        "[,]",
        "[-]",
        "[   , \"\"]",
        "[\"a\",\n4\n,1,",
        "[1,]",
        "[\"\u000ba\"\\f]",
        "[*]",
        "[\"\"",
        "[1,",
        "[{}",
        "[fals]",
        "[nul]",
        "[tru]",
        "[True]",
        "truex",
        "[-01]",
        "[-1.0.]",
        "[-2.]",
        "[-NaN]",
        "[.-1]",
        "[.2e-3]",
        "[0.1.2]",
        "[0.3e+]",
        "[0.3e]",
        "[0.e1]",
        "[0E+]",
        "[0e]",
        "[1 000.0]",
        "[1.0e-]",
        "[1eE2]",
        "[2.e+3]",
        "[2.]",
        "[9.e+]",
        "[+1]",
        "[++1234]",
        "[0x1]",
        "[1+2]",
        "[1a]",
        "[Infinity]",
        "[NaN]",
        "[-Infinity]",
        "[012]",
        "[\uFF11]",
        "[\u0661]",
        "[- 1]",
        "{\"x\", null}",
        "{\"x\"::\"b\"}",
        "{[: \"x\"}",
        "{\"a\":\"a\" 123}",
        "{key: 'value'}",
        "{\"a\" b}",
        "{:\"b\"}",
        "{\"a\" \"b\"}",
        "{\"a\":",
        "{\"a\"",
        "{1:1}",
        "{\"id\":0,,}",
        "{null:null}",
        "{\"id\":0,}",
        "{'a':0}",
        "{\"a\":\"b\"}/**/",
        "{\"a\":\"b\"}#",
        "{\"a\":\"b\",,\"c\":\"d\"}",
        "{a: \"b\"}",
        "{\"a\":\"a",
        "{ \"foo\" : \"bar\", \"a\" }",
        "{\"a\":\"b\"}#{}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":1}",
        "[\"\\uD800\\u\"]",
        "[\"\\uD800\\u1\"]",
        "[\"\\uD800\"]",
        "[\"\\uD800\\n\"]",
        "[\"\\uD800x\"]",
        "[\"\\uDC00\"]",
        "[\"\\uDC00\\uD800\"]",
        "[\"\\uD800\\uD800\"]",
        "[\"\\uD800\\\\DC00\"]",
        "{\"\\uD800\":0}",
        "[é]",
        "[\"\\\u0000\"]",
        "[\"\\x00\"]",
        "[\"\\\\\\\"]",
        "[\"\\\t\"]",
        "[\"\\uD83C\\uDF00",
        "[\"\\\"]",
        "[\"\\u00A\"]",
        "[\"\\uqqqq\"]",
        "[\"\\u\uFF11\uFF11\uFF11\uFF11\"]",
        "[\"\\u 123\"]",
        "[\"\\a\"]",
        "[\\u000A\"\"]",
        "[\"",
        "['single quote']",
        "abc",
        "[\"\\",
        "[\"a\u0000a\"]",
        "[\"new\nline\"]",
        "[\"\t\"]",
        "\"\\UA66D\"",
        "<.>",
        "[<null>]",
        "[1]x",
        "[1] [2]",
        "aå",
        "[\u2060]",
        "\uFEFF{}",
        "{\uFEFF}",
        "[\u00a0]",
        "[\f]",
        "\u0000",
        "[]\u0000",
        "/* comment */ {}",
      })
  void refusesWhatIsNot(String text) {
    assertThat(refusal(text.getBytes(UTF_8))).hasMessageStartingWith("line ");
    assertThatThrownBy(() -> JsonValue.parse(text)).isInstanceOf(JsonException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"\u00ff\"]", // no UTF-8 at all
        "[\"\u00c0\u00af\"]", // overlong
        "[\"\u00e0\u0080\u00af\"]",
        "[\"\u00ed\u00a0\u0080\"]", // a surrogate
        "[\"\u00f4\u00bf\u00bf\u00bf\"]", // beyond Unicode
        "[\"\u00e2\u0082\"]", // cut short
        "[\"\u0081\"]",
        "\u00e9",
      })
  void refusesBytesThatAreNotUtf8(String bytes) {
    assertThat(refusal(bytes.getBytes(ISO_8859_1)))
        .hasMessageContaining("expected UTF-8, found other bytes")
        .hasMessageStartingWith("line 1, column ");
  }

  @Test
  void refusesOtherEncodings() {
    assertThat(refusal("[]".getBytes(UTF_16))).isNotNull();
    assertThat(refusal(new byte[] {'[', 0, ']', 0})).isNotNull();
  }

  @Test
  void refusesAJavaTextThatIsNoUnicode() {
    assertThatThrownBy(() -> JsonValue.parse("[\"a\uD800\"]"))
        .hasMessage("line 1, column 4: expected Unicode, found half of a surrogate pair");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\\n  'a': 1,\\n  'b' 2\\n}|3|7|expected ':'",
        "[1,\\n]|2|1|expected a value",
        "{'a':1,'b':2,'a':3}|1|14|expected each member name once in an object",
        "['é\uD83D\uDE00',x]|1|7|expected a value",
        "['\\x41']|1|4|expected one of ' \\ / b f n r t u after a backslash",
        "['a\\u0000b|1|11|expected a quote at the end of the text, found the end",
        "[1|1|3|expected ',' or ']', found the end",
        "{'a':1|1|7|expected ',' or '}', found the end",
        "{1|1|2|expected a member name or '}'",
        "{'a':1,}|1|8|expected a member name",
        "[-x]|1|3|expected a digit",
        "[1]]|1|4|expected nothing after the value",
        "['\\ud800']|1|3|expected the escapes of surrogates in pairs",
        "['\\ud8zz']|1|7|expected a hexadecimal digit",
      })
  void saysWhereAndWhatItExpected(String example, int line, int column, String problem) {
    String text = example.replace('\'', '"').replace("\\n", "\n");
    String expected = problem.startsWith("expected one of") ? problem.replace('\'', '"') : problem;
    JsonException refusal = refusal(text.getBytes(UTF_8));
    assertThat(refusal).hasMessage("line " + line + ", column " + column + ": " + expected);
    assertThat(refusal.line()).isEqualTo(line);
    assertThat(refusal.column()).isEqualTo(column);
  }

  @Test
  void refusesNestingThatIsTooDeep() {
    String deep = "[".repeat(64) + "]".repeat(64);
    assertThat(JsonValue.parse(deep)).isNotNull();
    assertThatThrownBy(() -> JsonValue.parse("[" + deep + "]"))
        .hasMessage("line 1, column 65: expected at most 64 arrays and objects in each other");
    assertThatThrownBy(() -> JsonValue.parse("[".repeat(1_000_000)))
        .hasMessageContaining("expected at most 64");
    assertThatThrownBy(() -> JsonValue.parse("{\"a\":".repeat(200_000)))
        .hasMessageContaining("expected at most 64");
    assertThat(JsonValue.parse("[" + "[],".repeat(100) + "[]]").asArray().size()).isEqualTo(101);
  }

  @Test
  void readsAndWritesTheDeepestNestingOnASmallStack() throws InterruptedException {
    String deep = "{\"a\":[".repeat(64) + "]}".repeat(64);
    AtomicReference<String> result = new AtomicReference<>("");
    JsonLimits limits = new JsonLimits(100_000, JsonValue.MAX_DEPTH);
    Runnable work =
        () -> {
          JsonValue value = JsonValue.parse(deep.getBytes(UTF_8), limits);
          JsonValue again = JsonValue.parse(value.indented().getBytes(UTF_8), limits);
          result.set(value.equals(again) ? new String(again.canonical(), UTF_8) : "not equal");
        };
    Thread thread = new Thread(null, work, "small", 256 * 1024);
    thread.start();
    thread.join();
    assertThat(result.get()).isEqualTo(deep);
  }

  @Test
  void refusesWhatIsTooLong() {
    JsonLimits limits = new JsonLimits(10, 1);
    assertThat(JsonValue.parse("\"12345678\"".getBytes(UTF_8), limits)).isNotNull();
    assertThatThrownBy(() -> JsonValue.parse("\"123456789\"".getBytes(UTF_8), limits))
        .hasMessage("expected at most 10 bytes of JSON, found 11");
    assertThatThrownBy(() -> JsonValue.parse(new byte[1024 * 1024 + 1]))
        .hasMessage("expected at most 1048576 bytes of JSON, found 1048577");
    assertThatThrownBy(() -> JsonValue.parse(" ".repeat(1024 * 1024 + 1)))
        .hasMessageContaining("at most 1048576");
    assertThat(JsonValue.parse("1".repeat(1000)).kind()).isEqualTo("a number");
    assertThatThrownBy(() -> JsonValue.parse("1".repeat(1001)))
        .hasMessage("line 1, column 1: expected a number of at most 1000 characters");
  }

  @Test
  void takesWhatIsAsLongAsItMayBe() {
    int max = JsonLimits.DEFAULT.maxBytes();
    String zeros = "[0" + ",0".repeat((max - 3) / 2) + "]";
    assertThat(JsonValue.parse(zeros).asArray().size()).isEqualTo((max - 3) / 2 + 1);
    String escapes = "\"" + "\\u0041".repeat((max - 2) / 6) + "\"";
    assertThat(JsonValue.parse(escapes).asText()).hasSize((max - 2) / 6);
    StringBuilder members = new StringBuilder("{\"a\":0");
    for (int i = 0; members.length() < max - 20; i++) {
      members.append(",\"").append(i).append("\":{}");
    }
    assertThat(JsonValue.parse(members.append('}').toString()).asObject().size())
        .isGreaterThan(80_000);
    assertThatThrownBy(() -> JsonValue.parse("\"".repeat(max))).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> JsonValue.parse("\n".repeat(max)))
        .hasMessageStartingWith("line 1048577, column 1: ");
  }

  @Test
  void refusesLimitsThatAreNone() {
    assertThatThrownBy(() -> new JsonLimits(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new JsonLimits(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new JsonLimits(1, JsonValue.MAX_DEPTH + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
