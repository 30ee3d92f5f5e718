package io.github.serfhandler.app.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.ProtocolVersions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the private cluster says of itself, and how its agents are told. */
class SampleTest {
  private static final InetAddress HOST = InetAddress.getLoopbackAddress();

  @Test
  void describesServicesWithoutASingleProblem() {
    Catalog catalog = catalog(9);
    assertThat(catalog.problems()).isEmpty();
    assertThat(catalog.nodes()).allMatch(node -> !node.offers().isEmpty());
    assertThat(catalog.nodes()).extracting(node -> node.name()).startsWith("dev1", "dev2", "dev3");
  }

  @Test
  void showsTheFirstNodeBothItsOwnProductAndAnObservedOne() {
    for (int nodes = 1; nodes <= 9; nodes++) {
      Catalog catalog = catalog(nodes);
      View view =
          catalog.view(
              Subscription.ofNode(catalog.node("dev1").orElseThrow(), List.of("product2")));
      assertThat(view.services("product1")).as("%s nodes", nodes).isNotEmpty();
      assertThat(view.instances("product2", Subscription.PUBLIC)).isNotEmpty();
    }
  }

  @Test
  void runsEveryServiceOnTwoNodesOfThree() {
    View view = catalog(3).view(Subscription.of(List.of("product1"), List.of()));
    assertThat(view.instances("product1", "web"))
        .extracting(Instance::node)
        .containsExactly("dev1", "dev3");
    assertThat(view.instances("product1", "mysql"))
        .extracting(Instance::node)
        .containsExactly("dev2", "dev3");
  }

  @Test
  void writesAConfigurationThatReadsBackAsItWasMeant() {
    AgentConfig config =
        new AgentConfig(
            SampleNode.of(2),
            new InetSocketAddress(HOST, 17946),
            new InetSocketAddress(HOST, 7373),
            Optional.of("a\"key\\with\n\u0001 ö"),
            new InetSocketAddress(HOST, 17947));
    // JSON is YAML, so that the parser of the settings can read it.
    Object read = new Load(LoadSettings.builder().build()).loadFromString(config.json());
    Map<String, Object> expected = new TreeMap<>();
    expected.put("node_name", "dev2");
    expected.put("bind", "127.0.0.1:17946");
    expected.put("rpc_addr", "127.0.0.1:7373");
    expected.put("rpc_auth", "a\"key\\with\n\u0001 ö");
    expected.put("profile", "local");
    expected.put("log_level", "info");
    expected.put("start_join", List.of("127.0.0.1:17947"));
    expected.put("tags", SampleNode.of(2).tags());
    assertThat(read).isEqualTo(expected);
    assertThat(config.toString()).doesNotContain("key");
  }

  @Test
  void findsProgramsAsAShellDoes(@TempDir Path directory) throws Exception {
    Path folder = Files.createDirectory(directory.resolve("bin"));
    Path plain = Files.writeString(folder.resolve("tool"), "x");
    Map<String, String> environment = Map.of("PATH", directory + ":" + folder);
    assertThat(Programs.find("tool", environment)).isEmpty();
    assertThat(plain.toFile().setExecutable(true)).isTrue();
    assertThat(Programs.find("tool", environment)).contains(plain);
    assertThat(Programs.find("bin", environment)).isEmpty();
    assertThat(Programs.find("sh", Map.of())).isPresent();
  }

  private static Catalog catalog(int nodes) {
    List<Member> members = new ArrayList<>();
    for (int i = 1; i <= nodes; i++) {
      SampleNode sample = SampleNode.of(i);
      members.add(
          new Member(
              sample.name(),
              HOST,
              7946,
              sample.tags(),
              MemberStatus.ALIVE,
              ProtocolVersions.UNKNOWN));
    }
    return Catalog.of(members);
  }
}
