package io.github.serfhandler.app.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code services} and {@code nodes} as processes, beside a real Serf agent. */
class ServicesIT {
  @RegisterExtension static final SerfCluster SERF = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @Test
  void showsWhatANodeSeesAndWhatAllOffer() {
    SerfNode node =
        SERF.start(
            SerfOptions.named("g1")
                .withTags(
                    Map.of(
                        "products", "", "svc", "product1/web:80,product2/public:90,product2/x:1")));
    String rpc = "--rpc-addr=" + node.rpcAddr();
    assertThat(programs.run("services", rpc).out().lines()).hasSize(4);
    assertThat(programs.run("services", "product2", rpc).out().lines()).hasSize(3);
    assertThat(programs.run("services", rpc, "--observe=product2").out().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("public"));
    Program none = programs.run("services", "nothing", rpc, "--format=json");
    assertThat(none.out()).isEqualTo("[]\n");
    assertThat(none.err()).isEqualTo("no node offers a service of \"nothing\"\n");
    assertThat(none.status()).isZero();
    assertThat(programs.run("nodes", rpc).out()).contains("g1").contains("alive");
  }
}
