package io.github.serfhandler.config;

import static io.github.serfhandler.config.Updates.deletion;
import static io.github.serfhandler.config.Updates.store;
import static io.github.serfhandler.config.Updates.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.config.ConfigIndex.Change;
import io.github.serfhandler.config.ConfigIndex.Refreshed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigIndexTest {
  private static final List<String> PRODUCTS = List.of("product1", "product2");

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("product1/security.json");
  }

  private static String text(Refreshed refreshed) {
    StringBuilder out = new StringBuilder();
    for (Change change : refreshed.changes()) {
      out.append(change.product()).append('/').append(change.key());
      out.append(' ').append(change.before().map(IndexEntry::toString).orElse("-"));
      out.append(" -> ").append(change.now().map(IndexEntry::toString).orElse("-")).append('\n');
    }
    for (String problem : refreshed.problems()) {
      out.append(problem).append('\n');
    }
    return out.toString().strip();
  }

  /** With a clock far ahead every file is old; with one behind each may change unseen. */
  @ParameterizedTest
  @ValueSource(longs = {1, -1})
  void tellsWhatChangedSinceTheRefreshBefore(long days) throws Exception {
    ConfigStore store = store(folder);
    ConfigIndex index =
        new ConfigIndex(store, Clock.offset(Clock.systemUTC(), Duration.ofDays(days)));
    assertThat(text(index.refresh(PRODUCTS))).isEmpty();
    String signature = "A".repeat(Signatures.LENGTH);
    store.apply(update(1, "a").withSignature(signature), "test");
    store.apply(update("product2", "k", 3, "x"), "test");
    store.apply(update("product3", "k", 3, "x"), "test");
    assertThat(text(index.refresh(PRODUCTS)))
        .isEqualTo("product1/security - -> version 1\nproduct2/k - -> version 3");
    IndexEntry known = index.key("product1", "security").orElseThrow();
    assertThat(known.revision()).contains(update(1, "a").revision());
    assertThat(known.signature()).contains(signature);
    assertThat(known.size()).isEqualTo(12);
    assertThat(known.drift()).isEmpty();
    assertThat(index.keys("product3")).isEmpty();
    assertThat(text(index.refresh(PRODUCTS))).isEmpty();

    Files.writeString(file(), "hand");
    Files.writeString(folder.resolve("product2/u.json"), "{\"_version\":1}");
    assertThat(text(index.refresh(PRODUCTS)))
        .isEqualTo(
            "product1/security version 1 -> version 1 BROKEN\nproduct2/u - -> unmanaged"
                + " UNMANAGED");
    Files.delete(folder.resolve("product2/u.json"));
    store.apply(update(2, "b"), "test");
    assertThat(index.refresh("product1", "security"))
        .hasValueSatisfying(
            change -> assertThat(change.now().orElseThrow()).hasToString("version 2"));
    assertThat(index.refresh("product1", "other")).isEmpty();
    assertThat(text(index.refresh(PRODUCTS))).isEqualTo("product2/u unmanaged UNMANAGED -> -");
    store.apply(deletion(3), "test");
    assertThat(text(index.refresh(PRODUCTS))).isEqualTo("product1/security version 2 -> version 3");
    assertThat(index.key("product1", "security").orElseThrow().revision())
        .contains(Revision.ofDeletion(3));
    assertThat(text(index.refresh(List.of("product1")))).isEqualTo("product2/k version 3 -> -");
    assertThat(text(index.refresh(List.of("product1")))).isEmpty();
  }

  @Test
  void writesWhatIsMissingAgain() throws Exception {
    ConfigStore store = store(folder, told -> assertThat(told).contains("was missing"));
    ConfigIndex index = new ConfigIndex(store, Clock.systemUTC());
    store.apply(update(1, "a"), "test");
    index.refresh(PRODUCTS);
    Files.delete(file());
    assertThat(text(index.refresh(PRODUCTS))).isEmpty();
    assertThat(file()).hasBinaryContent(update(1, "a").fileBytes());
  }

  @Test
  void goesOnWithOtherProductsWhereOneIsAmiss() throws Exception {
    ConfigIndex index = new ConfigIndex(store(folder), Clock.systemUTC());
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createSymbolicLink(folder.resolve("product1"), outside);
    store(folder).apply(update("product2", "k", 1, "x"), "test");
    assertThat(text(index.refresh(PRODUCTS)))
        .isEqualTo(
            "product2/k - -> version 1\nproduct1: product1 is a symbolic link in the"
                + " configuration directory; replace it by what it is");
    assertThat(index.refresh("product2", "k").flatMap(Change::now)).isEqualTo(Optional.empty());
  }
}
