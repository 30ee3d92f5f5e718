package com.example.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.handlertest.Seen;
import io.github.serfhandler.handlertest.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which role runs what, without Serf. */
class FleetHandlersTest {
  @TempDir Path conf;

  @Test
  void webServersDeployAndTellTheirVersion() {
    TestNode node = node("web1", "web");

    assertThat(node.query("version", "").answerText()).isEqualTo("none");
    assertThat(node.userEvent("deploy", "1.4.2").handledBy()).containsExactly("WebHandler");
    assertThat(node.query("version", "").answerText()).isEqualTo("1.4.2");
  }

  @Test
  void refusesWhatIsNoVersion() {
    Seen seen = node("web1", "web").userEvent("deploy", "../../etc/passwd");

    assertThat(seen.failures()).singleElement().asString().contains("wants a version");
    assertThat(conf.resolve("site.version")).doesNotExist();
  }

  @Test
  void webServersFollowTheServicesOfTheirProducts() throws IOException {
    Seen seen =
        node("web1", "web")
            .tag("products", "shop")
            .joins(TestNode.member("db1", "10.0.0.7", "role=mysql", "svc=shop/mysql:3306"));

    assertThat(seen.log()).contains("INFO WebHandler: now sees 1 instances");
    assertThat(Files.readString(conf.resolve("services.json"))).contains("10.0.0.7");
  }

  @Test
  void databasesMakeBackups() {
    Seen seen = node("db1", "mysql").query("backup", "{\"label\":\"monday\"}");

    assertThat(seen.answerText()).isEqualTo("{\"bytes\":10,\"label\":\"monday\"}");
    assertThat(conf.resolve("backup-monday.sql")).exists();
  }

  @Test
  void webServersHaveNoBackups() {
    Seen seen = node("web1", "web").query("backup", "{\"label\":\"monday\"}");

    assertThat(seen.answer()).isEmpty();
    assertThat(seen.log()).containsExactly("INFO event not handled");
  }

  @Test
  void everyNodeTakesTheConfigurationOfItsProducts() throws IOException {
    TestNode node = node("any", "").tag("products", "shop");

    String message = "{\"p\":\"shop\",\"k\":\"limits\",\"v\":3,\"c\":{\"most\":10}}";

    assertThat(node.query("config_updated", message).answerText()).isEqualTo("ok");
    assertThat(Files.readString(conf.resolve("shop/limits.json"))).contains("\"most\": 10");
  }

  @Test
  void isFoundInItsJar() {
    assertThat(ServiceLoader.load(io.github.serfhandler.handler.HandlerProvider.class))
        .anyMatch(FleetHandlers.class::isInstance);
  }

  private TestNode node(String name, String roles) {
    return TestNode.named(name).role(roles).confDir(conf).running(new FleetHandlers());
  }
}
