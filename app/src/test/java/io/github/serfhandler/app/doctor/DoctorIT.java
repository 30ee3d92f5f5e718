package io.github.serfhandler.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.app.settings.SettingsLoader;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.client.SerfCommandException;
import io.github.serfhandler.client.TagChange;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The doctor before an agent, a real one or one that plays a part. */
class DoctorIT {
  @RegisterExtension static final SerfCluster SERF = SerfCluster.create();

  @TempDir Path folder;

  @Test
  void findsARealAgentInGoodHealth() {
    SerfNode node = SERF.start("doctor1");
    node.setTags(Map.of("products", "product1", "svc", "product1/web:80"));
    List<String> found = examine(node.rpcAddr(), Map.of());
    assertThat(found)
        .contains(
            "ok agent: answers at " + node.rpcAddr(),
            "ok rpc key: none is needed",
            "ok node name: doctor1",
            "ok cluster: 1 members, 1 alive",
            "ok own tags: products product1, 1 services",
            "ok tags of others: all can be used",
            "ok subscription: subscribed [product1], observed []")
        .noneMatch(text -> text.startsWith("fail"));
    assertThat(found).anyMatch(text -> text.startsWith("ok rpc latency: a call takes "));
    assertThat(found).anyMatch(text -> text.startsWith("ok serf program: "));
  }

  /** The limit is Serf's: exactly as many bytes as the doctor counts are accepted, and no more. */
  @Test
  void countsTheBytesOfTagsExactlyAsSerfDoes() {
    SerfNode node = SERF.start("doctor2");
    try (SerfClient client =
        SerfClient.open(SerfClientOptions.builder().address(node.rpc()).build())) {
      Map<String, String> base = client.stats().tags();
      String longest = "x".repeat(TagChecks.LIMIT - TagChecks.encodedSize(base) - 2 - 3);
      assertThatCode(() -> client.setTags(TagChange.none().set("a", longest)))
          .doesNotThrowAnyException();
      assertThat(TagChecks.encodedSize(client.stats().tags())).isEqualTo(TagChecks.LIMIT);
      assertThatThrownBy(() -> client.setTags(TagChange.none().set("a", longest + "x")))
          .isInstanceOf(SerfCommandException.class);
    }
  }

  @Test
  void tellsThatNoAgentAnswersAndLooksAtTheRest() {
    List<String> found = examine("127.0.0.1:1", Map.of());
    assertThat(found).anyMatch(text -> text.startsWith("fail agent: "));
    assertThat(found).anyMatch(text -> text.startsWith("warn conf dir: "));
    assertThat(found).anyMatch(text -> text.startsWith("ok clock: "));
  }

  @Test
  void tellsThatTheKeyIsWrong() {
    try (FakeAgent agent = FakeAgent.start().authKey("right")) {
      assertThat(examine(agent.rpcAddr(), Map.of("--rpc-auth", "wrong-one")))
          .anyMatch(text -> text.startsWith("fail agent: ") && text.contains("key"))
          .noneMatch(text -> text.contains("wrong-one"));
      assertThat(examine(agent.rpcAddr(), Map.of("--rpc-auth", "right")))
          .contains("ok rpc key: the agent accepts the key");
    }
  }

  @Test
  void tellsOfFailedMembersAndAnOverloadedAgent() {
    try (FakeAgent agent = FakeAgent.start()) {
      agent.members(
          FakeMember.named("fake"),
          FakeMember.named("down1").withStatus("failed"),
          FakeMember.named("gone").withStatus("left"));
      agent.serfStat("health_score", "3");
      assertThat(examine(agent.rpcAddr(), Map.of()))
          .contains(
              "warn cluster: 3 members, 1 alive, failed: down1 - bring them back, or: serf"
                  + " force-leave NAME",
              "warn agent health: the agent does not keep up (health score 3, 0 is well) - is the"
                  + " machine overloaded, or the network?");
    }
  }

  @Test
  void tellsWhetherTheFilesAreCurrent() throws Exception {
    try (FakeAgent agent = FakeAgent.start()) {
      agent.members(FakeMember.named("fake").withTag("products", "p").withTag("svc", "p/web:80"));
      Map<String, String> flags = Map.of("--hosts-slots", "2");
      Path json = folder.resolve("conf/services.json");
      Path hosts = folder.resolve("conf/fakedhosts.txt");
      assertThat(examine(agent.rpcAddr(), flags))
          .contains("warn files: " + json + " does not exist yet - run: serf-handler members");
      Files.createDirectories(json.getParent());
      Files.writeString(json, "{}\n");
      String line = "127.0.0.1\tsvc-p-web-";
      Files.writeString(hosts, line + "0\n" + line + "1\n");
      assertThat(examine(agent.rpcAddr(), flags))
          .anyMatch(text -> text.startsWith("warn files: " + json + " differs from what"))
          .contains("ok files: " + hosts + " is current");
    }
  }

  @Test
  void comparesFilesWithABlockAndThoseThatAreChecked() throws Exception {
    try (FakeAgent agent = FakeAgent.start()) {
      agent.members(FakeMember.named("fake").withTag("products", "p").withTag("svc", "p/web:80"));
      Path near = Files.writeString(folder.resolve("near"), "{{ nearest(nodes())[0] }}");
      Path wrong = Files.writeString(folder.resolve("wrong"), "{{ wrong }}");
      Path block = folder.resolve("hosts");
      String files =
          "hosts=%s\nhaproxy=%s\ntemplate=%s:%s\ntemplate=%s:%s"
              .formatted(
                  block,
                  folder.resolve("cfg"),
                  near,
                  folder.resolve("n"),
                  wrong,
                  folder.resolve("w"));
      Files.writeString(
          block,
          """
          theirs
          # BEGIN serf-handler
          # written by serf-handler; changes between these two lines are lost
          127.0.0.1\tsvc-p-web-0
          # END serf-handler
          theirs too
          """);
      assertThat(examine(agent.rpcAddr(), Map.of("--file", files, "--hosts-slots", "1")))
          .contains(
              "ok files: " + block + " is current",
              "warn files: "
                  + folder.resolve("cfg")
                  + " does not exist yet - run: serf-handler members",
              "ok files: "
                  + folder.resolve("n")
                  + " hangs on distances; to compare it: serf-handler render --dry-run")
          .anyMatch(text -> text.startsWith("fail files: ") && text.contains("line 1: unknown"));
      Files.writeString(block, Files.readString(block).replace("web", "old"));
      assertThat(examine(agent.rpcAddr(), Map.of("--file", files, "--hosts-slots", "1")))
          .anyMatch(text -> text.startsWith("warn files: " + block + " differs"));
    }
  }

  private List<String> examine(String rpcAddr, Map<String, String> more) {
    Map<String, String> flags = new HashMap<>(more);
    flags.put("--rpc-addr", rpcAddr);
    flags.put("--conf-dir", folder.resolve("conf").toString());
    return new Doctor(SettingsLoader.load(Map.of(), flags), System.getenv(), Clock.systemUTC())
        .examine().stream().map(Check::toString).toList();
  }
}
