package io.github.serfhandler.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.catalog.GuardSettings;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.SerfProtocolException;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.render.HostsRenderer;
import io.github.serfhandler.render.JsonRenderer;
import io.github.serfhandler.render.NginxRenderer;
import io.github.serfhandler.render.YamlRenderer;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
  private static final Interest OWN_TAGS = new Interest(Optional.empty(), List.of());

  private static final Member SELF =
      Fixtures.member(
          "node1",
          "10.0.0.1",
          MemberStatus.ALIVE,
          "products=p1:p2",
          "svc=p1/web:80",
          "p2.service_type=");

  @TempDir Path folder;

  private final ManualClock clock = ManualClock.create();
  private final List<String> warnings = new ArrayList<>();

  private Discovery discovery(Interest interest) {
    return new Discovery(
        folder,
        interest,
        FileSpec.plain(folder, new JsonRenderer(), new YamlRenderer(), new HostsRenderer(2)),
        GuardSettings.DEFAULT,
        new FileStore(clock, warnings::add),
        clock,
        warnings::add);
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private static Member web(String name, String addr, MemberStatus status) {
    return Fixtures.member(name, addr, status, "svc=p1/web:80");
  }

  @Test
  void writesEachFileAndTheGuardsMemory() throws IOException {
    PassResult result =
        discovery(OWN_TAGS)
            .pass("node1", List.of(web("node2", "2001:db8::2", MemberStatus.ALIVE), SELF));
    assertThat(text("services.json"))
        .isEqualTo(
            """
            {
                "p1": {
                    "web": [
                        {
                            "addr": "10.0.0.1",
                            "name": "node1",
                            "port": 80
                        },
                        {
                            "addr": "2001:db8::2",
                            "name": "node2",
                            "port": 80
                        }
                    ]
                },
                "p2": {}
            }
            """);
    assertThat(text("services.yml"))
        .isEqualTo(
            """
            p1:
              web:
              - addr: "10.0.0.1"
                name: node1
                port: 80
              - addr: "2001:db8::2"
                name: node2
                port: 80
            p2: {}
            """);
    assertThat(text("fakedhosts.txt"))
        .isEqualTo("10.0.0.1\tsvc-p1-web-0\n2001:db8::2\tsvc-p1-web-1\n");
    assertThat(text(".serf-handler/guard")).startsWith("serf-handler-guard 1\n");
    assertThat(result.updated())
        .extracting(file -> String.valueOf(file.getFileName()))
        .containsExactly("services.json", "services.yml", "fakedhosts.txt");
    assertThat(result.complete()).isTrue();
    assertThat(result.memberCount()).isEqualTo(2);
    assertThat(result.agentName()).isEqualTo("node1");
    assertThat(result.nextDeadline()).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void touchesNoFileWhenNothingChanged() throws IOException {
    Discovery discovery = discovery(OWN_TAGS);
    discovery.pass("node1", List.of(SELF));
    FileTime longAgo = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
    for (String name :
        List.of("services.json", "services.yml", "fakedhosts.txt", ".serf-handler/guard")) {
      Files.setLastModifiedTime(folder.resolve(name), longAgo);
    }
    assertThat(discovery.pass("node1", List.of(SELF)).updated()).isEmpty();
    assertThat(discovery(OWN_TAGS).pass("node1", List.of(SELF)).updated()).isEmpty();
    for (String name :
        List.of("services.json", "services.yml", "fakedhosts.txt", ".serf-handler/guard")) {
      assertThat(Files.getLastModifiedTime(folder.resolve(name))).isEqualTo(longAgo);
    }
  }

  @Test
  void putsRightWhatSomeoneEditedOrDeleted() throws IOException {
    Discovery discovery = discovery(OWN_TAGS);
    discovery.pass("node1", List.of(SELF));
    String json = text("services.json");
    String yaml = text("services.yml");
    Files.writeString(folder.resolve("services.json"), json.replace("80", "8081"));
    Files.delete(folder.resolve("services.yml"));
    PassResult result = discovery.pass("node1", List.of(SELF));
    assertThat(result.updated())
        .containsExactly(folder.resolve("services.json"), folder.resolve("services.yml"));
    assertThat(text("services.json")).isEqualTo(json);
    assertThat(text("services.yml")).isEqualTo(yaml);
  }

  @Test
  void remakesTheGuardsMemoryThatSomeoneDeleted() throws IOException {
    Discovery discovery = discovery(OWN_TAGS);
    discovery.pass("node1", List.of(SELF));
    Files.delete(folder.resolve(".serf-handler/guard"));
    Files.delete(folder.resolve(".serf-handler"));
    discovery.pass("node1", List.of(SELF));
    assertThat(text(".serf-handler/guard")).contains("node1");
  }

  @Test
  void writesTheOtherFilesWhenADirectoryStandsInPlaceOfOne() throws IOException {
    Files.createDirectory(folder.resolve("services.json"));
    Discovery discovery = discovery(OWN_TAGS);
    PassResult result = discovery.pass("node1", List.of(SELF));
    assertThat(result.complete()).isFalse();
    assertThat(result.failures()).hasSize(1);
    assertThat(result.failures().get(0)).contains("services.json");
    assertThat(result.failures().get(0)).contains("it is a directory");
    assertThat(text("services.yml")).contains("node1");
    assertThat(text("fakedhosts.txt")).contains("10.0.0.1");

    Files.delete(folder.resolve("services.json"));
    assertThat(discovery.pass("node1", List.of(SELF)).complete()).isTrue();
    assertThat(text("services.json")).contains("node1");
  }

  @Test
  void tellsThatTheGuardsMemoryCanNotBeKept() throws IOException {
    Files.writeString(folder.resolve(Discovery.OWN_FOLDER), "a file, not a directory");
    Discovery discovery = discovery(OWN_TAGS);
    warnings.clear();
    PassResult result = discovery.pass("node1", List.of(SELF));
    assertThat(result.failures()).hasSize(1);
    assertThat(result.failures().get(0)).contains("guard");
    assertThat(text("services.json")).contains("node1");

    Files.delete(folder.resolve(Discovery.OWN_FOLDER));
    assertThat(discovery.pass("node1", List.of(SELF)).complete()).isTrue();
    assertThat(text(".serf-handler/guard")).contains("node1");
  }

  @Test
  void remembersAcrossProcessesWhatWasThereBeforeAMassLoss() throws IOException {
    discovery(OWN_TAGS)
        .pass(
            "node1",
            List.of(
                SELF,
                web("node2", "10.0.0.2", MemberStatus.ALIVE),
                web("node3", "10.0.0.3", MemberStatus.ALIVE)));
    String before = text("services.json");
    clock.advance(Duration.ofMinutes(1));
    List<Member> failed =
        List.of(
            SELF,
            web("node2", "10.0.0.2", MemberStatus.FAILED),
            web("node3", "10.0.0.3", MemberStatus.FAILED));
    PassResult held = discovery(OWN_TAGS).pass("node1", failed);
    assertThat(held.view().held()).hasSize(2);
    assertThat(held.updated()).isEmpty();
    assertThat(held.nextDeadline()).contains(GuardSettings.DEFAULT.hold());
    assertThat(text("services.json")).isEqualTo(before);

    clock.advance(GuardSettings.DEFAULT.hold());
    PassResult over = discovery(OWN_TAGS).pass("node1", failed);
    assertThat(over.view().held()).isEmpty();
    assertThat(text("services.json")).doesNotContain("node2").doesNotContain("node3");
  }

  @Test
  void warnsOfABrokenMemoryAndGoesOnWithoutIt() throws IOException {
    Path guard = folder.resolve(".serf-handler/guard");
    Files.createDirectory(folder.resolve(".serf-handler"));
    Files.writeString(guard, "serf-handler-guard 1\nservice\tp1\tweb\nalive\tnode2");
    Discovery discovery = discovery(OWN_TAGS);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).contains(guard.toString()).contains("cut short");

    PassResult result =
        discovery.pass("node1", List.of(SELF, web("node2", "10.0.0.2", MemberStatus.FAILED)));
    assertThat(result.complete()).isTrue();
    assertThat(text("services.json")).doesNotContain("node2");
    assertThat(Files.readString(guard)).contains("node1").containsPattern("\nend\t[0-9]+\n$");
  }

  @Test
  void showsTheProductsOfTheAgentsOwnTags() throws IOException {
    discovery(OWN_TAGS)
        .pass(
            "node1",
            List.of(
                SELF,
                Fixtures.member("node2", MemberStatus.ALIVE, "products=p3", "svc=p3/public:1")));
    assertThat(text("services.json")).contains("\"p1\"").contains("\"p2\"").doesNotContain("p3");
  }

  @Test
  void followsTheAgentsOwnTags() throws IOException {
    Discovery discovery = discovery(OWN_TAGS);
    discovery.pass("node1", List.of(SELF));
    discovery.pass("node1", List.of(Fixtures.member("node1", MemberStatus.ALIVE, "products=p4")));
    assertThat(text("services.json")).isEqualTo("{\n    \"p4\": {}\n}\n");
    assertThat(text("fakedhosts.txt")).isEmpty();
  }

  @Test
  void showsTheProductsThatTheUserNamedInsteadOfTheTags() throws IOException {
    discovery(new Interest(Optional.of(List.of("p3")), List.of()))
        .pass(
            "node1",
            List.of(SELF, Fixtures.member("node2", MemberStatus.ALIVE, "svc=p3/a:1,p3/public:2")));
    assertThat(text("services.json"))
        .contains("\"p3\"")
        .contains("\"a\"")
        .contains("\"public\"")
        .doesNotContain("p1");
  }

  @Test
  void showsOfAnObservedProductTheServicePublicAlone() throws IOException {
    discovery(new Interest(Optional.empty(), List.of("p3")))
        .pass(
            "node1",
            List.of(SELF, Fixtures.member("node2", MemberStatus.ALIVE, "svc=p3/a:1,p3/public:2")));
    assertThat(text("services.json"))
        .contains("\"p1\"")
        .contains("\"p3\"")
        .contains("\"public\"")
        .doesNotContain("\"a\"");
  }

  @Test
  void tellsEachBadTagOnceAndCountsAll() {
    Discovery discovery = discovery(OWN_TAGS);
    List<Member> members =
        List.of(SELF, Fixtures.member("node2", MemberStatus.ALIVE, "svc=p1/web:http"));
    PassResult first = discovery.pass("node1", members);
    assertThat(first.freshProblems()).hasSize(1);
    assertThat(first.problemCount()).isEqualTo(1);
    PassResult second = discovery.pass("node1", members);
    assertThat(second.freshProblems()).isEmpty();
    assertThat(second.problemCount()).isEqualTo(1);
  }

  @Test
  void writesNothingFromMembersThatLackTheAgentItself() throws IOException {
    Discovery discovery = discovery(OWN_TAGS);
    discovery.pass("node1", List.of(SELF));
    String before = text("services.json");
    assertThatThrownBy(() -> discovery.pass("node1", List.of()))
        .isInstanceOf(SerfProtocolException.class)
        .hasMessageContaining("node1");
    assertThatThrownBy(() -> discovery.pass("", List.of(SELF)))
        .isInstanceOf(SerfProtocolException.class);
    assertThat(text("services.json")).isEqualTo(before);
  }

  @Test
  void heldInstancesKeepTheWeightOfNodesThatTheAgentForgot() throws IOException {
    Discovery discovery =
        new Discovery(
            folder,
            OWN_TAGS,
            FileSpec.plain(folder, new NginxRenderer()),
            GuardSettings.DEFAULT,
            new FileStore(clock, warnings::add),
            clock,
            warnings::add);
    Member drained =
        Fixtures.member(
            "node2", "10.0.0.2", MemberStatus.ALIVE, "svc=p1/web:80", "p1.web.weight=0");
    discovery.pass("node1", List.of(SELF, drained, web("node3", "10.0.0.3", MemberStatus.ALIVE)));
    String before = text("nginx_upstreams.conf");
    assertThat(before).contains("server 10.0.0.2:80 down;");
    for (int i = 0; i < 2; i++) {
      PassResult result = discovery.pass("node1", List.of(SELF));
      assertThat(result.view().held()).hasSize(2);
      assertThat(text("nginx_upstreams.conf")).isEqualTo(before);
    }
  }
}
