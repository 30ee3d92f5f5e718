package io.github.serfhandler.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.catalog.Names;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.source.KeyLayout.Place;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyLayoutTest {
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  @ParameterizedTest
  @CsvSource({
    "/PRODUCT/KEY, /shop/db, /",
    "/config/PRODUCT/KEY.json, /config/shop/db.json, /config/",
    "PRODUCT:KEY, shop:db, ''",
    "KEY@PRODUCT, db@shop, ''",
    "/KEY of PRODUCT!, /db of shop!, /"
  })
  void makesAndReadsKeys(String pattern, String storeKey, String head) {
    KeyLayout layout = KeyLayout.parse(pattern);
    assertThat(layout.storeKey("shop", "db")).isEqualTo(storeKey);
    assertThat(layout.place(storeKey)).isEqualTo(new Place("shop", "db"));
    assertThat(layout.head()).isEqualTo(head);
    assertThat(layout).hasToString(pattern).isEqualTo(KeyLayout.parse(pattern));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/PRODUCT",
        "/KEY",
        "PRODUCTKEY",
        "PRODUCT.KEY",
        "PRODUCT-KEY",
        "KEY_PRODUCT",
        "PRODUCT/PRODUCT/KEY",
        "PRODUCT/KEY/KEY",
        "/product/key",
        "PRODUCTabcKEY"
      })
  void refusesAPatternThatSaysNotWhereTheNamesAre(String pattern) {
    assertThatThrownBy(() -> KeyLayout.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("needs ")
        .message()
        .hasLineCount(1);
  }

  @Test
  void refusesAPatternWithoutEnd() {
    assertThatThrownBy(() -> KeyLayout.parse("/".repeat(600) + "PRODUCT/KEY"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//",
        "/shop",
        "/shop/",
        "//db",
        "/shop/db/more",
        "shop/db",
        "/../etc",
        "/shop/..",
        "/shop/.db",
        "/shop/d..b",
        "/shop/d b",
        "/shop/db\n",
        "/shop/db\u0000",
        "/sh\u00f6p/db",
        "/-a/b"
      })
  void refusesKeysOfAnotherPattern(String storeKey) {
    assertThatThrownBy(() -> KeyLayout.DEFAULT.place(storeKey))
        .isInstanceOf(RejectedException.class)
        .message()
        .hasLineCount(1)
        .contains("/PRODUCT/KEY");
  }

  @Test
  void doesNotTakeTheTailForAPartOfTheHead() {
    KeyLayout layout = KeyLayout.parse("/a/PRODUCT/KEY/a/");
    assertThatThrownBy(() -> layout.place("/a/")).isInstanceOf(RejectedException.class);
  }

  @Property
  void findsBackWhatItMade(
      @ForAll("layouts") KeyLayout layout,
      @ForAll("names") String product,
      @ForAll("names") String key) {
    assertThat(layout.place(layout.storeKey(product, key))).isEqualTo(new Place(product, key));
  }

  @Property(tries = 3_000)
  void givesLegalNamesOrNone(
      @ForAll("layouts") KeyLayout layout, @ForAll("hostile") String middle) {
    for (String storeKey :
        new String[] {
          middle, layout.head() + middle, layout.storeKey("a", middle), layout.storeKey(middle, "a")
        }) {
      try {
        Place place = layout.place(storeKey);
        assertThat(Names.isLegal(place.product())).isTrue();
        assertThat(Names.isLegal(place.key())).isTrue();
        assertThat(layout.storeKey(place.product(), place.key())).isEqualTo(storeKey);
      } catch (RejectedException e) {
        assertThat(e.reason()).doesNotContain("\n");
      }
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withChars(LETTERS + "._-")
        .ofMinLength(1)
        .ofMaxLength(Names.MAX_LENGTH)
        .filter(Names::isLegal);
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(20),
        Arbitraries.strings().withChars("ab./:@-_ \n\0\u00e9").ofMaxLength(12));
  }

  @Provide
  Arbitrary<KeyLayout> layouts() {
    Arbitrary<String> around = Arbitraries.strings().withChars("ab/.-:@ ").ofMaxLength(5);
    Arbitrary<String> between =
        Combinators.combine(around, Arbitraries.of("/", ":", "@", " ", "//", "/a/", "-/."), around)
            .as((before, mark, after) -> before + mark + after);
    return Combinators.combine(around, between, around, Arbitraries.of(true, false))
        .as(
            (head, middle, tail, productFirst) ->
                KeyLayout.parse(
                    head
                        + (productFirst ? "PRODUCT" : "KEY")
                        + middle
                        + (productFirst ? "KEY" : "PRODUCT")
                        + tail));
  }
}
