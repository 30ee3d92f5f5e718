package io.github.serfhandler.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All types but the address, which has a test of its own. */
class ValueTypesTest {
  private static final DurationType DURATION =
      new DurationType(Duration.ofMillis(10), Duration.ofHours(24));

  @ParameterizedTest
  @CsvSource({"10ms,10", "250ms,250", "30s,30000", "10m,600000", "1h,3600000", "30 s,30000"})
  void readsDurations(String text, long millis) throws Exception {
    assertThat(DURATION.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "30 parsecs", "-1s", "1.5s", "1m30s", "٣s", " 30s"})
  void refusesWhatIsNoDurationAndShowsOne(String text) {
    assertThatThrownBy(() -> DURATION.parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessage("is not a duration; write for example 10ms, 30s, 10m or 1h");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9ms", "0s", "25h", "99999999999999999999h"})
  void refusesDurationsOutOfRangeAndNamesTheRange(String text) {
    assertThatThrownBy(() -> DURATION.parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessage("is out of range; allowed is 10ms to 24h");
  }

  @Property
  void formatsDurationsSoThatTheyCanBeReadBack(@ForAll @IntRange(min = 10, max = 86_400_000) int ms)
      throws Exception {
    Duration value = Duration.ofMillis(ms);
    assertThat(DURATION.parse(DURATION.format(value))).isEqualTo(value);
  }

  @Test
  void readsListsWithEitherSeparator() throws Exception {
    NamesType type = new NamesType();
    assertThat(type.parse("product1:product2,p-3"))
        .isEqualTo(List.of("product1", "product2", "p-3"));
    assertThat(type.parse(" a , b :a::")).isEqualTo(List.of("a", "b"));
    assertThat(type.parse("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../etc", "a..b", ".hidden", "-x", "a b", "a/b", "ä"})
  void refusesIllegalProductNames(String name) {
    assertThatThrownBy(() -> new NamesType().parse("good:" + name))
        .isInstanceOf(BadValueException.class)
        .hasMessageContaining("\"" + name + "\", which is no product name");
  }

  @Test
  void refusesTooLongProductNames() {
    assertThatThrownBy(() -> new NamesType().parse("x".repeat(64)))
        .isInstanceOf(BadValueException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4.0", "four", "-1", "+4", "0x4", "٤"})
  void refusesWhatIsNoWholeNumber(String text) {
    assertThatThrownBy(() -> new IntType(1, 256).parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessage("is not a whole number; allowed is 1 to 256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "257", "99999999999999999999"})
  void refusesNumbersOutOfRange(String text) {
    assertThatThrownBy(() -> new IntType(1, 256).parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessage("is out of range; allowed is 1 to 256");
  }

  @Test
  void readsNumbersAtTheBounds() throws Exception {
    assertThat(new IntType(1, 256).parse("1")).isEqualTo(1);
    assertThat(new IntType(1, 256).parse("256")).isEqualTo(256);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0.99,0.99", "0.5,0.5", ".25,0.25", "00.50,0.5"})
  void readsFractions(String text, double value) throws Exception {
    assertThat(new FractionType().parse(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "1", "1.1", "-0.1", "50%", "NaN", "0x1p-1", "1d", "0.5.5", "1e-1"})
  void refusesWhatIsNoFraction(String text) {
    assertThatThrownBy(() -> new FractionType().parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessageContaining("for example 0.5");
  }

  @ParameterizedTest
  @CsvSource({"on,true", "true,true", "off,false", "false,false"})
  void readsSwitches(String text, boolean value) throws Exception {
    assertThat(new SwitchType().parse(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "1", "ON"})
  void refusesOtherWordsForSwitches(String text) {
    assertThatThrownBy(() -> new SwitchType().parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessage("is neither on nor off");
  }

  @Test
  void suggestsTheNearestWord() {
    WordType<Integer> type = new WordType<>(List.of("error", "debug"), List.of(1, 2));
    assertThatThrownBy(() -> type.parse("debgu"))
        .isInstanceOf(BadValueException.class)
        .hasMessage("is not one of error, debug; did you mean debug?");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:2379,http://127.0.0.1:2379",
    "HTTP://etcd1:2379/,http://etcd1:2379",
    "https://etcd1.example:1,https://etcd1.example:1",
    "[::1]:2379,http://[::1]:2379"
  })
  void readsEndpoints(String text, String endpoint) throws Exception {
    assertThat(TextsType.endpoints().parse(text)).containsExactly(endpoint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etcd1",
        "http://etcd1",
        "ftp://etcd1:21",
        "http://me:hunter2@etcd1:2379",
        "etcd1:0",
        "etcd1:65536",
        "etcd1:2379/v3",
        "etcd1:2379?a",
        "http://:2379",
        "http://a b:2379",
        "a:1,b"
      })
  void refusesWhatIsNoEndpointAndShowsOne(String text) {
    assertThatThrownBy(() -> TextsType.endpoints().parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessageContaining("for example http://127.0.0.1:2379")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void readsListsOfTextsInTheirOrderAndEachOnce() throws Exception {
    assertThat(TextsType.prefixes().parse("/b, /a,\n/b,,")).containsExactly("/b", "/a");
    assertThat(TextsType.prefixes().parse("")).isEmpty();
    assertThat(TextsType.options().parse("a=1,2\nb=x=y\na="))
        .containsExactly("a=1,2", "b=x=y", "a=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "=x", "a=1\nb"})
  void refusesWhatIsNoOption(String text) {
    assertThatThrownBy(() -> TextsType.options().parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessage("is not NAME=VALUE");
  }

  @Test
  void refusesListsOfTextsWithControlCharactersAndLongOnes() {
    assertThatThrownBy(() -> TextsType.prefixes().parse("/a\0b"))
        .isInstanceOf(BadValueException.class)
        .hasMessage("holds a control character");
    assertThatThrownBy(() -> TextsType.prefixes().parse("x".repeat(513)))
        .isInstanceOf(BadValueException.class)
        .hasMessage("holds more than 512 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a,/b", "/config of/x"})
  void formatsPrefixesSoThatTheyCanBeReadBack(String text) throws Exception {
    assertThat(TextsType.prefixes().format(TextsType.prefixes().parse(text))).isEqualTo(text);
  }

  @Test
  void formatsOptionsAndEndpointsSoThatTheyCanBeReadBack() throws Exception {
    List<String> options = List.of("url=http://a/?x=1,2", "b=");
    assertThat(TextsType.options().parse(TextsType.options().format(options))).isEqualTo(options);
    List<String> endpoints = List.of("http://a:1", "https://[::1]:2");
    assertThat(TextsType.endpoints().parse(TextsType.endpoints().format(endpoints)))
        .isEqualTo(endpoints);
  }

  @Test
  void readsTextsAsTheyAre() throws Exception {
    TextType type = new TextType("NAME");
    for (String text : List.of("consul", " a b ", "é", "x".repeat(256))) {
      assertThat(type.format(type.parse(text))).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\0", "a\u0085"})
  void refusesWhatIsNoTextOfOneLine(String text) {
    assertThatThrownBy(() -> new TextType("NAME").parse(text))
        .isInstanceOf(BadValueException.class);
  }

  @Test
  void refusesTooLongTexts() {
    assertThatThrownBy(() -> new TextType("NAME").parse("x".repeat(257)))
        .isInstanceOf(BadValueException.class)
        .hasMessage("is not a text of 1 to 256 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/PRODUCT/KEY",
        "PRODUCT/KEY",
        "KEY@PRODUCT",
        "/config/PRODUCT/KEY.json",
        "/a/KEY/of/PRODUCT/b"
      })
  void formatsPatternsOfKeysSoThatTheyCanBeReadBack(String text) throws Exception {
    LayoutType type = new LayoutType();
    assertThat(type.format(type.parse(text))).isEqualTo(text);
    assertThat(type.parse(type.format(type.parse(text)))).isEqualTo(type.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/PRODUCT", "/KEY", "/PRODUCT/PRODUCT/KEY", "/KEY/PRODUCT/KEY"})
  void refusesPatternsWithoutEachOfTheirWordsOnce(String text) {
    assertThatThrownBy(() -> new LayoutType().parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessageStartingWith("needs the words PRODUCT and KEY, each once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/PRODUCTKEY", "PRODUCT-KEY", "PRODUCT.KEY", "KEYxPRODUCT"})
  void refusesPatternsWhoseNamesCouldRunIntoEachOther(String text) {
    assertThatThrownBy(() -> new LayoutType().parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessageStartingWith("needs something between PRODUCT and KEY");
  }

  @Test
  void hidesSecrets() {
    assertThat(new Secret("hunter2").toString()).doesNotContain("hunter2");
    assertThat(new SecretType("a key", 1).format(new Secret("hunter2"))).isEqualTo("(hidden)");
  }
}
