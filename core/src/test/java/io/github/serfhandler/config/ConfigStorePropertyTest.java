package io.github.serfhandler.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Order, repetition, restarts and who is told what first make no difference in the end. */
class ConfigStorePropertyTest {
  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void endsOnTheSameBytesInAnyOrder(
      @ForAll("updates") List<ConfigUpdate> updates, @ForAll Random random)
      throws IOException, InterruptedException {
    Path root = Files.createTempDirectory("config-store");
    try {
      for (Path node : List.of(root.resolve("a"), root.resolve("b"))) {
        List<String> notices = new ArrayList<>();
        // A one-shot process and a resident one, over one directory.
        ConfigStore[] stores = {store(node, notices), store(node, notices)};
        List<ConfigUpdate> told = new ArrayList<>(updates);
        for (int i = random.nextInt(4); i > 0; i--) {
          told.add(updates.get(random.nextInt(updates.size())));
        }
        Collections.shuffle(told, random);
        while (!told.isEmpty()) {
          int which = random.nextInt(2);
          int count = Math.min(told.size(), random.nextInt(3));
          if (count == 1) {
            stores[which].apply(told.remove(0), "test");
          } else if (count > 1) {
            stores[which].applyAll(told.subList(0, count), "test");
            told.subList(0, count).clear();
          } else if (random.nextBoolean()) {
            stores[which] = store(node, notices);
            stores[which].recover();
          } else {
            tamper(node, random.nextBoolean() ? "a" : "b", random);
          }
        }
        for (ConfigUpdate one : updates) {
          Optional<Applied> unused = stores[0].restore("product1", one.key());
          assertHolds(node, stores[1], one.key(), updates);
        }
      }
    } finally {
      delete(root);
    }
  }

  private static void assertHolds(
      Path node, ConfigStore store, String key, List<ConfigUpdate> updates)
      throws InterruptedException {
    ConfigUpdate newest =
        updates.stream()
            .filter(other -> other.key().equals(key))
            .max(Comparator.comparing(ConfigUpdate::revision))
            .orElseThrow();
    Path file = node.resolve("product1").resolve(key + ".json");
    if (newest.isDeletion()) {
      assertThat(file).doesNotExist();
    } else {
      assertThat(file).hasBinaryContent(newest.fileBytes());
    }
    ConfigRecord found = store.record("product1", key).orElseThrow();
    assertThat(found.newest().revision()).isEqualTo(newest.revision());
    assertThat(found.versions())
        .extracting(Head::revision)
        .isSortedAccordingTo(Comparator.reverseOrder())
        .doesNotHaveDuplicates();
    for (Head head : found.versions()) {
      ConfigUpdate one =
          updates.stream()
              .filter(each -> each.key().equals(key) && each.revision().equals(head.revision()))
              .findFirst()
              .orElseThrow();
      assertThat(store.content("product1", key, head.revision())).isEqualTo(one.content());
    }
    assertThat(store.survey("product1"))
        .containsEntry(key, new KeyState(Optional.of(found.newest()), Optional.empty()));
  }

  /** Somebody's hands, after an update gave the key a record. */
  private static void tamper(Path node, String key, Random random) throws IOException {
    Path record = node.resolve(".serf-handler/config/product1").resolve(key + ".record");
    if (!Files.exists(record)) {
      return;
    }
    Path file = node.resolve("product1").resolve(key + ".json");
    Files.createDirectories(file.getParent());
    switch (random.nextInt(3)) {
      case 0 -> Files.deleteIfExists(file);
      case 1 -> Files.writeString(file, "hand");
      default -> Files.writeString(file, "{\"_version\":99,\"user\":\"hand\"}");
    }
  }

  private static ConfigStore store(Path node, List<String> notices) {
    return Updates.store(node, notices::add);
  }

  @Provide
  Arbitrary<List<ConfigUpdate>> updates() {
    return Combinators.combine(
            Arbitraries.of("a", "b"),
            Arbitraries.longs().between(0, 3),
            Arbitraries.of("x", "y", "z", ""))
        .as(
            (key, version, user) ->
                user.isEmpty()
                    ? ConfigUpdate.ofDeletion("product1", key, version)
                    : Updates.update("product1", key, version, user))
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
