package io.github.serfhandler.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {
  private static final JsonObject EXAMPLE =
      JsonObject.builder()
          .put("user", "myUser")
          .put("pin", 1234)
          .put("enabled", true)
          .put("hosts", JsonArray.ofTexts(List.of("a", "b")))
          .put("none", JsonArray.EMPTY)
          .put("empty", JsonObject.EMPTY)
          .put("nothing", JsonNull.NULL)
          .build();

  @Test
  void givesItsPartsAsWhatTheyAre() {
    assertThat(EXAMPLE.required("user").asText()).isEqualTo("myUser");
    assertThat(EXAMPLE.required("pin").asLong()).isEqualTo(1234);
    assertThat(EXAMPLE.required("pin").asDouble()).isEqualTo(1234.0);
    assertThat(EXAMPLE.required("enabled").asBoolean()).isTrue();
    assertThat(EXAMPLE.required("nothing").isNull()).isTrue();
    assertThat(EXAMPLE.required("empty").asObject().size()).isZero();
    assertThat(EXAMPLE.required("hosts").asArray()).extracting(JsonValue::asText).contains("b");
    assertThat(EXAMPLE.member("other")).isEmpty();
    assertThat(EXAMPLE.members().firstKey()).isEqualTo("empty");
  }

  @Test
  void saysWhatItIsInsteadAndNotWhatItHolds() {
    JsonValue value = JsonValue.of("hunter2");
    assertThatThrownBy(value::asLong).hasMessage("expected a number, found a text");
    assertThatThrownBy(value::asDouble).hasMessage("expected a number, found a text");
    assertThatThrownBy(value::asArray).hasMessage("expected an array, found a text");
    assertThatThrownBy(value::asBoolean).hasMessage("expected true or false, found a text");
    assertThatThrownBy(() -> value.member("a")).hasMessage("expected an object, found a text");
    assertThatThrownBy(() -> JsonArray.EMPTY.asText())
        .hasMessage("expected a text, found an array");
    assertThatThrownBy(() -> EXAMPLE.asText()).hasMessage("expected a text, found an object");
    assertThatThrownBy(() -> JsonNull.NULL.asText()).hasMessage("expected a text, found null");
    assertThatThrownBy(() -> EXAMPLE.required("other")).hasMessage("the member other is missing");
  }

  @Test
  void showsNoContentAsText() {
    assertThat(
            List.of(
                JsonValue.of("hunter2"),
                JsonValue.of(1234),
                JsonArray.of(JsonValue.of("hunter2")),
                JsonObject.of(Map.of("a", JsonValue.of("hunter2"))),
                JsonValue.of(true),
                JsonNull.NULL))
        .extracting(String::valueOf)
        .containsExactly(
            "a text of 7 characters",
            "a number of 4 characters",
            "an array of 1",
            "an object of 1",
            "true or false",
            "null");
  }

  @Test
  void writesOneLineOrIndents() {
    assertThat(EXAMPLE.compact())
        .isEqualTo(
            "{\"empty\":{},\"enabled\":true,\"hosts\":[\"a\",\"b\"],\"none\":[],\"nothing\":null,"
                + "\"pin\":1234,\"user\":\"myUser\"}");
    assertThat(EXAMPLE.indented() + "\n")
        .isEqualTo(
            """
            {
                "empty": {},
                "enabled": true,
                "hosts": [
                    "a",
                    "b"
                ],
                "none": [],
                "nothing": null,
                "pin": 1234,
                "user": "myUser"
            }
            """);
  }

  @Test
  void changesACopy() {
    JsonObject more = EXAMPLE.with("zone", JsonValue.of("a"));
    assertThat(more.size()).isEqualTo(EXAMPLE.size() + 1);
    assertThat(more.without("zone")).isEqualTo(EXAMPLE);
    assertThat(EXAMPLE.member("zone")).isEmpty();
    assertThatThrownBy(() -> EXAMPLE.members().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    List<JsonValue> elements = new ArrayList<>(List.of(JsonNull.NULL));
    JsonArray array = JsonArray.of(elements);
    elements.clear();
    assertThat(array.size()).isEqualTo(1);
  }

  @Test
  void isNeverWhatCouldNotBeWritten() {
    assertThatThrownBy(() -> JsonValue.of("a\uDC00")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EXAMPLE.with("\uD800", JsonNull.NULL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JsonObject.builder().put("\uD800x", 1).build())
        .isInstanceOf(IllegalArgumentException.class);
    JsonValue deep = JsonNull.NULL;
    for (int i = 0; i < JsonValue.MAX_DEPTH; i++) {
      deep = i % 2 == 0 ? JsonArray.of(deep) : JsonObject.EMPTY.with("a", deep);
    }
    JsonValue deepest = deep;
    assertThat(deepest.indented()).isNotEmpty();
    assertThatThrownBy(() -> JsonArray.of(deepest))
        .hasMessage("nested deeper than 128 arrays and objects");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "1.0", "1e2", "100e-2", "0e2147483647", "-0", "9223372036854775807"})
  void readsIntegersHoweverTheyAreWritten(String text) {
    assertThat(JsonValue.parse(text).asLong())
        .isEqualTo(new BigDecimal(text.replace("e2147483647", "")).longValueExact());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.5",
        "9223372036854775808",
        "-9223372036854775809",
        "1e19",
        "1e999999999",
        "1e-999999999",
        "1e2147483647",
        "1e-2147483647",
        "1e2147483648",
        "1e-99999999999999999999",
      })
  void refusesToMakeAnIntegerOfWhatIsNone(String text) {
    assertThatThrownBy(() -> JsonValue.parse(text).asLong()).isInstanceOf(JsonException.class);
  }

  @Test
  void keepsNumbersAsTheyWereWritten() {
    assertThat(JsonValue.parse("1.0")).isNotEqualTo(JsonValue.parse("1"));
    assertThat(JsonValue.parse("[1.10,1E5,-0,123456789012345678901]").compact())
        .isEqualTo("[1.10,1E5,-0,123456789012345678901]");
    assertThat(JsonNumber.of("1.10").asBigDecimal()).isEqualTo(new BigDecimal("1.10"));
    assertThat(JsonNumber.of("1.10").isInteger()).isFalse();
    assertThat(JsonNumber.of(-7).isInteger()).isTrue();
    assertThatThrownBy(() -> JsonNumber.of("1e9999999999").asBigDecimal())
        .hasMessage("expected a number with a smaller exponent");
    assertThatThrownBy(() -> JsonNumber.of("1e400").asDouble()).isInstanceOf(JsonException.class);
    assertThat(JsonNumber.of("1e-400").asDouble()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "01", "1.", ".1", "1e", "+1", "1 ", " 1", "NaN", "0x1", "1\n"})
  void refusesToMakeANumberOfWhatIsNone(String text) {
    assertThatThrownBy(() -> JsonNumber.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // The examples of RFC 8785, 3.2.2.2 and 3.2.3.
        "\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"|\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"",
        "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}"
            + "|{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"\uD83D\uDE00\":5,\"\uFB33\":3}",
        "[ 56, {\"d\":true, \"10\":null, \"1\":[ ]} ]|[56,{\"1\":[],\"10\":null,\"d\":true}]",
        "\"\\b\\f\\u007f\\u2028\"|\"\\b\\f\u007f\u2028\"",
        // Where it differs: numbers stay.
        "[1.0, 1E2, 333333333.33333329]|[1.0,1E2,333333333.33333329]",
      })
  void hasOneCanonicalForm(String text, String canonical) {
    assertThat(new String(JsonValue.parse(text).canonical(), UTF_8)).isEqualTo(canonical);
  }

  @Test
  void hashesTheCanonicalForm() {
    // printf '{"a":true,"b":["a","b"]}' | sha256sum
    assertThat(JsonValue.parse("{\"b\" : [\"a\",\"b\"], \"a\":true}").sha256())
        .isEqualTo("b4803e25823a2efb5df2384686515723fa27c407c2a63993343ac7382825066b");
  }
}
