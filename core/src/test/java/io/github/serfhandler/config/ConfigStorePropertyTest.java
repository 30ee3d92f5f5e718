package io.github.serfhandler.config;

import static io.github.serfhandler.config.Updates.store;
import static io.github.serfhandler.config.Updates.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Order, repetition, and who is told what first make no difference in the end. */
class ConfigStorePropertyTest {
  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void endsOnTheSameBytesInAnyOrder(
      @ForAll("updates") List<ConfigUpdate> updates, @ForAll Random random)
      throws IOException, InterruptedException {
    Path root = Files.createTempDirectory("config-store");
    try {
      List<Path> nodes = List.of(root.resolve("a"), root.resolve("b"));
      for (Path node : nodes) {
        List<ConfigUpdate> told = new ArrayList<>(updates);
        for (int i = random.nextInt(4); i > 0; i--) {
          told.add(updates.get(random.nextInt(updates.size())));
        }
        Collections.shuffle(told, random);
        // A one-shot process and a resident one, over one directory.
        List<ConfigStore> stores = List.of(store(node), store(node));
        for (ConfigUpdate one : told) {
          stores.get(random.nextInt(2)).apply(one, "test");
        }
      }
      for (ConfigUpdate one : updates) {
        ConfigUpdate newest =
            updates.stream()
                .filter(other -> other.key().equals(one.key()))
                .max(
                    Comparator.comparingLong(ConfigUpdate::version)
                        .thenComparing(update -> update.revision().sha256()))
                .orElseThrow();
        for (Path node : nodes) {
          assertThat(node.resolve("product1").resolve(one.key() + ".json"))
              .hasBinaryContent(newest.fileBytes());
        }
      }
    } finally {
      delete(root);
    }
  }

  @Provide
  Arbitrary<List<ConfigUpdate>> updates() {
    return Combinators.combine(
            Arbitraries.of("a", "b"),
            Arbitraries.longs().between(0, 3),
            Arbitraries.of("x", "y", "z"))
        .as((key, version, user) -> update("product1", key, version, user))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  private static void delete(Path root) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(root)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : all) {
      Files.delete(one);
    }
  }
}
