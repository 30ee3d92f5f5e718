package io.github.serfhandler.config;

import static io.github.serfhandler.config.Updates.store;
import static io.github.serfhandler.config.Updates.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.config.Applied.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch writes on several threads: what goes wrong with one key is that key's alone. */
class ConfigBatchTest {
  private static final String BAD = "k3";
  private static final int KEYS = 20;

  @TempDir Path folder;

  /** Those that wrote. */
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  private class Watched extends ConfigFiles {
    Watched() {
      super(Updates.files().batch());
    }

    @Override
    void writeRecord(KeyPlace place, RecordFile record) {
      threads.add(Thread.currentThread());
      super.writeRecord(place, record);
    }
  }

  private List<Applied> apply(ConfigFiles files, long version) throws InterruptedException {
    return store(folder, files, Duration.ofSeconds(5), 1000).applyAll(updates(version), "test");
  }

  private static List<ConfigUpdate> updates(long version) {
    List<ConfigUpdate> updates = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      updates.add(update("product1", "k" + i, version, "a"));
    }
    return updates;
  }

  private Path file(String key) {
    return folder.resolve("product1/" + key + ".json");
  }

  private Path record(String key) {
    return folder.resolve(".serf-handler/config/product1/" + key + ".record");
  }

  @AfterEach
  void endsItsThreads() {
    assertThat(threads).noneMatch(one -> one != Thread.currentThread() && one.isAlive());
  }

  @Test
  void writesOnAFewThreads() throws Exception {
    assertThat(apply(new Watched(), 1)).allMatch(Applied::changed).hasSize(KEYS);
    assertThat(threads).hasSizeBetween(1, 4).allMatch(Thread::isDaemon);
    assertThat(threads).extracting(Thread::getName).containsOnly("config-write");
    for (ConfigUpdate update : updates(1)) {
      assertThat(file(update.key())).hasBinaryContent(update.fileBytes());
      assertThat(record(update.key())).exists();
    }
  }

  @Test
  void writesASingleUpdateOnTheCallersThread() throws Exception {
    ConfigStore one = store(folder, new Watched(), Duration.ofSeconds(5), 1000);
    assertThat(one.apply(update(1, "a"), "test").changed()).isTrue();
    assertThat(one.applyAll(List.of(update(2, "a")), "test")).allMatch(Applied::changed);
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  private final class RecordFails extends Watched {
    @Override
    void writeRecord(KeyPlace place, RecordFile record) {
      boolean bad = place.key().equals(BAD);
      Path records = bad ? folder.resolve("taken") : place.records();
      super.writeRecord(new KeyPlace(place.product(), place.key(), place.file(), records), record);
    }
  }

  @Test
  void neverWritesAFileWhoseRecordFailed() throws Exception {
    Files.writeString(folder.resolve("taken"), "no directory");
    List<Applied> applied = apply(new RecordFails(), 1);
    for (int i = 0; i < KEYS; i++) {
      boolean bad = ("k" + i).equals(BAD);
      assertThat(applied.get(i).result()).isEqualTo(bad ? Result.FAILED : Result.APPLIED);
      assertThat(Files.exists(file("k" + i))).isEqualTo(!bad);
    }
    assertThat(applied.get(3).notice().orElseThrow()).doesNotContain("is recorded");
    ConfigStore alone = store(folder, new RecordFails(), Duration.ofSeconds(5), 1000);
    assertThatThrownBy(() -> alone.apply(update("product1", BAD, 1, "a"), "test"))
        .isInstanceOf(io.github.serfhandler.store.StoreException.class);
    assertThat(file(BAD)).doesNotExist();
    assertThat(store(folder).applyAll(updates(1), "test").get(3).changed()).isTrue();
  }

  @Test
  void doesTheOthersBeforeItThrowsAFault() throws Exception {
    ConfigFiles faulty =
        new Watched() {
          @Override
          void writeFile(KeyPlace place, byte[] bytes) {
            if (place.key().equals(BAD)) {
              throw new IllegalStateException("a fault");
            }
            super.writeFile(place, bytes);
          }
        };
    assertThatThrownBy(() -> apply(faulty, 1)).hasMessage("a fault");
    for (ConfigUpdate update : updates(1)) {
      assertThat(Files.exists(file(update.key()))).isEqualTo(!update.key().equals(BAD));
    }
    assertThat(apply(new Watched(), 2)).allMatch(Applied::changed);
  }

  @Test
  void anInterruptOfTheCallerWaitsForTheWrites() throws Exception {
    Thread caller = Thread.currentThread();
    ConfigFiles interrupting =
        new Watched() {
          @Override
          void writeRecord(KeyPlace place, RecordFile record) {
            caller.interrupt();
            super.writeRecord(place, record);
          }
        };
    List<Applied> applied = apply(interrupting, 1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(applied).allMatch(Applied::changed);
    assertThat(file("k19")).exists();
  }

  @Test
  void anInterruptOfAThreadFailsOneKeyAtMost() throws Exception {
    ConfigFiles interrupting =
        new Watched() {
          @Override
          void writeFile(KeyPlace place, byte[] bytes) {
            if (place.key().equals(BAD)) {
              Thread.currentThread().interrupt();
            }
            super.writeFile(place, bytes);
          }
        };
    List<Applied> applied = apply(interrupting, 1);
    assertThat(applied).filteredOn(one -> !one.changed()).hasSize(1);
    assertThat(applied.get(3).result()).isEqualTo(Result.FAILED);
    assertThat(applied.get(3).notice().orElseThrow()).contains("is recorded, and its file follows");
  }

  @Test
  void countsWhatIsPending() throws Exception {
    ConfigStore small = store(folder, new Watched(), Duration.ofSeconds(5), 5);
    List<Applied> applied = small.applyAll(updates(1), "test");
    assertThat(applied).filteredOn(Applied::changed).hasSize(5);
    assertThat(applied).filteredOn(one -> one.result() == Result.REJECTED).hasSize(KEYS - 5);
  }
}
