package io.github.serfhandler.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.source.KeyLayout;
import io.github.serfhandler.source.KeyLayout.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreKeysTest {
  private static StoreKeys keys(String... prefixes) {
    return new StoreKeys(List.of(prefixes), KeyLayout.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "'', /app/main, /",
    "/, /app/main, /",
    "/config, /config/app/main, /config/",
    "/config/, /config/app/main, /config/",
    "config-, config-/app/main, config-/"
  })
  void aKeyIsThePrefixAndTheLayoutWithOneSlashBetween(String prefix, String key, String head) {
    StoreKeys keys = keys(prefix);
    Place place = new Place("app", "main");

    assertThat(keys.key(0, place)).isEqualTo(key);
    assertThat(keys.place(0, bytes(key))).contains(place);
    assertThat(keys.ranges().get(0).from()).isEqualTo(bytes(head));
  }

  @Test
  void keysOfOurOwnBelongToNobody() {
    StoreKeys keys = new StoreKeys(List.of(""), KeyLayout.parse("PRODUCT/KEY"));

    assertThat(keys.place(0, bytes("serf-handler/lineage"))).isEmpty();
    assertThat(keys.place(0, bytes("serf-handlers/lineage"))).isPresent();
  }

  @Test
  void aKeyThatFitsAnotherPrefixIsNotNamed() {
    StoreKeys keys = keys("", "/site");

    assertThat(keys.place(0, bytes("/site/app/main"))).isEmpty();
    assertThat(keys.place(1, bytes("/site/app/main"))).contains(new Place("app", "main"));
    assertThatThrownBy(() -> keys.place(0, bytes("/other/app/main")))
        .isInstanceOf(RejectedException.class);
  }

  @Test
  void whatFitsNowhereHasAReason() {
    assertThatThrownBy(() -> keys("/a").place(0, new byte[] {'/', 'a', '/', -1}))
        .hasMessage("its name is not UTF-8");
    assertThatThrownBy(() -> keys("/a").place(0, bytes("/b/app/main")))
        .hasMessage("not below the prefix /a");
    assertThatThrownBy(() -> keys("/a").place(0, bytes("/a/app")))
        .hasMessage("not of the pattern /PRODUCT/KEY");
  }

  @Test
  void theSamePrefixCountsOnce() {
    assertThat(keys("/a", "/a/", "/b").count()).isEqualTo(2);
  }

  @Test
  void theFingerprintTellsChoicesOfKeysApart() {
    assertThat(keys("/a", "/b").fingerprint())
        .matches("[0-9a-f]{16}")
        .isEqualTo(keys("/a/", "/b").fingerprint())
        .isNotEqualTo(keys("/b", "/a").fingerprint())
        .isNotEqualTo(keys("/a/b").fingerprint());
    assertThat(Optional.of(keys("/a").fingerprint()))
        .isNotEqualTo(
            Optional.of(
                new StoreKeys(List.of("/a"), KeyLayout.parse("/KEY/PRODUCT")).fingerprint()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
