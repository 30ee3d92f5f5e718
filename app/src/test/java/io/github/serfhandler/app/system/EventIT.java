package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.UserJar;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code event} as the event handler of a real Serf agent, which is the judge of what is printed.
 */
@Timeout(180)
class EventIT {
  @RegisterExtension static final SerfCluster SERF = SerfCluster.create();

  @TempDir static Path shared;

  @RegisterExtension final Programs programs = new Programs();

  private static List<SerfNode> nodes = List.of();
  private static Path jar = Path.of("");

  private ConfDir conf = new ConfDir(Path.of(""));

  @BeforeAll
  static void startAgent() throws IOException {
    jar = SampleHandlers.build(shared);
    // What it runs is not known before its address is, so that the first events find nothing.
    Path handler = Files.writeString(shared.resolve("handler"), "[ ! -f \"$1\" ] || . \"$1\"\n");
    nodes =
        List.of(
            SERF.start(
                SerfOptions.named("node1")
                    .withTag("role", "web")
                    .withTag("products", "p")
                    .withTag("svc", "p/web:80")
                    .withEventHandler(
                        "/bin/sh '" + handler + "' '" + shared.resolve("run") + "'")));
  }

  private static SerfNode node() {
    return nodes.get(0);
  }

  @BeforeEach
  void handle(@TempDir Path temp) throws IOException {
    conf = new ConfDir(temp.resolve("conf"));
    install();
  }

  /** Makes the agent run {@code serf-handler event} with these options from now on. */
  private void install(String... more) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of("event", "--rpc-addr=" + node().rpcAddr(), conf.option(), "--handlers=" + jar));
    args.addAll(List.of(more));
    StringBuilder script = new StringBuilder("unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS\nexec");
    for (String part : Programs.command(args.toArray(String[]::new))) {
      script.append(" '").append(part).append('\'');
    }
    Path next = Files.writeString(shared.resolve("next"), script.append('\n'));
    Files.move(next, shared.resolve("run"), StandardCopyOption.ATOMIC_MOVE);
  }

  private String log() {
    return Files.exists(conf.file(".serf-handler/event.log"))
        ? conf.text(".serf-handler/event.log")
        : "";
  }

  private void awaitLog(String text) {
    Waiting.until(text + " in the event log", () -> assertThat(log()).contains(text));
  }

  /** Asks as people do; the query goes on until an answer has come or the test ends. */
  private Program ask(String query, String payload) {
    return programs.shell(
        shared,
        "exec serf query -rpc-addr="
            + node().rpcAddr()
            + " -timeout=100s "
            + query
            + " "
            + payload);
  }

  @Test
  void writesTheFilesWhenAMemberJoins() {
    SerfNode other =
        SERF.start(SerfOptions.named("node2").withTag("products", "p").withTag("svc", "p/web:81"));
    other.join(node());
    awaitLog("member-join node2 (1 member): ConsumerHandler handled in ");
    awaitLog("; updated services.json, services.yml, fakedhosts.txt\n");
    assertThat(conf.nodes("p", "web")).containsExactly("node1", "node2");
    other.leave();
    awaitLog("member-leave node2 (1 member): ConsumerHandler handled in ");
    Waiting.until(
        "the files without it", () -> assertThat(conf.nodes("p", "web")).containsExactly("node1"));
    assertThat(log()).doesNotContain(" WARN ", " ERROR ");
  }

  @Test
  void runsTheUserEventOfAJar() throws IOException {
    Files.createDirectories(conf.folder());
    node().event("deploy", "v12 of: everything");
    awaitLog("user event deploy: Web handled in ");
    assertThat(conf.text("deployed")).startsWith("v12 of: everything at node1 of ");
    assertThat(log()).contains("INFO  Web: deploying v12 of: everything\n");
    assertThat(log()).contains("INFO  printed: registering\n");
  }

  @Test
  void tellsAFailureInTheLogAndToTheAgent() {
    node().event("fail", "");
    awaitLog("WARN  user event fail: Web failed after ");
    assertThat(log()).contains("IllegalStateException: no\\nroom\n");
    node().awaitLog("exit status 1");
  }

  @Test
  void saysWhatNobodyHandles() {
    node().event("unknown", "");
    awaitLog(
        "INFO  user event unknown: event not handled by Web, ConsumerHandler, ConfigHandler\n");
  }

  @ParameterizedTest
  @CsvSource({
    "load, node7, 0.42 for node7",
    "noisy, '', quiet",
    "logs, '', logged",
    "threads, '', left behind",
    "broken, '', error: broken failed on node1; its log says why",
    "slow, '', error: slow failed on node1; its log says why",
    "stubborn, '', error: stubborn failed on node1; its log says why",
    "wordy, '', error: the answer of 2000 bytes is longer than the 970 that Serf takes"
  })
  void answersAQueryWithTheReturnValueAndNothingElse(String query, String payload, String answer)
      throws IOException {
    // Not for the others, which could take longer on a slow machine.
    if (query.equals("slow") || query.equals("stubborn")) {
      install("--handler-timeout=1s");
    }
    Program asking = ask(query, payload);
    Waiting.until(
        "the answer",
        () -> assertThat(asking.out()).contains("Response from 'node1': " + answer + "\n"));
    awaitLog("query " + query + ": Web ");
    switch (query) {
      case "noisy" ->
          assertThat(log()).contains(" more bytes, which are left out\n").hasSizeLessThan(100_000);
      case "logs" -> assertThat(log()).contains("by System.Logger\n", "by java.util.logging\n");
      case "threads" -> assertThat(log()).contains("IllegalStateException: in a thread\n");
      case "slow" ->
          assertThat(log()).containsPattern("WARN  query slow: Web timed out after [1-9]");
      case "stubborn" -> assertThat(log()).contains("left behind; answered 49 bytes\n");
      default -> assertThat(log()).doesNotContain(" ERROR ");
    }
  }

  @Test
  void answersNothingToAQueryThatNobodyKnows() {
    Program asking = ask("unknown", "");
    awaitLog("query unknown: event not handled by Web, ConsumerHandler, ConfigHandler\n");
    // The next one is answered, after which an answer to this one could not be on its way.
    Program next = ask("load", "x");
    Waiting.until("the next answer", () -> assertThat(next.out()).contains("0.42 for x"));
    assertThat(asking.out()).doesNotContain("Response");
  }

  @Test
  void answersTheLongestAnswerThatFits() throws IOException {
    // The limit is reckoned; here Serf says that it is right.
    Path fitting =
        new UserJar(shared)
            .with(
                "Fit",
                """
                import io.github.serfhandler.client.Payload;
                import io.github.serfhandler.handler.*;
                public class Fit extends SerfHandler implements HandlerProvider {
                  public Fit() {
                    onQuery("fit", q -> Payload.ofText("x".repeat(Integer.parseInt(q.payload().text()))));
                  }
                  @Override public void register(SerfHandlerProxy proxy) {
                    proxy.register("web", this);
                  }
                }
                """)
            .naming("Fit")
            .build(shared.resolve("fit.jar"));
    install("--handlers=" + fitting);
    Program asking = ask("fit", "970");
    Waiting.until(
        "the longest answer",
        () -> assertThat(asking.out()).contains("Response from 'node1': " + "x".repeat(970)));
  }

  @Test
  void isSilentToAQueryWhereItsSettingsAreWrong() throws IOException {
    install("--handler-timeout=soon");
    Program asking = ask("load", "x");
    node().awaitLog("exit status 2");
    install();
    Program next = ask("load", "y");
    Waiting.until("the next answer", () -> assertThat(next.out()).contains("0.42 for y"));
    assertThat(asking.out()).doesNotContain("Response");
  }
}
