package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.UserJar;
import io.github.serfhandler.testkit.FakeAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code event} with the environment that a person, or an odd agent, gives it. */
@Timeout(120)
class EventByHandIT {
  @RegisterExtension final Programs programs = new Programs();

  @TempDir static Path shared;

  @TempDir Path temp;

  private static Path jar = Path.of("");

  @BeforeAll
  static void build() {
    jar = SampleHandlers.build(shared);
  }

  private ConfDir conf() {
    return new ConfDir(temp.resolve("conf"));
  }

  private String log() {
    return conf().text(".serf-handler/event.log");
  }

  /** The environment of an event; pairs of name and value. */
  private static Consumer<ProcessBuilder> env(String... pairs) {
    Map<String, String> env = new TreeMap<>(Map.of("SERF_SELF_NAME", "node1"));
    for (int i = 0; i < pairs.length; i += 2) {
      env.put(pairs[i], pairs[i + 1]);
    }
    return child -> child.environment().putAll(env);
  }

  private static Consumer<ProcessBuilder> query(String name) {
    return env("SERF_EVENT", "query", "SERF_QUERY_NAME", name, "SERF_TAG_ROLE", "web");
  }

  /** Runs it where no agent is. */
  private Program run(Consumer<ProcessBuilder> env, String... more) {
    List<String> args = new java.util.ArrayList<>(List.of("event", conf().option()));
    args.add("--rpc-addr=127.0.0.1:1");
    args.add("--handlers=" + jar);
    args.addAll(List.of(more));
    return programs.run(env, args.toArray(String[]::new));
  }

  @Test
  void teachesWhoRunsItByHand() {
    Program program = run(child -> {});
    assertThat(program.status()).isEqualTo(2);
    assertThat(program.out()).isEmpty();
    assertThat(program.err().lines()).hasSize(1);
    assertThat(program.err())
        .contains("SERF_EVENT is not set", "event_handlers", "see serf-handler event --help");
    assertThat(conf().folder()).doesNotExist();
  }

  @Test
  void printsAnAnswerToTheByte() throws IOException {
    Path answer = temp.resolve("answer");
    Program program = run(query("bytes").andThen(child -> child.redirectOutput(answer.toFile())));
    assertThat(program.status()).isZero();
    assertThat(program.err()).isEmpty();
    byte[] bytes = Files.readAllBytes(answer);
    assertThat(bytes).hasSize(256);
    for (int i = 0; i < 256; i++) {
      assertThat(bytes[i]).isEqualTo((byte) i);
    }
  }

  @Test
  void asksTheRolesInTheirOrderAndTakesTheFirstAnswer() {
    Consumer<ProcessBuilder> load =
        env("SERF_EVENT", "query", "SERF_QUERY_NAME", "load", "SERF_TAG_ROLE", "mysql:web");
    assertThat(run(load).out()).isEqualTo("from mysql");
    Consumer<ProcessBuilder> broken =
        env("SERF_EVENT", "query", "SERF_QUERY_NAME", "broken", "SERF_TAG_ROLE", "web:mysql");
    Program program = run(broken);
    assertThat(program.out()).isEqualTo("mysql is well");
    assertThat(program.status()).as("Serf drops the answer of a failed process").isZero();
    assertThat(program.err()).isEmpty();
  }

  @Test
  void runsTheDefaultAloneOnANodeWithoutARole() {
    Program program =
        run(env("SERF_EVENT", "query", "SERF_QUERY_NAME", "load", "SERF_SELF_ROLE", ""));
    assertThat(program.status()).isZero();
    assertThat(program.out() + program.err()).isEmpty();
    assertThat(log()).contains("query load: event not handled by ConsumerHandler, ConfigHandler\n");
  }

  @Test
  void failsWithOneLineWhereTheAgentIsAway() {
    Program program = run(env("SERF_EVENT", "member-join"));
    program.assertFailed("ConsumerHandler failed", "cannot reach the Serf agent at 127.0.0.1:1");
    assertThat(log()).contains("WARN  member-join (0 members): ConsumerHandler failed");
  }

  @Test
  void tellsNothingOfAFailureWhereItCouldBeAnAnswer() {
    for (String option : List.of("--handler-timeout=soon", "--odd")) {
      Program program = run(query("load"), option);
      assertThat(program.status()).as(option).isEqualTo(2);
      assertThat(program.out() + program.err()).as(option).isEmpty();
    }
    Program nameless = run(env("SERF_EVENT", "query"));
    assertThat(nameless.status()).isEqualTo(2);
    assertThat(nameless.out() + nameless.err()).isEmpty();
    assertThat(log()).contains("ERROR SERF_EVENT is query, but SERF_QUERY_NAME is not set");
  }

  @Test
  void tellsTheAskerThatTheHandlersCanNotBeLoaded() {
    Program program = run(query("load"), "--handlers=/nowhere.jar");
    assertThat(program.status()).as("Serf drops the answer of a failed process").isZero();
    assertThat(program.out()).startsWith("error: load failed on ").endsWith("; its log says why");
    assertThat(program.err()).isEmpty();
    assertThat(log()).contains("ERROR /nowhere.jar, of handlers.jars, does not exist");
  }

  @Test
  void namesAJarThatCanNotBeUsed() {
    Program program = run(env("SERF_EVENT", "member-join"), "--handlers=/nowhere.jar");
    assertThat(program.status()).isEqualTo(2);
    assertThat(program.err().lines()).hasSize(1);
    assertThat(program.err()).startsWith("serf-handler: /nowhere.jar, of handlers.jars");
  }

  @Test
  void handlesAnEventAlsoWhereItCanNotTellOfIt() throws IOException {
    Files.createDirectories(conf().folder());
    Files.writeString(conf().file(".serf-handler"), "a file");
    Program answered = run(query("load"));
    assertThat(answered.out()).isEqualTo("0.42 for ");
    assertThat(answered.err()).isEmpty();
    Program event =
        run(env("SERF_EVENT", "user", "SERF_USER_EVENT", "unknown", "SERF_TAG_ROLE", "web"));
    assertThat(event.status()).isZero();
    assertThat(event.err()).contains("warning: the event log can not be written").hasLineCount(1);
  }

  @Test
  void takesAPayloadOfAnyBytesAndAClosedInput() throws IOException {
    Path input = temp.resolve("input");
    Files.write(input, new byte[] {(byte) 0xc3, (byte) 0xa9, '\n', '\n'});
    Consumer<ProcessBuilder> load = query("load");
    assertThat(run(load.andThen(child -> child.redirectInput(input.toFile()))).out())
        .isEqualTo("0.42 for é\n");
    Path answer = temp.resolve("answer");
    List<String> command = Programs.command("event", conf().option(), "--handlers=" + jar);
    StringBuilder line = new StringBuilder();
    for (String part : command) {
      line.append(" '").append(part).append('\'');
    }
    Program closed =
        programs.shell(
            temp,
            "SERF_EVENT=query SERF_QUERY_NAME=load SERF_TAG_ROLE=web"
                + line
                + " <&- >'"
                + answer
                + "'");
    assertThat(closed.status()).isZero();
    assertThat(closed.err()).isEmpty();
    assertThat(answer).hasContent("0.42 for ");
  }

  @Test
  void refusesAnInputWithoutEnd() {
    Consumer<ProcessBuilder> endless =
        query("load").andThen(child -> child.redirectInput(Path.of("/dev/zero").toFile()));
    Program program = run(endless);
    assertThat(program.status()).isEqualTo(2);
    assertThat(program.out() + program.err()).isEmpty();
    assertThat(log()).contains("payload on standard input is longer than 65536 bytes");
  }

  @Test
  void asksTheAgentNothingWhereNoHandlerDoes() {
    try (FakeAgent agent = FakeAgent.start()) {
      Program program = run(query("load"), "--rpc-addr=" + agent.rpcAddr());
      assertThat(program.out()).isEqualTo("0.42 for ");
      assertThat(agent.requests()).isEmpty();
    }
  }

  @Test
  void showsTheTraceOfABugAtDebug() {
    Consumer<ProcessBuilder> fail =
        env("SERF_EVENT", "user", "SERF_USER_EVENT", "fail", "SERF_TAG_ROLE", "web");
    run(fail).assertFailed("Web failed after ", "IllegalStateException: no\\nroom");
    assertThat(log()).doesNotContain("    at ");
    run(fail, "--log-level=debug").assertFailed("Web failed after ");
    assertThat(log()).contains("    at Sample$Web.").contains("DEBUG the provider Sample of ");
  }

  @Test
  void outlivesAnEventThatIsNewerThanItself() {
    Program program = run(env("SERF_EVENT", "member-dance"));
    assertThat(program.status()).isZero();
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).contains("member-dance, an event that this version does not know");
  }

  @Test
  void runsAsAPartOfAUsersOwnProgram() {
    Path own =
        new UserJar(temp)
            .with(
                "Own",
                """
                import io.github.serfhandler.app.SerfHandlerProgram;
                import io.github.serfhandler.client.Payload;
                import io.github.serfhandler.handler.SerfHandler;
                public class Own extends SerfHandler {
                  public Own() {
                    onQuery("load", q -> Payload.ofText("from its own program"));
                  }
                  public static void main(String[] args) {
                    SerfHandlerProgram.run(args, proxy -> proxy.register("web", new Own()));
                  }
                }
                """)
            .build(temp.resolve("own.jar"));
    Consumer<ProcessBuilder> itsMain =
        child ->
            child
                .command()
                .replaceAll(
                    part ->
                        part.equals("io.github.serfhandler.app.Main")
                            ? "Own"
                            : part.endsWith("/serf-handler.jar") ? part + ":" + own : part);
    Program program = run(query("load").andThen(itsMain));
    assertThat(program.out()).isEqualTo("from its own program");
    assertThat(program.err()).isEmpty();
    assertThat(log()).contains("query load: Own handled in ", "; Web handled in ");
    Program help = programs.run(itsMain, "event", "--help");
    assertThat(help.out()).contains("Runs the handlers");
  }

  @Test
  void keepsEachLineWholeWhereManyProcessesWriteAtOnce() throws IOException {
    Files.createDirectories(conf().file(".serf-handler"));
    String old = "an old line of the log\n";
    int count = (1 << 20) / old.length() + 1;
    Files.writeString(conf().file(".serf-handler/event.log"), old.repeat(count));
    String[] args = {"event", conf().option(), "--handlers=" + jar};
    List<Program> started =
        java.util.stream.IntStream.range(0, 4)
            .mapToObj(i -> programs.start(query("load"), args))
            .toList();
    assertThat(started).extracting(Program::status).containsOnly(0);
    String all = conf().text(".serf-handler/event.log.1") + log();
    assertThat(all.lines().filter(line -> line.equals(old.strip()))).hasSize(count);
    assertThat(all.lines().filter(line -> line.contains("query load: Web handled"))).hasSize(4);
    assertThat(all.lines().filter(line -> line.endsWith("printed: registering"))).hasSize(4);
  }
}
