package io.github.serfhandler.app.commands.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.serfhandler.app.commands.config.KeyName;
import io.github.serfhandler.app.commands.config.ShortRevision;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiftTest {
  private static final Optional<ShortRevision> NONE = Optional.empty();
  private static final String WATCHER = "7@99";

  private static ConfigUpdate update(long version, String text) {
    return new ConfigUpdate("p", "k", version, JsonObject.builder().put("text", text).build());
  }

  private static Optional<ShortRevision> known(long version, String text) {
    return Optional.of(ShortRevision.of(update(version, text).revision()));
  }

  private static Optional<SentVersion> sent(long told, long version, String text) {
    return Optional.of(new SentVersion(WATCHER, told, known(version, text).orElseThrow()));
  }

  private static long lifted(
      ConfigUpdate update, Optional<ShortRevision> known, Optional<SentVersion> last) {
    return Lift.lift(update, known, last, WATCHER).version();
  }

  private static void assertRejected(
      ConfigUpdate update,
      Optional<ShortRevision> known,
      Optional<SentVersion> last,
      String reason) {
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> lifted(update, known, last))
        .withMessageContaining(reason);
  }

  @Test
  void leavesTheVersionOfEtcdWhereTheNodesTakeIt() {
    assertThat(lifted(update(5, "a"), NONE, Optional.empty())).isEqualTo(5);
    assertThat(lifted(update(5, "a"), known(4, "b"), Optional.empty())).isEqualTo(5);
    assertThat(lifted(update(5, "a"), known(5, "a"), Optional.empty())).isEqualTo(5);
    assertThat(lifted(update(5, "a"), known(4, "b"), sent(3, 3, "c"))).isEqualTo(5);
  }

  @Test
  void liftsWhatTheNodesWouldIgnore() {
    assertThat(lifted(update(5, "a"), known(5, "b"), Optional.empty())).isEqualTo(6);
    assertThat(lifted(update(5, "a"), known(900, "b"), Optional.empty())).isEqualTo(901);
    ConfigUpdate deletion = ConfigUpdate.ofDeletion("p", "k", 5);
    assertThat(lifted(deletion, known(900, "b"), Optional.empty())).isEqualTo(901);
    assertThat(Lift.lift(deletion, known(900, "b"), Optional.empty(), WATCHER).isDeletion())
        .isTrue();
  }

  @Test
  void doesNothingWhereTheNodesHoldIt() {
    assertRejected(update(5, "a"), known(9, "a"), Optional.empty(), "hold it already as version 9");
    Optional<ShortRevision> deleted = Optional.of(new ShortRevision(9, true, ""));
    assertRejected(ConfigUpdate.ofDeletion("p", "k", 5), deleted, Optional.empty(), "version 9");
    assertThat(lifted(update(5, "a"), deleted, Optional.empty())).isEqualTo(10);
  }

  @Test
  void refusesToGoBeyondTheHighestVersion() {
    assertRejected(
        update(5, "a"),
        known(ConfigUpdate.MAX_VERSION, "b"),
        Optional.empty(),
        "serf-handler config status p k");
  }

  @Test
  void countsWhatWasSentBeforeAnyNodeTellsOfIt() {
    assertThat(lifted(update(5, "a"), known(9, "a"), sent(4, 10, "stale"))).isEqualTo(11);
    assertThat(lifted(update(5, "a"), NONE, sent(5, 10, "a")))
        .as("sent, but nobody tells of it")
        .isEqualTo(10);
  }

  @Test
  void ignoresWhatANewerChangeOfTheSameWatchOvertook() {
    assertRejected(update(5, "a"), known(8, "b"), sent(8, 8, "b"), "version 8, was faster");
    SentVersion other = new SentVersion("8@99", 8, known(8, "b").orElseThrow());
    assertThat(lifted(update(5, "a"), known(8, "b"), Optional.of(other)))
        .as("another etcdctl: etcd may have been rebuilt")
        .isEqualTo(9);
    SentVersion byHand = new SentVersion(WatchProcess.NONE, 8, known(8, "b").orElseThrow());
    assertThat(
            Lift.lift(update(5, "a"), known(8, "b"), Optional.of(byHand), WatchProcess.NONE)
                .version())
        .isEqualTo(9);
  }

  @Test
  void remembersWhatWasSent(@TempDir Path conf) throws InterruptedException {
    List<String> warnings = new ArrayList<>();
    KeyName name = new KeyName("p", "k");
    try (SentRecord record = SentRecord.take(conf, name, warnings::add)) {
      assertThat(record.last()).isEmpty();
      record.write(sent(5, 123456, "a").orElseThrow());
      record.write(sent(6, 7, "a").orElseThrow());
    }
    SentVersion deleted = new SentVersion(WATCHER, 8, new ShortRevision(9, true, ""));
    try (SentRecord record = SentRecord.take(conf, name, warnings::add)) {
      assertThat(record.last()).isEqualTo(sent(6, 7, "a"));
      record.write(deleted);
    }
    try (SentRecord record = SentRecord.take(conf, name, warnings::add)) {
      assertThat(record.last()).contains(deleted);
    }
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "1 7@99 5 5 ab", "2 7@99 5 5 ab\n", "1 7@99 5 x ab\n", "1 7@99 5\n"})
  void forgetsWhatACrashLeft(String line, @TempDir Path conf) throws Exception {
    Path file = conf.resolve(".serf-handler/etcd/p/k");
    Files.createDirectories(file.getParent());
    Files.writeString(file, line);
    try (SentRecord record = SentRecord.take(conf, new KeyName("p", "k"), w -> {})) {
      assertThat(record.last()).isEmpty();
    }
  }

  @Test
  void goesOnWhereNothingCanBeRemembered(@TempDir Path conf) throws Exception {
    Files.writeString(conf.resolve(".serf-handler"), "a file");
    List<String> warnings = new ArrayList<>();
    try (SentRecord record = SentRecord.take(conf, new KeyName("p", "k"), warnings::add)) {
      record.write(sent(5, 5, "a").orElseThrow());
      assertThat(record.last()).isEmpty();
    }
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).startsWith("cannot remember what is sent in ");
  }
}
