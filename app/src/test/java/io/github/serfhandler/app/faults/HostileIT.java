package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.LiveFiles;
import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.app.system.ConfDir;
import io.github.serfhandler.app.system.ConfigFleet;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryRequest;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.TagChange;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.Records;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import io.github.serfhandler.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Somebody sends what nobody should. */
class HostileIT {
  private static final int BATCH = 100;
  private static final int LIES = 20;

  /** So many tags in a row are refused by chance less often than once in a million runs. */
  private static final int MOST_REFUSED = 50;

  /** What is sent at length is much more. */
  private static final long MOST_GROWN_KIB = 4 * 1024;

  @RegisterExtension final SerfCluster serf = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private Program agent(String rpcAddr, ConfDir conf) throws IOException {
    Path work = Files.createDirectories(temp.resolve("outer/work"));
    return programs.start(
        builder -> builder.directory(work.toFile()),
        "agent",
        "--rpc-addr=" + rpcAddr,
        conf.option(),
        "--config-sync-max=5s",
        "--script=user:told=cat >/dev/null",
        "--script=query:told=cat >/dev/null; echo told");
  }

  private ConfDir conf() {
    return new ConfDir(temp.resolve("outer/conf"));
  }

  @Fault("hostile events, queries and tags through a real Serf agent")
  void takesTheValidOnesAmongThousandsOfHostileOnes(Trial trial) throws IOException {
    SerfNode node =
        serf.start(
            SerfOptions.named("target")
                .withProfile("local")
                .withSetting("user_event_size_limit", 9216)
                .withTags(Map.of("products", "p", "svc", "p/web:80")));
    SerfNode tagged =
        serf.start(SerfOptions.named("hostile").withProfile("local").withTag("svc", "p/web:1"));
    tagged.join(node);
    ConfDir conf = conf();
    Program agent = agent(node.rpcAddr(), conf);
    conf.awaitNodes("p", "web", "hostile", "target");
    Waiting.until("handlers", () -> assertThat(conf.file(".serf-handler/handlers.json")).exists());
    HostileBytes hostile = new HostileBytes(trial.random());
    int batches = trial.rounds(6, 200);
    int sent = 0;
    int refused = 0;
    long before = 0;
    try (SerfClient client = client(node);
        SerfClient other = client(tagged)) {
      for (int batch = 1; batch <= batches; batch++) {
        for (int i = 0; i < BATCH; i++) {
          if (send(client, hostile, trial.random())) {
            sent++;
          } else {
            refused++;
          }
        }
        refused += setTags(other, hostile);
        if (batch == 1) {
          // They are in the files by now, and what loads the classes is done.
          conf.awaitNodes("p", "web", "target");
          before = LiveHeap.kib(agent);
        }
        ConfigUpdate valid = ConfigFleet.update("valid" + batch, batch, "valid");
        client.event("config_updated", message(valid), false);
        awaitFile(conf, valid);
        assertThat(conf.nodes("p", "web")).as("batch %d", batch).contains("target");
      }
      other.setTags(TagChange.none().set("svc", "p/web:1"));
    }
    conf.awaitNodes("p", "web", "hostile", "target");
    node.setTag("svc", "p/web:81");
    Waiting.until("port 81", () -> assertThat(conf.text("services.json")).contains("\"port\": 81"));
    assertThat(sent).as("payloads that Serf took").isGreaterThan(batches * BATCH / 2);
    assertUnharmed(agent, conf, sent);
    long grown = LiveHeap.kib(agent) - before;
    assertThat(grown).as("KiB that live on in the heap").isLessThan(MOST_GROWN_KIB);
    assertThat(agent.terminate()).isZero();
    trial.saw(
        "%,d payloads and %d changes of tags (%,d more refused by Serf), %d valid ones among them"
            + " all arrived, %d KiB more of %d live on in the heap, %d KiB of log",
        sent, batches, refused, batches, grown, before, agent.err().length() / 1024);
  }

  private static SerfClient client(SerfNode node) {
    return SerfClient.open(SerfClientOptions.builder().address(node.rpc()).build());
  }

  /** False where Serf itself refuses it. */
  private static boolean send(SerfClient client, HostileBytes hostile, Random random) {
    String name = hostile.name();
    try {
      if (random.nextInt(50) == 0) {
        QueryRequest query =
            QueryRequest.builder(name)
                .payload(Payload.of(hostile.payload(700)))
                .timeout(Duration.ofMillis(100))
                .build();
        var ignored = client.query(query).collect();
      } else {
        client.event(
            name, Payload.of(hostile.payload(random.nextInt(30) == 0 ? 8000 : 400)), false);
      }
      return true;
    } catch (SerfException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Sets hostile tags until Serf takes some, and gives how many it refused before. */
  private static int setTags(SerfClient client, HostileBytes hostile) {
    int refused = 0;
    while (!trySetTags(client, hostile)) {
      refused++;
      assertThat(refused).as("hostile tags that Serf takes none of").isLessThan(MOST_REFUSED);
    }
    return refused;
  }

  private static boolean trySetTags(SerfClient client, HostileBytes hostile) {
    try {
      client.setTags(
          TagChange.none()
              .set("svc", hostile.word() + "," + hostile.word() + "/" + hostile.word() + ":80")
              .set("role", hostile.word())
              .set("p.service_type", hostile.word()));
      return true;
    } catch (SerfException | IllegalArgumentException e) {
      return false;
    }
  }

  private static Payload message(ConfigUpdate update) {
    return Payload.ofText(
        "{\"p\":\"p\",\"k\":\"%s\",\"v\":%d,\"c\":%s}"
            .formatted(update.key(), update.version(), update.content().orElseThrow().compact()));
  }

  private static void awaitFile(ConfDir conf, ConfigUpdate update) {
    Waiting.until(
        update.key() + " among the hostile ones",
        () ->
            assertThat(conf.text("p/" + update.key() + ".json"))
                .isEqualTo(ConfigFleet.file(update)));
  }

  private void assertUnharmed(Program agent, ConfDir conf, int sent) {
    assertThat(agent.isRunning()).isTrue();
    String log = agent.err();
    assertThat(log).doesNotContain("\tat ", "Exception in thread", "OutOfMemory");
    assertThat(log.codePoints().filter(c -> c != '\n' && Character.isISOControl(c)).count())
        .as("control characters in the log")
        .isZero();
    // A line for each at most, and no line that is as long as the sender likes.
    assertThat(log.lines().count()).isLessThan(2L * sent + 1000);
    assertThat(log.lines().mapToInt(String::length).max().orElse(0)).isLessThan(2000);
    List<String> strange =
        LiveFiles.below(temp, name -> true).stream()
            .map(file -> temp.relativize(file).toString())
            .filter(name -> !name.matches("outer/conf/\\.serf-handler/.*"))
            .filter(name -> !name.matches("outer/conf/(services.json|services.yml)"))
            .filter(name -> !name.matches("outer/conf/fakedhosts.txt"))
            .filter(name -> !name.matches("outer/conf/p/[A-Za-z0-9][A-Za-z0-9._-]*\\.json"))
            .toList();
    assertThat(strange).as("files that should not be").isEmpty();
    assertThat(Path.of("/tmp/escaped")).doesNotExist();
    assertThat(conf.file("p")).isDirectoryNotContaining("glob:**.tmp*");
  }

  @Fault("records that no Serf agent would send")
  void followsAgainAfterRecordsOfAnAgentThatLies(Trial trial) throws IOException {
    try (FakeAgent fake = FakeAgent.start()) {
      fake.members(FakeMember.named("fake").withTag("products", "p").withTag("svc", "p/web:80"));
      ConfDir conf = conf();
      Program agent = agent(fake.rpcAddr(), conf);
      conf.awaitNodes("p", "web", "fake");
      Waiting.until("the stream", () -> assertThat(fake.awaitStream("stream")).isNotNull());
      HostileBytes hostile = new HostileBytes(trial.random());
      int rounds = trial.rounds(3, 60);
      int bad = 0;
      int first = fake.accepted();
      long before = 0;
      for (int round = 1; round <= rounds; round++) {
        int had = bad;
        for (int i = 0; i < LIES; i++) {
          bad += fake.push(lie(hostile, trial.random()));
        }
        // The first goes by the connection by which the valid one of before went.
        assertThat(bad).as("lies up to round %d", round).isGreaterThan(had);
        ConfigUpdate valid = ConfigFleet.update("valid" + round, round, "valid");
        long ltime = 1_000L * round;
        // Again until it is there: a lie may have ended the connection that this one goes by.
        Waiting.until(
            valid.key(),
            () -> {
              int ignored =
                  fake.push(Records.user(ltime, "config_updated", message(valid).bytes()));
              assertThat(conf.text("p/" + valid.key() + ".json"))
                  .isEqualTo(ConfigFleet.file(valid));
            });
        before = round == 1 ? LiveHeap.kib(agent) : before;
      }
      assertUnharmed(agent, conf, bad);
      int again = fake.accepted() - first;
      if (trial.isFull()) {
        assertThat(again).as("connections after a lie ended one").isPositive();
      }
      long grown = LiveHeap.kib(agent) - before;
      assertThat(grown).as("KiB that live on in the heap").isLessThan(MOST_GROWN_KIB);
      assertThat(agent.terminate()).isZero();
      trial.saw(
          "%,d lies, %,d new connections, %d valid updates among them all arrived, %d KiB more of"
              + " %d live on in the heap, %d KiB of log",
          bad, again, rounds, grown, before, agent.err().length() / 1024);
    }
  }

  private static Map<String, Object> lie(HostileBytes hostile, Random random) {
    byte[] payload = hostile.payload(2000);
    String name = hostile.name();
    return switch (random.nextInt(12)) {
      case 0 -> Records.user(-1, name, payload);
      case 1 -> Records.user(Long.MAX_VALUE, name, payload);
      case 2 -> Records.user(random.nextInt(1000), "n".repeat(100_000), payload);
      case 3 -> Records.user(random.nextInt(1000), name, new byte[1 << 20]);
      case 4 -> Wire.map("Event", "user", "LTime", "x", "Name", 7, "Payload", payload);
      case 5 -> Wire.map("Event", "user", "Name", List.of(name), "Payload", "text");
      case 6 -> Wire.map("Event", "user");
      case 7 -> Records.query(random.nextLong(), random.nextInt(1000), name, payload);
      case 8 -> Records.query(5, 5, "config_updated", payload);
      case 9 -> Wire.map("Event", "member-join", "Members", List.of(1, name, payload));
      case 10 -> Wire.map("Event", "user", "LTime", 3.5, "Name", name, "Payload", Map.of());
      default ->
          Wire.map(
              "Event",
              "user",
              "LTime",
              random.nextInt(1000),
              "Name",
              new String(payload, StandardCharsets.ISO_8859_1),
              "Payload",
              null);
    };
  }
}
