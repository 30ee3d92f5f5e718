package io.github.serfhandler.config;

import static io.github.serfhandler.config.Updates.impatient;
import static io.github.serfhandler.config.Updates.store;
import static io.github.serfhandler.config.Updates.update;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.config.Applied.Result;
import io.github.serfhandler.discovery.Discovery;
import io.github.serfhandler.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigStoreTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("product1/security.json");
  }

  private void assertHolds(ConfigUpdate update) {
    assertThat(file()).hasBinaryContent(update.fileBytes());
  }

  private Path given(String text) throws IOException {
    Files.createDirectories(file().getParent());
    return Files.writeString(file(), text);
  }

  @Test
  void makesDirectoryAndFileOfAFirstUpdate() throws InterruptedException {
    Applied applied = store(folder.resolve("new")).apply(update(12, "myUser"), "test");
    assertThat(applied)
        .isEqualTo(new Applied(Result.APPLIED, update(12, "myUser").revision(), Optional.empty()));
    assertThat(folder.resolve("new/product1/security.json"))
        .hasContent("{\n    \"_version\": 12,\n    \"user\": \"myUser\"\n}\n");
  }

  @Test
  void appliesTheNewerAndIgnoresTheOlder() throws Exception {
    ConfigStore store = store(folder);
    assertThat(store.apply(update(2, "b"), "test").result()).isEqualTo(Result.APPLIED);
    FileTime old = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file(), old);
    assertThat(store.apply(update(1, "a"), "test"))
        .isEqualTo(new Applied(Result.OLDER_OR_EQUAL, update(2, "b").revision(), Optional.empty()));
    assertThat(store.apply(update(2, "b"), "test").result()).isEqualTo(Result.OLDER_OR_EQUAL);
    assertHolds(update(2, "b"));
    assertThat(Files.getLastModifiedTime(file())).isEqualTo(old);
    assertThat(store.apply(update(3, "a"), "test").result()).isEqualTo(Result.APPLIED);
    assertHolds(update(3, "a"));
  }

  @Test
  void keepsProductsAndKeysApart() throws InterruptedException {
    ConfigStore store = store(folder);
    store.apply(update("product1", "a", 5, "1a"), "test");
    store.apply(update("product1", "A", 1, "1A"), "test");
    store.apply(update("product2", "a", 2, "2a"), "test");
    store.apply(update("Product2", "a", 1, "x"), "test");
    assertThat(folder.resolve("product1/a.json"))
        .hasBinaryContent(update("product1", "a", 5, "1a").fileBytes());
    assertThat(folder.resolve("product2/a.json"))
        .hasBinaryContent(update("product2", "a", 2, "2a").fileBytes());
  }

  @Test
  void settlesOnOneOfTwoContentsUnderOneVersion() throws InterruptedException {
    boolean firstIsLarger = update(1, "x").revision().isNewerThan(update(1, "y").revision());
    ConfigUpdate larger = update(1, firstIsLarger ? "x" : "y");
    ConfigUpdate smaller = update(1, firstIsLarger ? "y" : "x");
    ConfigStore store = store(folder);
    store.apply(smaller, "test");
    Applied won = store.apply(larger, "test");
    assertThat(won.result()).isEqualTo(Result.CONFLICT_WON);
    assertThat(won.changed()).isTrue();
    assertThat(won.notice())
        .contains(
            "product1/security version 1 has two contents, or its file was edited; every node"
                + " keeps the same one of them, here the new one. Publish a higher version to be"
                + " sure which");
    assertHolds(larger);
    Applied lost = store.apply(smaller, "test");
    assertThat(lost.result()).isEqualTo(Result.CONFLICT_LOST);
    assertThat(lost.changed()).isFalse();
    assertThat(lost.notice()).hasValueSatisfying(told -> assertThat(told).contains("stored one"));
    assertHolds(larger);
    assertThat(store.apply(larger, "test").notice()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|not JSON: line 1, column 1: expected a value, found the end",
        "hunter2|not JSON: line 1, column 1: expected a value",
        "[]|not an object",
        "{\"user\":\"hunter2\"}|_version is missing",
        "{\"_version\":-1}|_version is not a version: ",
        "{\"_version\":\"hunter2\"}|_version is not a version: ",
        "{\"_version\":9,\"_version\":9}|not JSON: line 1, column 15: ",
      })
  void takesABrokenFileForOlderThanEverythingAndSaysSo(String text, String reason)
      throws Exception {
    given(text);
    Applied applied = store(folder).apply(update(0, "a"), "test");
    assertThat(applied.result()).isEqualTo(Result.APPLIED);
    assertThat(applied.notice())
        .hasValueSatisfying(
            told ->
                assertThat(told)
                    .startsWith(
                        "product1/security.json was not as serf-handler writes it (" + reason)
                    .endsWith("); replaced by version 0")
                    .doesNotContain("\n", "hunter2"));
    assertHolds(update(0, "a"));
  }

  @Test
  void takesAHugeFileForBroken() throws Exception {
    given(" ".repeat(ConfigUpdate.MAX_FILE_BYTES) + "{");
    assertThat(store(folder).apply(update(0, "a"), "test").notice())
        .hasValueSatisfying(told -> assertThat(told).contains("it is 1048577 bytes long"));
    assertHolds(update(0, "a"));
  }

  @Test
  void believesAHandEditedFileItsVersion() throws Exception {
    given("{\"user\":\"edited\", \"_version\":\"07\"}");
    assertThat(store(folder).apply(update(6, "a"), "test").result())
        .isEqualTo(Result.OLDER_OR_EQUAL);
    assertThat(store(folder).apply(update(7, "edited"), "test").result())
        .isEqualTo(Result.OLDER_OR_EQUAL);
    assertThat(file()).hasContent("{\"user\":\"edited\", \"_version\":\"07\"}");
    assertThat(store(folder).apply(update(8, "a"), "test").result()).isEqualTo(Result.APPLIED);
    assertHolds(update(8, "a"));
  }

  @Test
  void keepsTheModeOfAFile() throws Exception {
    ConfigStore store = store(folder);
    store.apply(update(1, "a"), "test");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    store.apply(update(2, "a"), "test");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void refusesADirectoryThatIsALink() throws Exception {
    Path conf = Files.createDirectory(folder.resolve("conf"));
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createSymbolicLink(conf.resolve("product1"), outside);
    assertThatThrownBy(() -> store(conf).apply(update(1, "a"), "test"))
        .isInstanceOf(RejectedException.class)
        .hasMessageStartingWith("product1 is a symbolic link");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void refusesAFileThatIsALink() throws Exception {
    Path conf = Files.createDirectory(folder.resolve("conf"));
    Path outside = Files.writeString(folder.resolve("outside"), "precious");
    Path link = Files.createDirectory(conf.resolve("product1")).resolve("security.json");
    Files.createSymbolicLink(link, outside);
    assertThatThrownBy(() -> store(conf).apply(update(1, "a"), "test"))
        .isInstanceOf(RejectedException.class)
        .hasMessageStartingWith("product1/security.json is a symbolic link");
    Files.delete(link);
    Files.createSymbolicLink(link, folder.resolve("missing"));
    assertThatThrownBy(() -> store(conf).apply(update(1, "a"), "test"))
        .isInstanceOf(RejectedException.class);
    assertThat(outside).hasContent("precious");
    assertThat(folder.resolve("missing")).doesNotExist();
  }

  @Test
  void writesThroughAConfigurationDirectoryThatIsALink() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path conf = Files.createSymbolicLink(folder.resolve("conf"), real);
    store(conf).apply(update(1, "a"), "test");
    assertThat(real.resolve("product1/security.json")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"services.json", "services.yml", "fakedhosts.txt", "Services.JSON"})
  void refusesAProductNamedLikeAFileOfDiscovery(String product) {
    assertThatThrownBy(() -> store(folder).apply(update(product, "k", 1, "a"), "test"))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("the name of a file of discovery");
    assertThat(folder.resolve(product)).doesNotExist();
  }

  @Test
  void refusesADirectoryWhereTheFileShouldBe() throws IOException {
    Files.createDirectories(file());
    assertThatThrownBy(() -> store(folder).apply(update(1, "a"), "test"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("it is a directory");
  }

  @Test
  void saysSoWhereTheDirectoryCanNotBeWritten() throws IOException {
    Files.writeString(folder.resolve("product1"), "a file");
    assertThatThrownBy(() -> store(folder).apply(update(1, "a"), "test"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ot a directory")
        .hasMessageContaining("; move the file away");
    Path conf = Files.writeString(folder.resolve("conf"), "a file");
    assertThatThrownBy(() -> store(conf).apply(update(1, "a"), "test"))
        .isInstanceOf(ConfigLockException.class)
        .hasMessageStartingWith("cannot lock " + conf + "/.serf-handler/config.lock (");
    // Nothing is left locked behind.
    assertThatThrownBy(() -> store(conf).apply(update(1, "a"), "test"))
        .isInstanceOf(ConfigLockException.class);
  }

  @Test
  void neverFollowsALinkToItsLock() throws Exception {
    Path outside = folder.resolve("outside");
    Path own = Files.createDirectories(folder.resolve("conf/.serf-handler"));
    Files.createSymbolicLink(own.resolve("config.lock"), outside);
    assertThatThrownBy(() -> store(folder.resolve("conf")).apply(update(1, "a"), "test"))
        .isInstanceOf(ConfigLockException.class);
    assertThat(outside).doesNotExist();
  }

  @Test
  void keepsItsLockBesideTheOtherOwnFiles() throws Exception {
    assertThat(ConfigLock.FOLDER).isEqualTo(Discovery.OWN_FOLDER);
    store(folder).apply(update(1, "a"), "test");
    Path lock = folder.resolve(Discovery.OWN_FOLDER).resolve("config.lock");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lock)))
        .isEqualTo("rw-------");
    try (Stream<Path> left = Files.list(file().getParent())) {
      assertThat(left).containsExactly(file());
    }
  }

  @Test
  void givesUpWhenAnotherThreadKeepsTheLock() throws Exception {
    ConfigLock.Held held = new ConfigLock(folder, ConfigLock.WAIT).take();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try {
      Thread other =
          new Thread(
              () -> {
                try {
                  impatient(folder).apply(update(1, "a"), "test");
                } catch (ConfigLockException | InterruptedException e) {
                  failure.set(e);
                }
              });
      other.start();
      other.join();
    } finally {
      held.release();
    }
    assertThat(failure.get())
        .isInstanceOf(ConfigLockException.class)
        .hasMessageContaining(": this process holds it for more than 20 ms; a retry is safe");
    assertThat(file()).doesNotExist();
    assertThat(impatient(folder).apply(update(1, "a"), "test").changed()).isTrue();
  }

  @Test
  void endsWhenItIsInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> store(folder).apply(update(1, "a"), "test"))
        .isInstanceOf(InterruptedException.class);
    assertThat(file()).doesNotExist();
  }

  @Test
  void endsOnTheNewestWhateverThreadsDo() throws Exception {
    List<Future<Integer>> done = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int t = 0; t < 4; t++) {
        ConfigStore store = store(folder);
        List<Integer> versions = new ArrayList<>();
        for (int v = 0; v < 60; v++) {
          versions.add(v);
        }
        Collections.shuffle(versions, new Random(t));
        done.add(
            threads.submit(
                () -> {
                  int changes = 0;
                  long seen = -1;
                  for (int version : versions) {
                    changes +=
                        store.apply(update(version, "u" + version), "test").changed() ? 1 : 0;
                    long now = stored().version();
                    assertThat(now).isGreaterThanOrEqualTo(Math.max(seen, version));
                    seen = now;
                  }
                  return changes;
                }));
      }
      int changes = 0;
      for (Future<Integer> one : done) {
        changes += one.get(60, TimeUnit.SECONDS);
      }
      // Each version is applied once at most, by whoever was first.
      assertThat(changes).isBetween(1, 60);
    } finally {
      threads.shutdownNow();
    }
    assertHolds(update(59, "u59"));
  }

  private ConfigUpdate stored() throws IOException {
    return ConfigUpdate.ofFile("product1", "security", Files.readAllBytes(file()));
  }

  @Test
  void knowsANameInOtherLetters() throws IOException {
    assertThat(ConfigPlaces.otherCase("a-Z.09_json")).isEqualTo("A-z.09_JSON");
    Files.writeString(folder.resolve("Security.json"), "");
    assertThat(ConfigPlaces.isListed(folder, "Security.json")).isTrue();
    assertThat(ConfigPlaces.isListed(folder, "security.json")).isFalse();
  }

  @Test
  void takesNoHardLinkForAFileSystemWithoutCapitalLetters() throws Exception {
    store(folder).apply(update(1, "a"), "test");
    Files.createLink(file().resolveSibling("SECURITY.JSON"), file());
    assertThat(store(folder).apply(update(2, "a"), "test").changed()).isTrue();
    assertHolds(update(2, "a"));
    assertThat(Files.readString(file().resolveSibling("SECURITY.JSON"), UTF_8))
        .contains("\"_version\": 1");
  }
}
