package io.github.serfhandler.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.json.JsonNumber;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueFormatTest {
  private static JsonObject yaml(String text) {
    return ValueFormat.YAML.parse(text.getBytes(UTF_8));
  }

  private static JsonObject json(String text) {
    return ValueFormat.JSON.parse(text.getBytes(UTF_8));
  }

  private static String reason(ValueFormat format, byte[] bytes) {
    Throwable thrown = catchThrowable(() -> format.parse(bytes));
    assertThat(thrown).isInstanceOf(RejectedException.class).hasNoCause();
    return ((RejectedException) thrown).reason();
  }

  private static String reason(String yaml) {
    return reason(ValueFormat.YAML, yaml.getBytes(UTF_8));
  }

  @Test
  void readsWhatPeopleWriteInYaml() {
    String text =
        """
        # The database of the shop.
        ---
        host: db1.example.com
        port: 3306
        ratio: 0.10
        replicas:
          - db2
          - name: db3
            lag: 1e-3
        tls: {on: true, ca: "a\\u00e9\\n"}
        text: |
          two
          lines
        none: null
        nothing:
        """;
    String same =
        """
        {"host": "db1.example.com", "port": 3306, "ratio": 0.10,
         "replicas": ["db2", {"name": "db3", "lag": 1e-3}],
         "tls": {"on": true, "ca": "a\\u00e9\\n"}, "text": "two\\nlines\\n",
         "none": null, "nothing": null}
        """;
    assertThat(yaml(text)).isEqualTo(json(same));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.3",
        "007",
        "0x1F",
        "0o17",
        "+1",
        "1.",
        ".5",
        "1_000",
        "12:30",
        "2026-11-25",
        "NO",
        "yes",
        "True",
        "~",
        "Null",
        "-",
        "1e",
        ".NaN"
      })
  void readsEveryOtherPlainWordAsText(String word) {
    // A dash alone would begin a list.
    String text = word.equals("-") ? "a: \"-\"" : "a: " + word;
    assertThat(yaml(text)).isEqualTo(JsonObject.builder().put("a", word).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-0", "1.0", "12345678901234567890123", "0.10000000000000000555", "1E400"})
  void keepsEveryDigitOfANumber(String number) {
    assertThat(yaml("a: " + number).members()).containsValue(JsonNumber.of(number));
  }

  @Test
  void writesAliasesOut() {
    assertThat(yaml("a: &x {b: [1, &y two]}\nc: *x\nd: *y"))
        .isEqualTo(json("{\"a\":{\"b\":[1,\"two\"]},\"c\":{\"b\":[1,\"two\"]},\"d\":\"two\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 'secret|not YAML: line 1, column 11",
        "a: [secret|not YAML: line 1, column 11",
        "secret: x\\n\\tsecret: y|not YAML: line 2, column 1",
        "x: 1\\na: \"\\\\q secret\"|not YAML: line 2, column 6",
        "a: 1\\nb: secret\\u0007|not YAML: line 2, column 10: a control character",
        "a: 1\\nsecret: 1\\nsecret: 2|YAML of line 3, column 1: a key that stands there twice",
        "{secret: {secret: 1, \"secret\": 2}}|YAML of line 1, column 22: a key that stands",
        "a: !secret x|YAML of line 1, column 4: a tag",
        "a: !!binary c2VjcmV0|YAML of line 1, column 4: a tag",
        "a: !!timestamp 2026-11-25|YAML of line 1, column 4: a tag",
        "--- !!map\\na: secret|YAML of line 1, column 5: a tag",
        "a: .nan|YAML of line 1, column 4: a number that JSON does not know",
        "a: -.inf|YAML of line 1, column 4: a number that JSON does not know",
        "1: secret|YAML of line 1, column 1: a key that is no text",
        "true: secret|YAML of line 1, column 1: a key that is no text",
        "? [secret]\\n: 1|YAML of line 1, column 3: a key that is no text",
        "a: &s secret\\n*s : 1|YAML of line 2, column 1: a key that is no text",
        "a: &s {x: secret}\\nb:\\n  <<: *s|YAML of line 3, column 3: a merge key",
        "a: *secret|YAML of line 1, column 4: an alias without an anchor",
        "a: &s [secret, *s]|YAML of line 1, column 16: an alias without an anchor",
        "a: \"secret \\\\ud800\"|YAML of line 1, column 4: half of a surrogate pair",
        "--- {a: secret}\\n--- {b: 2}|YAML of line 2, column 1: a second document",
        "[secret]|not a YAML mapping",
        "secret|not a YAML mapping",
        "# secret|not a YAML mapping",
        "%YAML 9.9\\n---\\na: secret|not YAML",
      })
  void saysWhereAndWhyButNothingOfTheContent(String written, String expected) {
    String text =
        written
            .replace("\\n", "\n")
            .replace("\\t", "\t")
            .replace("\\u0007", "\u0007")
            .replace("\\\\", "\\");
    assertThat(reason(text))
        .startsWith(expected)
        .doesNotContain("secret", "c2VjcmV0", "\n")
        .hasSizeLessThan(140);
  }

  @ParameterizedTest
  @EnumSource(names = {"YAML", "JSON"})
  void refusesAnEmptyValue(ValueFormat format) {
    assertThat(reason(format, new byte[0])).startsWith("not ");
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatIsNotUtf8(ValueFormat format) {
    for (byte[] bytes :
        new byte[][] {
          {'a', ':', ' ', (byte) 0xe9},
          {(byte) 0xc0, (byte) 0x80},
          {(byte) 0xff, (byte) 0xfe, 'a', 0}
        }) {
      assertThat(reason(format, bytes)).contains("UTF-8");
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatIsTooLong(ValueFormat format) {
    byte[] bytes = new byte[ConfigUpdate.MAX_FILE_BYTES + 1];
    Arrays.fill(bytes, (byte) ' ');
    assertThat(reason(format, bytes)).contains("at most " + ConfigUpdate.MAX_FILE_BYTES);
  }

  @Test
  void refusesAliasesThatGrowWithoutEnd() {
    StringBuilder text = new StringBuilder("a0: &a0 [lol, lol, lol]\n");
    for (int i = 1; i < 40; i++) {
      String one = "*a" + (i - 1);
      text.append("a" + i + ": &a" + i + " [" + one + ", " + one + ", " + one + "]\n");
    }
    assertThat(reason(text.toString())).contains("with its aliases written out");
  }

  @Test
  void refusesDepthThatIsPutTogetherFromAliases() {
    StringBuilder text = new StringBuilder("a0: &a0 x\n");
    for (int i = 1; i < 200; i++) {
      text.append("a" + i + ": &a" + i + " [*a" + (i - 1) + "]\n");
    }
    assertThat(reason(text.toString())).contains("nested deeper than " + JsonValue.MAX_DEPTH);
  }

  @ParameterizedTest
  @Timeout(60)
  @ValueSource(
      strings = {
        "[", "{a: ", "- ", "? ", "[{a: [", "a: &a ", "\"", "'", "!", "%", "&", "*", "|\n",
        "- - a\n", "#\n", ",", "{", "a:\n", "a: b: ", "\t", "---\n", "...\n", "\u0085", "\r"
      })
  void endsSoonWhateverIsRepeated(String part) {
    String text = part.repeat(1_000_000 / part.length());
    for (String each : new String[] {text, "a: " + text}) {
      Throwable thrown = catchThrowable(() -> yaml(each));
      // A comment or blanks without end are YAML.
      assertThat(thrown == null || thrown instanceof RejectedException).isTrue();
    }
  }

  @Test
  void refusesANumberWithoutEnd() {
    assertThat(reason("a: " + "1".repeat(1001))).contains("a number of more than 1000 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text\n",
        "a\u0000b",
        "{\"a\": 1}",
        "$(reboot)\r\n\r\n",
        "\ufeffa\ud83d\ude00"
      })
  void wrapsAnyTextAsItIs(String text) {
    assertThat(ValueFormat.TEXT.parse(text.getBytes(UTF_8)))
        .isEqualTo(JsonObject.builder().put("value", text).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{a: 1}", "{\"a\": 1,}", "[1]", "1", "{\"a\": 1} x", "{\"a\":1,\"a\":1}"})
  void staysStrictWithJson(String text) {
    assertThat(reason(ValueFormat.JSON, text.getBytes(UTF_8))).startsWith("not ");
  }

  /** Without the library on its class path. */
  @Test
  void needsTheYamlLibraryForYamlAlone() throws Exception {
    URL[] urls =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("snakeyaml"))
            .map(ValueFormatTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Class<?> format = loader.loadClass(ValueFormat.class.getName());
      byte[] value = "{\"a\":1}".getBytes(UTF_8);
      for (Object constant : format.getEnumConstants()) {
        if (constant.toString().equals("YAML")) {
          assertThatThrownBy(
                  () -> format.getMethod("parse", byte[].class).invoke(constant, (Object) value))
              .isInstanceOf(InvocationTargetException.class)
              .hasCauseInstanceOf(NoClassDefFoundError.class);
        } else {
          assertThat(format.getMethod("parse", byte[].class).invoke(constant, (Object) value))
              .hasToString("an object of 1");
        }
      }
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
