package io.github.serfhandler.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.config.SigningKey;
import io.github.serfhandler.config.Trust;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.replica.StatusAnswer.KeyStatus;
import io.github.serfhandler.store.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaTest implements Watcher {
  private static final StatusQuestion OF_DB = StatusQuestion.of("shop", "db");

  @TempDir Path confDir;
  private final List<String> told = new ArrayList<>();

  private Replica replica(Trust trust, Gate gate) {
    FileStore files = new FileStore(Clock.systemUTC(), notice -> {});
    Replica replica =
        new Replica(
            new ConfigStore(confDir, files, Clock.systemUTC(), 3, notice -> {}), trust, gate);
    replica.watch(this);
    return replica;
  }

  private static ConfigUpdate update(long version) {
    return new ConfigUpdate("shop", "db", version, JsonObject.EMPTY);
  }

  private static Optional<KeyStatus> status(Replica replica) throws InterruptedException {
    return replica.status(OF_DB, Set.of("shop")).orElseThrow().key();
  }

  @Override
  public void heard(String product, String key, Revision revision) {
    told.add("heard " + revision.version());
  }

  @Override
  public void changed(String product, String key, Revision revision) {
    told.add("changed to " + revision.version());
  }

  @Test
  void tellsThoseWhoWatchWhatIsHeardAndWhatChanges() throws Exception {
    Replica replica = replica(Trust.EVERYONE, Gate.OPEN);
    assertThat(replica.receive(update(2), "event").changed()).isTrue();
    assertThat(replica.receive(update(1), "event").changed()).isFalse();
    assertThat(told).containsExactly("heard 2", "changed to 2", "heard 1");
  }

  @Test
  void asksTheGateAboutWhatIsNewAloneAndRemembersItsRefusal() throws Exception {
    List<Long> asked = new ArrayList<>();
    Replica replica =
        replica(
            Trust.EVERYONE,
            update -> {
              asked.add(update.version());
              return update.version() > 2 ? Optional.of("too new") : Optional.empty();
            });
    replica.receive(update(2), "event");
    replica.receive(update(2), "event");
    assertThatThrownBy(() -> replica.receive(update(3), "event"))
        .isInstanceOf(RejectedException.class)
        .hasMessage("too new");
    assertThat(replica.receiveAll(List.of(update(3), update(1)), "peer").refused()).hasSize(1);
    assertThat(asked).containsExactly(2L, 3L, 3L);
    assertThat(status(replica)).map(KeyStatus::version).hasValue(2L);
    assertThat(status(replica).flatMap(KeyStatus::refused)).hasValue(3L);
  }

  @Test
  void takesNeitherByEventNorByPeerWhatIsNotSigned() throws Exception {
    SigningKey.Pair pair = SigningKey.generate("ops");
    Replica replica = replica(Trust.of(List.of(pair.publicKey())), Gate.OPEN);
    assertThatThrownBy(() -> replica.receive(update(1), "event"))
        .isInstanceOf(RejectedException.class);
    assertThat(replica.receiveAll(List.of(update(1)), "peer").refused()).hasSize(1);
    assertThat(told).isEmpty();
    ConfigUpdate signed = SigningKey.parse(pair.text()).sign(update(1));
    assertThat(replica.receiveAll(List.of(signed), "peer").changed()).isEqualTo(1);
  }

  @Test
  void tellsTheStatusOfAKeyByItsFilesHoweverFarBehindAnIndexIs() throws Exception {
    Replica replica = replica(Trust.EVERYONE, Gate.OPEN);
    replica.index(product -> new TreeMap<>());
    assertThat(status(replica)).isEmpty();
    replica.receive(update(7), "event");
    assertThat(status(replica)).map(KeyStatus::version).hasValue(7L);
  }

  @Test
  void tellsTheVersionOfAFileWithoutARecordWhichANewOneMustExceed() throws Exception {
    Replica replica = replica(Trust.EVERYONE, Gate.OPEN);
    Files.createDirectories(confDir.resolve("shop"));
    Files.write(confDir.resolve("shop/db.json"), update(12).fileBytes());
    assertThat(status(replica))
        .hasValueSatisfying(
            key -> {
              assertThat(key.version()).isEqualTo(12);
              assertThat(key.drift()).isEqualTo("unmanaged");
            });
  }
}
