package io.github.serfhandler.config;

import static io.github.serfhandler.config.Updates.deletion;
import static io.github.serfhandler.config.Updates.store;
import static io.github.serfhandler.config.Updates.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.config.Applied.Result;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records beside the files: history, deletions, drift, and what is done about broken ones. */
class ConfigRecordTest {
  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();

  private Path file() {
    return folder.resolve("product1/security.json");
  }

  private Path own(String name) {
    return folder.resolve(".serf-handler/config/product1").resolve(name);
  }

  private Path recordFile() {
    return own("security.record");
  }

  private ConfigStore listening() {
    return store(folder, told::add);
  }

  private KeyState state() throws InterruptedException {
    return listening()
        .survey("product1")
        .getOrDefault("security", new KeyState(Optional.empty(), Optional.empty()));
  }

  private ConfigRecord found() throws InterruptedException {
    return listening().record("product1", "security").orElseThrow();
  }

  private static List<Long> versions(ConfigRecord found) {
    return found.versions().stream().map(head -> head.revision().version()).toList();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void keepsARecordForItsOwnerAlone() throws Exception {
    store(folder).apply(update(1, "a"), "query");
    String signature = "A".repeat(Signatures.LENGTH);
    store(folder).apply(update(2, "é\u2028").withSignature(signature), "from n1\n");
    String second = update(2, "é\u2028").revision().sha256();
    String first = update(1, "a").revision().sha256();
    assertThat(recordFile())
        .hasContent(
            ("{'format':1,'versions':[{'bytes':16,'origin':'from n1?','sha256':'"
                        + second
                        + "','signature':'"
                        + signature
                        + "','time':'2026-11-25T08:30:00Z','version':2},{'bytes':12,"
                        + "'origin':'query','sha256':'"
                        + first
                        + "','time':'2026-11-25T08:30:00Z','version':1}]}\n")
                    .replace('\'', '"')
                + "{\"user\":\"é\u2028\"}\n{\"user\":\"a\"}\n");
    assertThat(mode(recordFile())).isEqualTo("rw-------");
    Head newest = found().newest();
    assertThat(newest)
        .isEqualTo(
            new Head(
                update(2, "é\u2028").revision(),
                Updates.TIME,
                "from n1?",
                Optional.of(signature),
                16));
    assertThat(listening().content("product1", "security", update(1, "a").revision()))
        .isEqualTo(update(1, "a").content());
    assertThat(listening().content("product1", "security", update(1, "b").revision())).isEmpty();
  }

  @Test
  void keepsOnlySoManyVersions() throws Exception {
    for (int version = 0; version < 15; version++) {
      store(folder).apply(update(version, "a"), "test");
    }
    assertThat(versions(found())).containsExactly(14L, 13L, 12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L);
    store(folder, 0, told::add).apply(update(15, "a"), "test");
    assertThat(versions(found())).containsExactly(15L);
    assertThatThrownBy(() -> store(folder, 101, told::add))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(told).isEmpty();
  }

  @Test
  void keepsLessThanAMebibyteOfOlderVersions() throws Exception {
    for (int version = 0; version < 5; version++) {
      store(folder).apply(update(version, "x".repeat(400_000)), "test");
    }
    assertThat(versions(found())).containsExactly(4L, 3L, 2L);
    store(folder).apply(update(5, "x".repeat(1_048_000)), "test");
    store(folder).apply(update(6, "x".repeat(1_048_000)), "test");
    assertThat(versions(found())).containsExactly(6L, 5L);
    store(folder).apply(update(7, "a"), "test");
    assertThat(versions(found())).containsExactly(7L, 6L);
    assertThat(state().drift()).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void deletesTheFileAndRemembersThat() throws Exception {
    store(folder).apply(update(2, "a"), "test");
    Applied deleted = store(folder).apply(deletion(3), "test");
    assertThat(deleted)
        .isEqualTo(new Applied(Result.APPLIED, Revision.ofDeletion(3), Optional.empty()));
    assertThat(file()).doesNotExist();
    assertThat(store(folder).apply(update(2, "b"), "test").result())
        .isEqualTo(Result.OLDER_OR_EQUAL);
    assertThat(store(folder).apply(deletion(3), "test").result()).isEqualTo(Result.OLDER_OR_EQUAL);
    assertThat(file()).doesNotExist();
    assertThat(versions(found())).containsExactly(3L, 2L);
    assertThat(state()).isEqualTo(new KeyState(Optional.of(found().newest()), Optional.empty()));
    Applied won = store(folder).apply(update(3, "c"), "test");
    assertThat(won.result()).isEqualTo(Result.CONFLICT_WON);
    assertThat(won.notice().orElseThrow())
        .startsWith("product1/security version 3 is a content and a deletion, or");
    assertThat(file()).hasBinaryContent(update(3, "c").fileBytes());
    assertThat(store(folder).apply(deletion(3), "test").result()).isEqualTo(Result.CONFLICT_LOST);
  }

  @Test
  void remembersADeletionOfWhatItNeverHad() throws Exception {
    assertThat(store(folder).apply(deletion(3), "test").result()).isEqualTo(Result.APPLIED);
    assertThat(store(folder).apply(update(2, "a"), "test").changed()).isFalse();
    assertThat(file().getParent()).doesNotExist();
    assertThat(store(folder).products()).containsExactly("product1");
    assertThat(store(folder).apply(update(4, "a"), "test").changed()).isTrue();
    assertThat(file()).exists();
  }

  @Test
  void neverTouchesWhatSomebodyEdited() throws Exception {
    store(folder).apply(update(1, "a"), "test");
    store(folder).apply(update(2, "b"), "test");
    for (String edit : List.of("{\"_version\":9,\"user\":\"hand\"}", "hand")) {
      Files.writeString(file(), edit);
      Drift expected = edit.equals("hand") ? Drift.BROKEN : Drift.EDITED;
      assertThat(state().drift()).contains(expected);
      store(folder).recover();
      assertThat(store(folder).apply(update(2, "b"), "test").result())
          .isEqualTo(Result.OLDER_OR_EQUAL);
      assertThat(store(folder).apply(update(1, "b"), "test").result())
          .isEqualTo(Result.OLDER_OR_EQUAL);
      assertThat(file()).hasContent(edit);
    }
    Files.writeString(file(), "{\"_version\":2,\"user\":\"b\"}");
    assertThat(state().drift()).isEmpty();
    Files.delete(file());
    Files.createDirectory(file());
    assertThat(state().drift()).contains(Drift.BROKEN);
    assertThat(told).isEmpty();
  }

  @Test
  void keepsWhatSomebodyEditedWhenANewerVersionComes() throws Exception {
    store(folder).apply(update(1, "a"), "test");
    Files.writeString(file(), "{\"_version\":9,\"user\":\"hand\"}");
    Applied applied = store(folder).apply(update(2, "b"), "test");
    assertThat(applied.notice())
        .contains(
            "product1/security.json was edited (kept as"
                + " .serf-handler/config/product1/security.edited); replaced by version 2");
    assertThat(own("security.edited")).hasContent("{\"_version\":9,\"user\":\"hand\"}");
    assertThat(mode(own("security.edited"))).isEqualTo("rw-------");
    assertThat(file()).hasBinaryContent(update(2, "b").fileBytes());
    assertThat(Files.readString(recordFile())).doesNotContain("replaces");

    Files.writeString(file(), "y".repeat(ConfigUpdate.MAX_FILE_BYTES + 1));
    Applied removed = store(folder).apply(deletion(3), "test");
    assertThat(removed.notice())
        .contains(
            "product1/security.json was not as serf-handler writes it (it is 1048577 bytes long,"
                + " kept as .serf-handler/config/product1/security.edited); removed by version 3"
                + " (deleted)");
    assertThat(file()).doesNotExist();
    assertThat(own("security.edited")).hasSize(ConfigUpdate.MAX_FILE_BYTES);
  }

  @Test
  void restoresOnDemand() throws Exception {
    assertThat(store(folder).restore("product1", "security")).isEmpty();
    store(folder).apply(update(1, "a"), "test");
    assertThat(store(folder).restore("product1", "security").orElseThrow().changed()).isFalse();
    Files.writeString(file(), "hand");
    Applied restored = store(folder).restore("product1", "security").orElseThrow();
    assertThat(restored)
        .isEqualTo(
            new Applied(
                Result.APPLIED,
                update(1, "a").revision(),
                Optional.of(
                    "product1/security.json was edited (kept as"
                        + " .serf-handler/config/product1/security.edited); now version 1"
                        + " again")));
    assertThat(file()).hasBinaryContent(update(1, "a").fileBytes());
    assertThat(own("security.edited")).hasContent("hand");
    Files.writeString(file(), "{\"_version\":1,\"user\":\"a\"}");
    assertThat(store(folder).restore("product1", "security").orElseThrow().notice()).isEmpty();
    assertThat(file()).hasBinaryContent(update(1, "a").fileBytes());
    store(folder).apply(deletion(2), "test");
    Files.writeString(file(), "{}");
    assertThat(store(folder).restore("product1", "security").orElseThrow().changed()).isTrue();
    assertThat(file()).doesNotExist();
  }

  @Test
  void writesAgainWhatIsMissingOrOlder() throws Exception {
    store(folder).apply(update(1, "a"), "test");
    store(folder).apply(update(2, "b"), "test");
    Files.delete(file());
    assertThat(state().drift()).isEmpty();
    assertThat(told)
        .containsExactly(
            "product1/security.json was missing, as after a crash; written as version 2 by its"
                + " record");
    assertThat(file()).hasBinaryContent(update(2, "b").fileBytes());
    told.clear();
    Files.write(file(), update(1, "a").fileBytes());
    listening().apply(update(1, "z"), "test");
    assertThat(told)
        .containsExactly(
            "product1/security.json was not yet version 2, as after a crash; written as version 2"
                + " by its record");
    assertThat(file()).hasBinaryContent(update(2, "b").fileBytes());
    store(folder).apply(deletion(3), "test");
    Files.write(file(), update(2, "b").fileBytes());
    listening().recover();
    assertThat(file()).doesNotExist();
    assertThat(told).hasSize(2).last().asString().contains("; removed by its record");
  }

  @Test
  void takesAFileWithoutARecordUntilAnUpdateBringsOne() throws Exception {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "{\"_version\": \"7\", \"user\": \"a\"}");
    assertThat(state()).isEqualTo(new KeyState(Optional.empty(), Optional.of(Drift.UNMANAGED)));
    assertThat(store(folder).apply(update(6, "b"), "test").stored())
        .isEqualTo(update(7, "a").revision());
    assertThat(store(folder).apply(deletion(7), "test").result()).isEqualTo(Result.CONFLICT_LOST);
    assertThat(recordFile()).doesNotExist();
    assertThat(store(folder).apply(update(7, "a"), "test").result())
        .isEqualTo(Result.OLDER_OR_EQUAL);
    assertThat(state()).isEqualTo(new KeyState(Optional.of(found().newest()), Optional.empty()));
    assertThat(file()).hasContent("{\"_version\": \"7\", \"user\": \"a\"}");
    store(folder).apply(update(8, "b"), "test");
    assertThat(versions(found())).containsExactly(8L, 7L);
    assertThat(own("security.edited")).doesNotExist();
  }

  @Test
  void keepsTheVersionOfAFileWithoutARecordAsHistory() throws Exception {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "{\"_version\": 7, \"user\": \"a\"}");
    store(folder).apply(update(8, "b"), "test");
    assertThat(versions(found())).containsExactly(8L, 7L);
    assertThat(found().versions().get(1).origin()).isEqualTo("the file");
    assertThat(listening().content("product1", "security", update(7, "a").revision()))
        .isEqualTo(update(7, "a").content());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "hunter2",
        "{}\n",
        "{\"format\":2,\"versions\":[]}\n",
        "{\"format\":1,\"versions\":[]}\n",
        "{\"format\":1,\"versions\":[{\"version\":-1,\"deleted\":true,\"bytes\":0}]}\n\n",
        "{\"format\":1,\"versions\":[{\"version\":1,\"deleted\":true,\"bytes\":0}]}\n",
        "{\"format\":1,\"versions\":[{\"version\":1,\"deleted\":true,\"bytes\":9}]}\n123456789\n",
        "{\"format\":1,\"versions\":[{\"version\":1,\"deleted\":true,\"bytes\":0},"
            + "{\"version\":2,\"deleted\":true,\"bytes\":0}]}\n\n\n",
      })
  void setsABrokenRecordAside(String text) throws Exception {
    store(folder).apply(update(3, "a"), "test");
    Files.writeString(recordFile(), text);
    assertThat(state()).isEqualTo(new KeyState(Optional.empty(), Optional.of(Drift.UNMANAGED)));
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith(".serf-handler/config/product1/security.record is broken (")
        .endsWith(
            "); kept as .serf-handler/config/product1/security.record.broken, and"
                + " product1/security.json counts as it is")
        .doesNotContain("hunter2", "\n");
    assertThat(recordFile()).doesNotExist();
    assertThat(own("security.record.broken")).hasContent(text);
    Files.writeString(recordFile(), text);
    assertThat(listening().apply(update(2, "a"), "test").result()).isEqualTo(Result.OLDER_OR_EQUAL);
    assertThat(listening().apply(update(4, "b"), "test").result()).isEqualTo(Result.APPLIED);
    assertThat(versions(found())).containsExactly(4L, 3L);
  }

  @Test
  void setsARecordAsideWhoseContentIsAnother() throws Exception {
    store(folder).apply(update(3, "a"), "test");
    Files.writeString(recordFile(), Files.readString(recordFile()).replace("\"a\"", "\"b\""));
    assertThat(listening().content("product1", "security", update(3, "a").revision())).isEmpty();
    assertThat(told).singleElement().asString().contains("another SHA-256");
    assertThat(listening().record("product1", "security")).isEmpty();
  }

  @Test
  void takesNothingElseForARecord() throws Exception {
    store(folder).apply(update(3, "a"), "test");
    Path outside = Files.writeString(folder.resolve("outside"), "precious");
    Files.delete(recordFile());
    Files.createSymbolicLink(recordFile(), outside);
    assertThat(state().drift()).contains(Drift.UNMANAGED);
    assertThat(told).singleElement().asString().contains("it is no regular file");
    Files.delete(own("security.record.broken"));
    Process mkfifo = new ProcessBuilder("mkfifo", recordFile().toString()).start();
    assertThat(mkfifo.waitFor()).isZero();
    assertThat(listening().apply(update(4, "a"), "test").changed()).isTrue();
    assertThat(outside).hasContent("precious");
  }

  @Test
  void refusesLinksAmongTheRecords() throws Exception {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path config = folder.resolve(".serf-handler/config");
    Path product = Files.createDirectories(config.resolve("product1"));
    Files.createSymbolicLink(own("security.edited"), outside.resolve("x"));
    assertThatThrownBy(() -> store(folder).apply(update(1, "a"), "test"))
        .isInstanceOf(RejectedException.class)
        .hasMessageStartingWith(".serf-handler/config/product1/security.edited is a symbolic link");
    Files.delete(own("security.edited"));
    Files.delete(product);
    Files.createSymbolicLink(product, outside);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> store(folder).apply(update(1, "a"), "test"))
          .isInstanceOf(RejectedException.class)
          .hasMessageContaining("is a symbolic link");
      assertThatThrownBy(() -> store(folder).survey("product1"))
          .isInstanceOf(RejectedException.class);
      Files.delete(i == 0 ? product : config);
      if (i == 0) {
        Files.delete(config);
      }
      Files.createSymbolicLink(config, outside);
    }
    assertThat(outside).isEmptyDirectory();
    assertThat(file()).doesNotExist();
  }

  @Test
  void refusesOneKeyTooMany() throws Exception {
    ConfigStore small =
        store(folder, new ConfigFiles(Updates.files().batch()), Duration.ofSeconds(5), 2);
    small.apply(update("product1", "a", 1, "x"), "test");
    small.apply(ConfigUpdate.ofDeletion("product2", "b", 1), "test");
    assertThatThrownBy(() -> small.apply(update("product1", "c", 1, "x"), "test"))
        .isInstanceOf(RejectedException.class)
        .hasMessageStartingWith("product1/c is one key too many: this node keeps at most 2 keys");
    assertThat(small.apply(update("product1", "a", 2, "x"), "test").changed()).isTrue();
    assertThat(folder.resolve("product1/c.json")).doesNotExist();
  }

  @Test
  void appliesManyAtOnce() throws Exception {
    Files.createDirectories(folder.resolve("product1/dir.json"));
    Files.writeString(folder.resolve("product3"), "a file");
    List<ConfigUpdate> updates =
        List.of(
            update(1, "a"),
            update("services.json", "k", 1, "a"),
            update(3, "c"),
            update("product1", "dir", 1, "a"),
            update("product3", "k", 1, "a"),
            update(2, "b"),
            deletion(4),
            update("product2", "other", 1, "a"));
    List<Applied> applied = store(folder).applyAll(updates, "test");
    assertThat(applied)
        .extracting(Applied::result)
        .containsExactly(
            Result.APPLIED,
            Result.REJECTED,
            Result.APPLIED,
            Result.FAILED,
            Result.FAILED,
            Result.OLDER_OR_EQUAL,
            Result.APPLIED,
            Result.APPLIED);
    assertThat(applied.get(3).notice().orElseThrow()).contains("it is a directory");
    assertThat(file()).doesNotExist();
    assertThat(versions(found())).containsExactly(4L, 3L, 1L);
    assertThat(folder.resolve("product2/other.json")).exists();
    assertThat(store(folder).products()).containsExactly("product1", "product2");
    assertThat(store(folder).survey("product1").keySet()).containsExactly("dir", "security");
  }

  @Test
  void readsALongHeadAndKeepsNoOtherFiles() throws Exception {
    String origin = "\u2028".repeat(200);
    for (int version = 0; version < 120; version++) {
      ConfigStore store = store(folder, ConfigStore.MAX_HISTORY, told::add);
      store.apply(update(version, "a").withSignature("A".repeat(Signatures.LENGTH)), origin);
    }
    assertThat(found().versions()).hasSize(101);
    assertThat(found().newest().origin()).hasSize(RecordHead.LONGEST_ORIGIN);
    try (Stream<Path> left = Files.list(recordFile().getParent())) {
      assertThat(left).containsExactly(recordFile());
    }
    JsonObject content =
        listening().content("product1", "security", update(19, "a").revision()).orElseThrow();
    assertThat(content.required("user")).isEqualTo(JsonValue.of("a"));
  }
}
