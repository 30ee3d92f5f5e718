package io.github.serfhandler.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigMessageTest {
  private static ConfigUpdate update(String text) {
    return ConfigMessage.parse(text.getBytes(UTF_8)).update();
  }

  private static String withVersion(String v) {
    return "{\"p\":\"product1\",\"k\":\"security\",\"v\":" + v + ",\"c\":{}}";
  }

  @Test
  void readsAMessage() {
    ConfigUpdate update =
        update("{\"p\":\"product1\",\"k\":\"security\",\"v\":12,\"c\":{\"user\":\"myUser\"}}\n");
    assertThat(update)
        .isEqualTo(
            new ConfigUpdate(
                "product1", "security", 12, JsonObject.builder().put("user", "myUser").build()))
        .hasToString("product1/security version 12");
  }

  @Test
  void ignoresMembersThatItDoesNotKnow() {
    String more =
        "{\"sig\":[1],\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":{\"a\":{\"b\":[]}},\"x\":null}";
    assertThat(update(more))
        .isEqualTo(update("{\"c\":{\"a\":{\"b\":[]}},\"v\":1,\"k\":\"k\",\"p\":\"p\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "\"0\", 0",
    "12, 12",
    "\"12\", 12",
    "\"0000000000000000000000000000012\", 12",
    "9007199254740991, 9007199254740991",
    "\"9007199254740991\", 9007199254740991",
  })
  void takesAnIntegerOrDigitsAsVersion(String v, long version) {
    assertThat(update(withVersion(v)).version()).isEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "-0",
        "1.0",
        "1e2",
        "0.5",
        "9007199254740992",
        "\"9007199254740992\"",
        "99999999999999999999999999",
        "18446744073709551628",
        "\"18446744073709551628\"",
        "\"\"",
        "\" 1\"",
        "\"+1\"",
        "\"-1\"",
        "\"1.0\"",
        "\"\uFF11\"",
        "\"\u0661\"",
        "\"0x1\"",
        "null",
        "true",
        "[1]",
        "{}",
      })
  void refusesAnyOtherVersion(String v) {
    assertThatThrownBy(() -> update(withVersion(v)))
        .isInstanceOf(RejectedException.class)
        .hasMessage("v is not a version: an integer or a string of digits, 0 to 9007199254740991");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|not JSON: line 1, column 1: expected a value, found the end",
        "hello|not JSON: line 1, column 1: expected a value",
        "[]|not a JSON object with p, k, v and c",
        "{}|p is missing",
        "{\"p\":1}|p is not a string",
        "{\"p\":\"\"}|product \"\": not a legal name",
        "{\"p\":\"p\",\"v\":1,\"c\":{}}|k is missing",
        "{\"p\":\"p\",\"k\":{},\"v\":1,\"c\":{}}|k is not a string",
        "{\"p\":\"p\",\"k\":\"k\",\"c\":{}}|v is missing",
        "{\"p\":\"p\",\"k\":\"k\",\"v\":1}|c is missing",
        "{\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":null}|c is not an object",
        "{\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":[]}|c is not an object",
        "{\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":\"{}\"}|c is not an object",
        "{\"p\":\"p\",\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":{}}|not JSON: line 1, column 10: expected each member",
        "{\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":{\"a\":1,\"a\":2}}|not JSON: line 1, column 35: expected each member",
        "{\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":{\"_version\":1}}|c holds _version",
        "{\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":{\"a\":\"\\ud800\"}}|not JSON: line 1, column 34: expected the escapes",
      })
  void saysWhatIsWrong(String text, String reason) {
    assertThatThrownBy(() -> update(text))
        .isInstanceOf(RejectedException.class)
        .hasMessageStartingWith(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../x",
        "/etc/passwd",
        "a/b",
        "a\\\\b",
        "a\\u0000",
        "a..b",
        ".serf-handler",
        ".hidden",
        "-rf",
        "a b",
        "é",
        "a\\n",
        "C:",
        "0123456789012345678901234567890123456789012345678901234567890123",
      })
  void refusesHostileNames(String name) {
    for (String form :
        new String[] {
          "{\"p\":\"%\",\"k\":\"k\",\"v\":1,\"c\":{}}", "{\"p\":\"p\",\"k\":\"%\",\"v\":1,\"c\":{}}"
        }) {
      assertThatThrownBy(() -> update(form.replace("%", name)))
          .isInstanceOf(RejectedException.class)
          .hasMessageContaining("not a legal name")
          .hasMessageMatching("[ -~é]{1,400}");
    }
  }

  @Test
  void takesLegalNamesThatLookOdd() {
    assertThat(update("{\"p\":\"0.a_B-\",\"k\":\"CON\",\"v\":1,\"c\":{}}").product())
        .isEqualTo("0.a_B-");
  }

  @Test
  void refusesWhatIsTooLongOrTooDeep() {
    String open = "{\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":{\"a\":";
    assertThat(update(open + "[".repeat(62) + "]".repeat(62) + "}}")).isNotNull();
    assertThatThrownBy(() -> update(open + "[".repeat(63) + "]".repeat(63) + "}}"))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("at most 64 arrays and objects");
    assertThatThrownBy(() -> update(open + "\"" + "x".repeat(1024 * 1024) + "\"}}"))
        .isInstanceOf(RejectedException.class)
        .hasMessageStartingWith("not JSON: expected at most 65536 bytes of JSON");
    assertThatThrownBy(() -> update("[".repeat(1024 * 1024))).isInstanceOf(RejectedException.class);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] bytes = "{\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":{\"a\":\"?\"}}".getBytes(UTF_8);
    bytes[36] = (byte) 0xff;
    assertThatThrownBy(() -> ConfigMessage.parse(bytes))
        .isInstanceOf(RejectedException.class)
        .hasMessage("not JSON: line 1, column 37: expected UTF-8, found other bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":{\"pass\":\"hunter2\"}",
        "{\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":{\"pass\":\"hunter2\",}}",
        "{\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":{\"pass\":hunter2}}",
        "{\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":\"hunter2\"}",
        "{\"p\":\"p\",\"k\":\"k\",\"v\":\"hunter2\",\"c\":{}}",
        "{\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":{\"_version\":\"hunter2\"}}",
        "{\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":{\"hunter2\":1,\"hunter2\":2}}",
        "hunter2",
      })
  void tellsNoSecrets(String text) {
    assertThatThrownBy(() -> update(text))
        .isInstanceOf(RejectedException.class)
        .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"));
  }

  @Test
  void showsNothingOfTheConfigurationAsText() {
    String text = "{\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":{\"pass\":\"hunter2\"}}";
    assertThat(ConfigMessage.parse(text.getBytes(UTF_8))).hasToString("a message for p");
    assertThat(update(text).toString()).doesNotContain("hunter2");
  }

  @Test
  void becomesTheDocumentedFile() {
    ConfigUpdate update =
        update(
            "{\"p\":\"p\",\"k\":\"k\",\"v\":\"012\",\"c\":{\"user\":\"myUser\",\"B\":[1.0,true]}}");
    byte[] bytes = update.fileBytes();
    assertThat(new String(bytes, UTF_8))
        .isEqualTo(
            """
            {
                "B": [
                    1.0,
                    true
                ],
                "_version": 12,
                "user": "myUser"
            }
            """);
    assertThat(ConfigUpdate.ofFile("p", "k", bytes)).isEqualTo(update);
    assertThat(new String(new ConfigUpdate("p", "k", 0, JsonObject.EMPTY).fileBytes(), UTF_8))
        .isEqualTo("{\n    \"_version\": 0\n}\n");
  }

  @Test
  void refusesToBecomeAHugeFile() {
    // 64 KiB that would be indented to some 8 MiB.
    String deep = "[".repeat(60) + "0" + ",0".repeat(32_000) + "]".repeat(60);
    ConfigUpdate update = update("{\"p\":\"p\",\"k\":\"k\",\"v\":1,\"c\":{\"a\":" + deep + "}}");
    assertThatThrownBy(update::fileBytes)
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("more than 1048576 bytes");
    int longest =
        ConfigUpdate.MAX_FILE_BYTES - "{\n    \"_version\": 1,\n    \"a\": \"\"\n}\n".length();
    JsonObject fits = JsonObject.builder().put("a", "x".repeat(longest)).build();
    assertThat(new ConfigUpdate("p", "k", 1, fits).fileBytes())
        .hasSize(ConfigUpdate.MAX_FILE_BYTES);
    JsonObject tooLong = JsonObject.builder().put("a", "x".repeat(longest + 1)).build();
    assertThatThrownBy(() -> new ConfigUpdate("p", "k", 1, tooLong).fileBytes())
        .isInstanceOf(RejectedException.class);
  }

  @Test
  void refusesToBeBuiltWrong() {
    assertThatThrownBy(() -> new ConfigUpdate("..", "k", 1, JsonObject.EMPTY))
        .isInstanceOf(RejectedException.class);
    assertThatThrownBy(() -> new ConfigUpdate("p", "k", -1, JsonObject.EMPTY))
        .isInstanceOf(RejectedException.class);
    assertThatThrownBy(
            () -> new ConfigUpdate("p", "k", ConfigUpdate.MAX_VERSION + 1, JsonObject.EMPTY))
        .isInstanceOf(RejectedException.class);
    JsonObject versioned = JsonObject.EMPTY.with("_version", JsonValue.of(1));
    assertThatThrownBy(() -> new ConfigUpdate("p", "k", 1, versioned))
        .isInstanceOf(RejectedException.class);
  }
}
