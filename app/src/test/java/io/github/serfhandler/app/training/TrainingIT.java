package io.github.serfhandler.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The training sees each class that a start against a real agent takes. One that it does not see is
 * not in the archive, and makes Java open the jar at each start: milliseconds that no other test
 * would miss.
 */
@Timeout(120)
class TrainingIT {
  @RegisterExtension static final SerfCluster SERF = SerfCluster.create();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path folder;

  @Test
  void seesWhatEventTakes() throws IOException {
    Set<String> trained = training("event");
    Program event =
        programs.run(
            logging("start").andThen(joining()),
            "event",
            "--rpc-addr=" + agent().rpcAddr(),
            "--conf-dir=" + folder.resolve("conf"),
            "--products=product1");
    assertThat(event.status()).isZero();
    assertThat(folder.resolve("conf").resolve("services.json")).content().contains("product1");
    assertThat(classes("start")).isNotEmpty().isSubsetOf(trained);
  }

  @Test
  void seesWhatEventTakesFromTheEnvironment() throws IOException {
    Set<String> trained = training("event");
    Map<String, String> settings =
        Map.of(
            "SERF_RPC_ADDR", agent().rpcAddr(),
            "SERF_HANDLER_CONF_DIR", folder.resolve("conf").toString());
    Program event =
        programs.run(
            logging("start")
                .andThen(joining())
                .andThen(child -> child.environment().putAll(settings)),
            "event");
    assertThat(event.status()).isZero();
    assertThat(classes("start")).isNotEmpty().isSubsetOf(trained);
  }

  @Test
  void seesWhatMembersTakes() throws IOException {
    Set<String> trained = training("event");
    Program members = programs.run(logging("start"), "members", "--rpc-addr=" + agent().rpcAddr());
    assertThat(members.status()).isZero();
    assertThat(classes("start")).isNotEmpty().isSubsetOf(trained);
  }

  @Test
  void seesWhatEtcdTakes() throws IOException {
    Set<String> trained = training("etcd");
    Map<String, String> change =
        Map.of(
            "ETCD_WATCH_REVISION", "7",
            "ETCD_WATCH_EVENT_TYPE", "\"PUT\"",
            "ETCD_WATCH_KEY", "\"/product1/db\"",
            "ETCD_WATCH_VALUE", "\"{\\\"user\\\": 1}\"");
    Program etcd =
        programs.run(
            logging("start").andThen(child -> child.environment().putAll(change)),
            "etcd",
            "--rpc-addr=" + agent().rpcAddr(),
            "--conf-dir=" + folder.resolve("conf"));
    assertThat(etcd.status()).isZero();
    assertThat(etcd.out()).contains("propagated");
    assertThat(classes("start")).isNotEmpty().isSubsetOf(trained);
  }

  private SerfNode agent() {
    return SERF.start(
        SerfOptions.named("node1")
            .withTag("role", "web")
            .withTag("products", "product1")
            .withTag("svc", "product1/web:80"));
  }

  /** The classes that the training writes down. */
  private Set<String> training(String command) throws IOException {
    List<String> trainee = new ArrayList<>(logged(Programs.command(), "training"));
    trainee.remove(trainee.size() - 1); // The main class, which the training names itself.
    int jar = trainee.indexOf("-cp") + 1;
    List<String> training = new ArrayList<>();
    training.addAll(List.of(trainee.get(0), "-cp", trainee.get(jar), Training.class.getName()));
    training.add(command);
    training.addAll(trainee);
    Program program = programs.run(child -> child.command(training), "members");
    assertThat(program.status()).as(program.err()).isZero();
    return classes("training");
  }

  private Consumer<ProcessBuilder> logging(String name) {
    return child -> child.command(logged(child.command(), name));
  }

  /** The command, which also writes which classes it loads. */
  private List<String> logged(List<String> command, String name) {
    List<String> logged = new ArrayList<>(command);
    logged.add(logged.indexOf("-cp"), "-Xlog:class+load:file=" + folder.resolve(name));
    return logged;
  }

  /** As Serf starts a handler for a member that joins. */
  private Consumer<ProcessBuilder> joining() throws IOException {
    Path input =
        Files.writeString(folder.resolve("stdin"), "node2\t127.0.0.1\tweb\trole=web,products=p\n");
    return child -> {
      child.redirectInput(input.toFile());
      child
          .environment()
          .putAll(
              Map.of(
                  "SERF_EVENT", "member-join",
                  "SERF_SELF_NAME", "node1",
                  "SERF_SELF_ROLE", "web",
                  "SERF_TAG_ROLE", "web"));
    };
  }

  /** Ours, in what was written; lambdas have no names. */
  private Set<String> classes(String name) throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve(name))) {
      return lines
          .filter(line -> line.contains(" source: ") && !line.contains("Lambda"))
          .map(line -> line.substring(0, line.indexOf(" source: ")))
          .map(line -> line.substring(line.lastIndexOf(' ') + 1))
          .filter(loaded -> loaded.startsWith("io.github.serfhandler."))
          .collect(Collectors.toSet());
    }
  }
}
