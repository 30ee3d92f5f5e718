package io.github.serfhandler.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonBool;
import io.github.serfhandler.json.JsonNull;
import io.github.serfhandler.json.JsonNumber;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Any object, any damage. */
class ValueFormatPropertyTest {
  /** Letters that no reason of ours holds in a row. */
  private static final String SECRET = "qXzJ";

  private static final String SPECIAL =
      "{}[]\",:\\/ \n\t\r-+.0123456789'#*&!%@`|>?~<=\0\u0007\u0085\u00e9\u2028\ufeff\ud800";

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void readsTheJsonThatWeWriteEquallyAsYaml(@ForAll("objects") JsonObject object) {
    for (String text : new String[] {object.compact(), object.indented()}) {
      byte[] bytes = text.getBytes(UTF_8);
      assertThat(ValueFormat.JSON.parse(bytes)).isEqualTo(object);
      assertThat(ValueFormat.YAML.parse(bytes)).isEqualTo(object);
    }
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void neverTellsAnythingOfADamagedValue(
      @ForAll("objects") JsonObject object, @ForAll Random random) {
    JsonObject secret =
        object.with(SECRET, JsonValue.of(SECRET)).with(SECRET + "2", JsonArray.ofTexts(secrets()));
    StringBuilder text =
        new StringBuilder(random.nextBoolean() ? secret.compact() : secret.indented());
    for (int i = random.nextInt(4); i >= 0; i--) {
      char c = SPECIAL.charAt(random.nextInt(SPECIAL.length()));
      int at = random.nextInt(text.length() + 1);
      if (random.nextBoolean()) {
        text.insert(at, c);
      } else {
        text.replace(at, Math.min(at + 1, text.length()), String.valueOf(c));
      }
    }
    survives(text.toString().getBytes(UTF_8));
  }

  @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
  void neverTellsAnythingOfASoup(@ForAll("soup") String text) {
    survives(text.getBytes(UTF_8));
  }

  @Property(tries = 2_000)
  void givesAnObjectOrAReasonForAnyBytes(@ForAll @Size(max = 60) byte[] bytes) {
    survives(bytes);
  }

  private static void survives(byte[] bytes) {
    for (ValueFormat format : ValueFormat.values()) {
      try {
        JsonObject read = format.parse(bytes);
        assertThat(JsonValue.parse(read.canonical())).isEqualTo(read);
      } catch (RejectedException e) {
        assertThat(e.reason())
            .doesNotContain("qX", "Xz", "zJ")
            .matches("[ -~]*")
            .hasSizeLessThan(160);
      }
    }
  }

  private static java.util.List<String> secrets() {
    return java.util.List.of(SECRET, SECRET + ": " + SECRET);
  }

  @Provide
  Arbitrary<String> soup() {
    return Arbitraries.of(
            SECRET, "\n", "  ", ": ", "- ", "? ", "[", "]", "{", "}", ", ", "\"", "'", "&", "*",
            "!", "!!", "|", ">", "%", "#", "---\n", "...\n", "\\", "\\u", "<<", "~", "1", "\t", "@",
            "=")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<JsonObject> objects() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(12).filter(ValueFormatPropertyTest::isUnicode),
            Arbitraries.strings()
                .withChars(SPECIAL.substring(0, SPECIAL.length() - 1))
                .ofMaxLength(6),
            Arbitraries.of(
                "null", "true", "1", "1.5", "~", "<<", "", "\ud83d\ude00", "a".repeat(900)));
    Arbitrary<JsonValue> numbers =
        Arbitraries.oneOf(
            Arbitraries.longs().map(JsonNumber::of),
            Arbitraries.bigDecimals().map(number -> JsonNumber.of(number.toString())),
            Arbitraries.of("-0", "1.0", "1E400", "1e-7", "0.10").map(JsonNumber::of));
    Arbitrary<JsonValue> scalars =
        Arbitraries.oneOf(
            names.map(JsonValue::of),
            numbers,
            Arbitraries.of(JsonBool.TRUE, JsonBool.FALSE, JsonNull.NULL));
    Arbitrary<JsonValue> values =
        Arbitraries.recursive(
            () -> scalars,
            inner ->
                Arbitraries.oneOf(
                    scalars,
                    inner.list().ofMaxSize(3).map(JsonArray::of),
                    Arbitraries.maps(names, inner).ofMaxSize(3).map(JsonObject::of)),
            0,
            3);
    return Arbitraries.maps(names, values).ofMaxSize(4).map(JsonObject::of);
  }

  private static boolean isUnicode(String text) {
    return UTF_8.newEncoder().canEncode(text);
  }
}
