package io.github.serfhandler.app.commands.etcd;

import static io.github.serfhandler.app.commands.etcd.WatchedChangeTest.v2;
import static io.github.serfhandler.app.commands.etcd.WatchedChangeTest.v3;
import static io.github.serfhandler.app.commands.etcd.WatchedChangeTest.variables;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.cli.Cli;
import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.CommandTable;
import io.github.serfhandler.app.cli.Output;
import io.github.serfhandler.app.commands.config.FakeFleet;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.SigningKey;
import io.github.serfhandler.replica.StatusAnswer;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in this process, before a fake agent. */
class EtcdCommandTest {
  private static final String OK = "{\"user\":\"me\"}";

  @TempDir Path temp;

  private final AtomicLong nanos = new AtomicLong();
  private final List<Long> pauses = new ArrayList<>();

  /** What the command has printed, and its status. */
  private record Run(int status, String out, String err) {
    void assertPropagated() {
      assertThat(this).isEqualTo(new Run(0, "propagated\n", ""));
    }

    void assertIgnored(String... texts) {
      assertThat(status).as(toString()).isZero();
      assertThat(out).isEqualTo("ignored\n");
      assertThat(err.lines()).hasSize(1);
      assertThat(err).startsWith("serf-handler: ignored \"").contains(texts);
    }
  }

  private Run run(WatchVariables told, String... args) {
    return run(told, millis -> {}, args);
  }

  private Run run(WatchVariables told, Patience.Pause inPause, String... args) {
    Patience patience =
        new Patience(
            Duration.ofSeconds(30),
            nanos::get,
            millis -> {
              pauses.add(millis);
              nanos.addAndGet(millis * 1_000_000);
              inPause.millis(millis);
            });
    EtcdCommand command = new EtcdCommand(() -> told, () -> "7@99", patience);
    CommandTable table =
        new CommandTable() {
          @Override
          public List<String> names() {
            return List.of("etcd");
          }

          @Override
          public Optional<Command> find(String name) {
            return Optional.of(command);
          }
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Cli cli = new Cli(table, Map.of(), new Output(out), new Output(err), () -> "test");
    List<String> all = new ArrayList<>(List.of("etcd", "--conf-dir=" + temp.resolve("conf")));
    all.addAll(List.of(args));
    int status = cli.run(all.toArray(new String[0]));
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static ConfigUpdate sent(FakeFleet fleet) {
    Request event = fleet.event();
    assertThat(event.field("Coalesce")).isEqualTo(false);
    assertThat(event.field("Name")).isEqualTo("config_updated");
    return FakeFleet.message(event).update();
  }

  @Test
  void publishesWhatWasSet() {
    try (FakeFleet fleet = new FakeFleet()) {
      run(v2("set", "/shop/db", "12", OK), fleet.option()).assertPropagated();
      assertThat(sent(fleet)).hasToString("shop/db version 12");
      assertThat(sent(fleet).content().orElseThrow().compact()).isEqualTo(OK);
      assertThat(fleet.queries("config_status")).hasSize(1);
    }
  }

  @Test
  void publishesAsAQueryWhatIsTooLongForAnEvent() {
    try (FakeFleet fleet = new FakeFleet()) {
      String value = "{\\\"user\\\":\\\"" + "x".repeat(600) + "\\\"}";
      run(v3("PUT", "/shop/db", "12", value), fleet.option()).assertPropagated();
      assertThat(fleet.queries("config_updated")).hasSize(1);
    }
  }

  @Test
  void asksThreeNodesAtMost() {
    try (FakeFleet fleet = new FakeFleet()) {
      run(v2("set", "/shop/db", "12", OK), fleet.option()).assertPropagated();
      Request query = fleet.queries("config_status").get(0);
      assertThat((List<?>) query.field("FilterNodes"))
          .map(Object::toString)
          .containsExactlyInAnyOrder("node1", "node2", "node10");
    }
  }

  @Test
  void liftsTheVersionOfAnEtcdThatWasRebuilt() {
    try (FakeFleet fleet = new FakeFleet().holds("node2", 900)) {
      Run run = run(v2("set", "/shop/db", "12", OK), fleet.option());
      assertThat(run.status()).isZero();
      assertThat(run.out()).isEqualTo("propagated\n");
      assertThat(run.err())
          .isEqualTo(
              "serf-handler: shop/db version 12 went out as version 901, for the nodes knew a"
                  + " newer one; was etcd rebuilt?\n");
      assertThat(sent(fleet).version()).isEqualTo(901);
    }
  }

  @Test
  void sendsNothingThatTheNodesHoldAlready() {
    String hash = new ConfigUpdate("shop", "db", 1, json()).revision().sha256().substring(0, 16);
    try (FakeFleet fleet = new FakeFleet()) {
      fleet.key("node2", new StatusAnswer.KeyStatus(900, false, hash, "", Optional.empty()));
      run(v2("set", "/shop/db", "12", OK), fleet.option())
          .assertIgnored("\"/shop/db\"", "the nodes hold it already as version 900");
      fleet.assertNothingSent();
    }
  }

  private static io.github.serfhandler.json.JsonObject json() {
    return io.github.serfhandler.source.ValueFormat.JSON.parse(OK.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void doesNotTakeALateChangeForOneOfARebuiltEtcd() {
    try (FakeFleet fleet = new FakeFleet()) {
      run(v2("set", "/shop/db", "12", OK), fleet.option()).assertPropagated();
      run(v2("set", "/shop/db", "11", "{}"), fleet.option())
          .assertIgnored("a newer change of it, version 12, was faster");
      assertThat(sent(fleet).version()).isEqualTo(12);
    }
  }

  @Test
  void ignoresWhatCanNeverBePublished() {
    try (FakeFleet fleet = new FakeFleet()) {
      String rpc = fleet.option();
      String secret = "hunter2";
      List<WatchVariables> hopeless =
          List.of(
              v2("set", "/shop/db", "1", secret),
              v2("set", "/shop/db", "1", ""),
              v2("set", "/shop/db", "1", "\"" + secret + "\""),
              v2("set", "/shop/db", "1", "{\"_version\":1,\"a\":\"" + secret + "\"}"),
              v2("set", "/shop/db", "1", "{\"a\":\"" + secret + "\u0080\"}"),
              v2("set", "/shop/db", "1", "{\"a\":\"" + secret + "x".repeat(2000) + "\"}"),
              v2("set", "/shop", "1", "{}"),
              v2("set", "/shop/a/b", "1", "{}"),
              v2("set", "/../db", "1", "{}"),
              v2("set", "/shop/db\n\u001b[2J", "1", "{}"),
              v2("set", "/shop/db", "9007199254740992", "{}"),
              v2("get", "/shop/db", "1", "{}"),
              v2("delete", "/shop/db", "1", ""),
              v3("PUT", "/shop/db", "1", "a\\x00\\xff"),
              v3("PUT", "/shop/d\\nb", "1", "{}"),
              v3("DELETE", "/shop/db", "1", ""));
      for (WatchVariables told : hopeless) {
        Run run = run(told, rpc);
        run.assertIgnored("\": ");
        assertThat(run.err()).doesNotContain(secret).doesNotContain("\u001b");
      }
      fleet.assertNothingSent();
      run(
              v2("set", "/shop/db", "1", "{}"),
              rpc,
              "--trusted=ops:7JS4ll4vyLQcJbHXky4_cmQLoNFRw46iD_KoJRuT6BQ")
          .assertIgnored("not signed", "--signing-key=FILE");
      run(v2("set", "/shop/db", "1", "{}"), rpc, "--prefix=/config")
          .assertIgnored("begins with none of the prefixes");
      fleet.assertNothingSent();
    }
  }

  @Test
  void mapsKeysByPrefixAndPattern() {
    for (String[] settings :
        new String[][] {
          {"--prefix=/config", "--keys=/PRODUCT/KEY"},
          {"--prefix=/config/", "--keys=/PRODUCT/KEY"},
          {"--prefix=/config/", "--keys=PRODUCT/KEY"},
          {"--prefix=/other,/config", "--keys=/PRODUCT/KEY"},
          {"--keys=/config/PRODUCT/KEY"}
        }) {
      try (FakeFleet fleet = new FakeFleet()) {
        List<String> args = new ArrayList<>(List.of(settings));
        args.add(fleet.option());
        run(v2("set", "/config/shop/db", "12", OK), args.toArray(new String[0])).assertPropagated();
        assertThat(sent(fleet)).hasToString("shop/db version 12");
      }
    }
  }

  @Test
  void publishesDeletionsWhereThatIsOn() {
    try (FakeFleet fleet = new FakeFleet()) {
      run(v3("DELETE", "/shop/db", "12", ""), fleet.option(), "--deletes=on").assertPropagated();
      assertThat(FakeFleet.message(fleet.event()).deletion())
          .hasToString("shop/db version 12 (deleted)");
    }
  }

  @Test
  void signsWhereThereIsAKey() throws IOException {
    SigningKey.Pair pair = SigningKey.generate("ops");
    Path key = Files.writeString(temp.resolve("key"), pair.text());
    try (FakeFleet fleet = new FakeFleet().holds("node1", 20)) {
      Run run =
          run(
              v2("set", "/shop/db", "12", OK),
              fleet.option(),
              "--signing-key=" + key,
              "--trusted=" + pair.publicKey().text());
      assertThat(run.out()).isEqualTo("propagated\n");
      assertThat(sent(fleet).version()).isEqualTo(21);
      assertThat(sent(fleet).signature()).isPresent();
    }
    Run bad = run(v2("set", "/shop/db", "13", OK), "--signing-key=" + temp.resolve("none"));
    assertThat(bad.out()).isEmpty();
  }

  @Test
  void warnsWhereNoNodeBelongsToTheProduct() {
    try (FakeFleet fleet = new FakeFleet()) {
      Run run = run(v2("set", "/shopp/db", "12", OK), fleet.option());
      assertThat(run.out()).isEqualTo("propagated\n");
      assertThat(run.err()).contains("no alive node belongs to shopp").hasLineCount(1);
    }
  }

  @Test
  void waitsForAnAgentThatComesBack() {
    try (FakeAgent agent = FakeAgent.start()) {
      agent.stop();
      Run run =
          run(
              v2("set", "/shop/db", "12", OK),
              millis -> {
                if (pauses.size() == 4) {
                  agent.restart();
                }
              },
              "--rpc-addr=" + agent.rpcAddr());
      assertThat(run.status()).as(run.toString()).isZero();
      assertThat(run.out()).isEqualTo("propagated\n");
      assertThat(run.err())
          .containsOnlyOnce("trying again for 30 s")
          .contains("warning: cannot reach the Serf agent at " + agent.rpcAddr());
      assertThat(pauses).startsWith(100L, 200L, 400L, 800L);
      assertThat(agent.requests("event")).hasSize(1);
    }
  }

  @Test
  void givesUpOnAnAgentThatStaysAway() {
    Run run = run(v2("set", "/shop/db", "12", OK), "--rpc-addr=127.0.0.1:1");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err())
        .contains("serf-handler: cannot publish shop/db version 12 within 30 s")
        .contains("cannot reach the Serf agent at 127.0.0.1:1");
    assertThat(nanos.get()).isBetween(30_000_000_000L, 31_000_000_000L);
  }

  @Test
  void failsAtOnceWithAWrongKey() {
    try (FakeAgent agent = FakeAgent.start().authKey("right")) {
      Run run =
          run(v2("set", "/shop/db", "12", OK), "--rpc-addr=" + agent.rpcAddr(), "--rpc-auth=wrong");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).hasSize(1);
      assertThat(pauses).isEmpty();
    }
  }

  @Test
  void ignoresWhatTheAgentRefusesForGood() {
    try (FakeAgent agent = FakeAgent.start()) {
      agent.on("event", x -> x.error("user event exceeds limit of 400 bytes"));
      Run run = run(v2("set", "/shop/db", "12", OK), "--rpc-addr=" + agent.rpcAddr());
      assertThat(run.out()).isEqualTo("ignored\n");
      assertThat(run.err()).contains("exceeds limit of 400 bytes");
      assertThat(pauses).isEmpty();
    }
  }

  @Test
  void saysHowToCallItWithoutVariables() {
    Run run = run(variables());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("ETCD_WATCH_ACTION=set ETCD_WATCH_KEY=/product1/security")
        .hasLineCount(1);
  }
}
