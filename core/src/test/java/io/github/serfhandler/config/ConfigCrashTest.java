package io.github.serfhandler.config;

import static io.github.serfhandler.config.Updates.deletion;
import static io.github.serfhandler.config.Updates.store;
import static io.github.serfhandler.config.Updates.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process ends between any two steps; whoever comes next ends what it began. */
class ConfigCrashTest {
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  /** Steps of which only so many are done. */
  private static final class Limited extends ConfigFiles {
    private int left;

    Limited(int steps) {
      super(Updates.files().batch());
      left = steps;
    }

    @Override
    int threads() {
      return 1; // One step after the other, so that each can be the last.
    }

    private void step() {
      if (left-- == 0) {
        throw new Crash();
      }
    }

    @Override
    void keepEdited(KeyPlace place, byte[] bytes) {
      step();
      super.keepEdited(place, bytes);
    }

    @Override
    void setRecordAside(Path record, Path broken) {
      step();
      super.setRecordAside(record, broken);
    }

    @Override
    void writeRecord(KeyPlace place, RecordFile record) {
      step();
      super.writeRecord(place, record);
    }

    @Override
    void writeFile(KeyPlace place, byte[] bytes) {
      step();
      super.writeFile(place, bytes);
    }

    @Override
    void removeFile(KeyPlace place) {
      step();
      super.removeFile(place);
    }
  }

  private interface Preparation {
    void in(Path confDir) throws Exception;
  }

  @TempDir Path folder;

  private int made;

  /** Applies the updates with ever more steps, until they are all done. */
  private void crashEverywhere(Preparation before, List<ConfigUpdate> updates) throws Exception {
    for (int history : List.of(0, 10)) {
      crashEverywhere(before, updates, history);
    }
  }

  private void crashEverywhere(Preparation before, List<ConfigUpdate> updates, int history)
      throws Exception {
    int steps = 0;
    boolean crashed = true;
    while (crashed) {
      Path confDir = folder.resolve("conf" + made++);
      before.in(confDir);
      Path file = confDir.resolve("product1/security.json");
      List<String> told = new ArrayList<>();
      Optional<String> old = text(file);
      ConfigStore store =
          new ConfigStore(
              confDir,
              Updates.files(),
              Updates.CLOCK,
              history,
              told::add,
              new ConfigStore.Inside(new Limited(steps), Duration.ofSeconds(5), 1000));
      crashed = false;
      try {
        List<Applied> unused = store.applyAll(updates, "test");
      } catch (Crash e) {
        crashed = true;
      }
      ConfigStore next = store(confDir, told::add);
      Optional<ConfigRecord> began = next.record("product1", "security");
      next.recover();
      Optional<ConfigRecord> found = next.record("product1", "security");
      assertThat(found).isEqualTo(began);
      ConfigUpdate last = updates.get(updates.size() - 1);
      if (found.isPresent() && found.get().newest().revision().equals(last.revision())) {
        assertHolds(file, last);
        assertThat(next.survey("product1").get("security"))
            .isEqualTo(new KeyState(Optional.of(found.get().newest()), Optional.empty()));
      } else if (updates.size() == 1) {
        assertThat(text(file)).isEqualTo(old);
      }
      assertThat(told).hasSizeLessThanOrEqualTo(updates.size() + 1);
      Path record = confDir.resolve(".serf-handler/config/product1/security.record");
      if (Files.exists(record)) {
        assertThat(Files.readString(record)).doesNotContain("replaces");
      }
      // And whoever hears of it again ends there, too.
      List<Applied> again = next.applyAll(updates, "test");
      assertThat(again).noneMatch(one -> one.result() == Applied.Result.FAILED);
      assertHolds(file, last);
      steps++;
    }
    assertThat(steps).isGreaterThan(2);
  }

  private static void assertHolds(Path file, ConfigUpdate update) {
    if (update.isDeletion()) {
      assertThat(file).doesNotExist();
    } else {
      assertThat(file).hasBinaryContent(update.fileBytes());
    }
  }

  private static Optional<String> text(Path file) throws Exception {
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  private static void given(Path confDir, String text) throws Exception {
    Path directory = Files.createDirectories(confDir.resolve("product1"));
    Files.writeString(directory.resolve("security.json"), text);
  }

  @Test
  void inAFirstUpdate() throws Exception {
    crashEverywhere(conf -> {}, List.of(update(1, "a")));
  }

  @Test
  void inAnUpdateAndInADeletion() throws Exception {
    for (ConfigUpdate next : List.of(update(2, "b"), deletion(2))) {
      crashEverywhere(conf -> store(conf).apply(update(1, "a"), "test"), List.of(next));
    }
  }

  @Test
  void whenADeletedKeyComesBack() throws Exception {
    crashEverywhere(conf -> store(conf).apply(deletion(1), "test"), List.of(update(2, "b")));
  }

  @Test
  void withoutAnyHistory() throws Exception {
    crashEverywhere(
        conf -> store(conf).apply(update(1, "x".repeat(1_048_000)), "test"),
        List.of(update(2, "y".repeat(1_048_000)), update(3, "b")));
  }

  @Test
  void whenAnEditedOrBrokenFileIsReplaced() throws Exception {
    for (String text : List.of("hand", "{\"_version\":3,\"user\":\"hand\"}")) {
      for (ConfigUpdate next : List.of(update(2, "b"), deletion(2))) {
        crashEverywhere(
            conf -> {
              store(conf).apply(update(1, "a"), "test");
              given(conf, text);
            },
            List.of(next));
      }
    }
  }

  @Test
  void whenAFileWithoutARecordIsReplaced() throws Exception {
    for (String text : List.of("hand", "{\"_version\":1,\"user\":\"hand\"}")) {
      for (ConfigUpdate next : List.of(update(2, "b"), deletion(2))) {
        crashEverywhere(conf -> given(conf, text), List.of(next));
      }
    }
  }

  @Test
  void whenARecordIsBroken() throws Exception {
    crashEverywhere(
        conf -> {
          store(conf).apply(update(1, "a"), "test");
          Files.writeString(
              conf.resolve(".serf-handler/config/product1/security.record"), "broken");
        },
        List.of(update(2, "b")));
  }

  @Test
  void inTheMiddleOfABatch() throws Exception {
    crashEverywhere(
        conf -> store(conf).apply(update(1, "a"), "test"),
        List.of(
            update("product1", "a", 1, "a"),
            update("product2", "b", 1, "b"),
            update(2, "b"),
            update("product1", "c", 1, "c"),
            deletion(3),
            update(4, "d")));
  }
}
