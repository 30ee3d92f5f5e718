package io.github.serfhandler.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.config.Announcement;
import io.github.serfhandler.config.ConfigMessage;
import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.config.SigningKey;
import io.github.serfhandler.config.Trust;
import io.github.serfhandler.discovery.PassResult;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.replica.Gate;
import io.github.serfhandler.replica.Replica;
import io.github.serfhandler.replica.StatusAnswer;
import io.github.serfhandler.replica.StatusQuestion;
import io.github.serfhandler.replica.Watcher;
import io.github.serfhandler.store.FileStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of each message about configuration. */
class ConfigMessagesTest {
  private static final SigningKey.Pair ALICE = SigningKey.generate("alice");

  @TempDir Path folder;

  private final List<String> lines = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();
  private final ConfigHandler handler = new ConfigHandler();
  private Node node;

  /** A node of shop. */
  private record Node(Path confDir, Replica replica, List<String> lines) implements LocalNode {
    @Override
    public Self self() {
      return Self.of("n1", Map.of());
    }

    @Override
    public List<Member> members() {
      throw new AssertionError("not asked for");
    }

    @Override
    public PassResult refreshFiles() {
      throw new AssertionError("not asked for");
    }

    @Override
    public Subscription subscription() {
      return Subscription.of(List.of("shop"), List.of());
    }

    @Override
    public void log(System.Logger.Level level, String text) {
      lines.add(level + " " + text);
    }
  }

  @BeforeEach
  void makeNode() {
    node = node(Trust.EVERYONE);
  }

  private Node node(Trust trust) {
    Clock clock = Clock.systemUTC();
    ConfigStore store =
        new ConfigStore(folder, new FileStore(clock, lines::add), clock, 10, lines::add);
    return new Node(folder, new Replica(store, trust, Gate.OPEN), lines);
  }

  private CallResult event(String name, byte[] payload) {
    return Call.of(handler, new UserEvent(1, name, Payload.of(payload), false), node);
  }

  private String ask(String name, byte[] payload) {
    return Call.of(handler, new QueryEvent(0, 0, 1, name, Payload.of(payload)), node)
        .answer()
        .map(Payload::text)
        .orElse("none");
  }

  private static ConfigUpdate update(long version) {
    return new ConfigUpdate("shop", "db", version, JsonObject.builder().put("n", version).build());
  }

  private Path file() {
    return folder.resolve("shop/db.json");
  }

  @Test
  void deletesAndDoesNotBringBackWhatComesLate() {
    assertThat(ask("config_updated", ConfigMessage.of(update(3)))).isEqualTo("ok");
    ConfigUpdate deletion = ConfigUpdate.ofDeletion("shop", "db", 4);
    assertThat(ask("config_deleted", ConfigMessage.of(deletion))).isEqualTo("ok");
    assertThat(file()).doesNotExist();
    assertThat(event("config_updated", ConfigMessage.of(update(3))).outcome())
        .isEqualTo(Outcome.HANDLED);
    assertThat(ask("config_updated", ConfigMessage.of(update(4)))).isEqualTo("ok");
    assertThat(file()).as("a content wins over a deletion of its version").exists();
    assertThat(ask("config_deleted", ConfigMessage.of(deletion))).isEqualTo("ok");
    assertThat(file()).exists();
    ConfigUpdate later = ConfigUpdate.ofDeletion("shop", "db", 5);
    assertThat(event("config_deleted", ConfigMessage.of(later)).outcome())
        .isEqualTo(Outcome.HANDLED);
    assertThat(file()).doesNotExist();
    assertThat(event("config_updated", ConfigMessage.of(update(4))).outcome())
        .isEqualTo(Outcome.HANDLED);
    assertThat(file()).doesNotExist();
  }

  @Test
  void answersNothingWhereNoAnswerIsWanted() {
    assertThat(ask("config_updated", ConfigMessage.quiet(update(1)))).isEqualTo("none");
    assertThat(file()).exists();
  }

  @Test
  void handsAnnouncementsAndDigestsToWhoWatches() {
    node.replica()
        .watch(
            new Watcher() {
              @Override
              public boolean announced(Announcement announcement) {
                return seen.add(announcement.toString());
              }

              @Override
              public void digest(byte[] payload) {
                seen.add(new String(payload, StandardCharsets.UTF_8));
              }
            });
    assertThat(event("config_digest", "whatever".getBytes(StandardCharsets.UTF_8)).outcome())
        .isEqualTo(Outcome.HANDLED);
    assertThat(event("config_announced", announcement(2)).outcome()).isEqualTo(Outcome.HANDLED);
    assertThat(ask("config_updated", ConfigMessage.of(update(2)))).isEqualTo("ok");
    // Held by now.
    assertThat(event("config_announced", announcement(2)).outcome()).isEqualTo(Outcome.HANDLED);
    assertThat(seen).containsExactly("whatever", "shop/db version 2");
  }

  @Test
  void saysThatNobodyHereFetchesWhatIsAnnounced() {
    assertThat(event("config_announced", announcement(2)).outcome()).isEqualTo(Outcome.HANDLED);
    assertThat(lines).anyMatch(line -> line.contains("this process fetches nothing from peers"));
  }

  private static byte[] announcement(long version) {
    Revision revision = update(version).revision();
    return ConfigMessage.of(
        new Announcement("shop", "db", revision, 7, Optional.empty(), "holder"));
  }

  @Test
  void tellsItsStatusOfItsProductsAlone() {
    assertThat(ask("config_updated", ConfigMessage.of(update(7)))).isEqualTo("ok");
    byte[] question = StatusQuestion.of("shop", "db").payload();
    StatusAnswer answer =
        StatusAnswer.parse(ask("config_status", question).getBytes(StandardCharsets.UTF_8));
    assertThat(answer.key().orElseThrow().version()).isEqualTo(7);
    assertThat(ask("config_status", StatusQuestion.of("other").payload())).isEqualTo("none");
    StatusAnswer all =
        StatusAnswer.parse(ask("config_status", new byte[0]).getBytes(StandardCharsets.UTF_8));
    assertThat(all.products()).hasSize(1);
    assertThat(ask("config_status", "[]".getBytes(StandardCharsets.UTF_8))).startsWith("error: ");
  }

  @Test
  void aReplayOfAnOldSignedUpdateChangesNothing() {
    node = node(Trust.of(List.of(ALICE.publicKey())));
    SigningKey key = SigningKey.parse(ALICE.text());
    byte[] old = ConfigMessage.of(key.sign(update(1)));
    byte[] newest = ConfigMessage.of(key.sign(update(2)));
    assertThat(ask("config_updated", old)).isEqualTo("ok");
    assertThat(ask("config_updated", newest)).isEqualTo("ok");
    assertThat(ask("config_updated", old)).isEqualTo("ok");
    assertThat(file()).content().contains("\"_version\": 2");
    assertThat(ask("config_deleted", ConfigMessage.of(ConfigUpdate.ofDeletion("shop", "db", 9))))
        .startsWith("error: not signed");
    assertThat(file()).content().contains("\"_version\": 2");
  }

  @Test
  void tellsARejectionThatComesAgainAndAgainOnce() {
    for (int i = 0; i < 10; i++) {
      assertThat(ask("config_updated", "{}".getBytes(StandardCharsets.UTF_8)))
          .isEqualTo("error: p is missing");
    }
    assertThat(lines.stream().filter(line -> line.startsWith("WARNING"))).hasSize(1);
    assertThat(handler.rejected()).isEqualTo(10);
  }
}
