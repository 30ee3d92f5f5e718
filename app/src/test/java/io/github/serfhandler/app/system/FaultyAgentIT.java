package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.testkit.Answer;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code agent} and {@code members} beside an agent that answers as none should. */
@Timeout(120)
class FaultyAgentIT {
  private static final FakeMember SELF =
      FakeMember.named("fake").withTag("products", "p").withTag("svc", "p/web:80");

  @RegisterExtension static final Programs RESIDENT = new Programs();

  @RegisterExtension final Programs programs = new Programs();

  @TempDir static Path shared;
  @TempDir Path temp;

  private static FakeAgent agent = FakeAgent.start();
  private static ConfDir conf;
  private static Program resident;

  /** One process for all faults: it must get over each. */
  @BeforeAll
  static void startFollowing() {
    conf = new ConfDir(shared.resolve("conf"));
    healthy();
    resident =
        RESIDENT.start("agent", "--rpc-addr=" + agent.rpcAddr(), "--rpc-timeout=2s", conf.option());
    conf.awaitNodes("p", "web", "fake", "other");
    conf.awaitStatus("state", "following");
    // Said when all three files are there.
    Program unused = resident.awaitErr("updated services.json");
  }

  @AfterAll
  static void stopAgent() {
    agent.close();
  }

  /** What every agent should; new members in its stats make it read at once. */
  private static void healthy() {
    for (String command : List.of("handshake", "stats", "members")) {
      agent.reset(command);
    }
    hint();
  }

  private static void hint() {
    agent.members(SELF, FakeMember.named("other").withTag("svc", "p/web:81"));
  }

  private static Arguments fault(String name, Answer answer) {
    return Arguments.of(name, answer);
  }

  /** The reply that a healthy agent would give, bent. */
  private static Answer bent(Function<byte[], byte[]> bend) {
    return x ->
        x.raw(
            Wire.concat(
                x.encode(Wire.header(x.request().seq(), "")),
                bend.apply(x.encode(Wire.map("Members", List.of(SELF.toMap()))))));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("the end of the connection", x -> x.close()),
        fault("half a header", x -> x.truncate(x.encode(Wire.header(x.request().seq(), "")), 5)),
        fault(
            "half a body",
            x -> {
              bent(body -> Arrays.copyOf(body, body.length / 2)).to(x);
              x.close();
            }),
        fault(
            "a header without its body, and the end",
            x -> {
              x.reply();
              x.close();
            }),
        fault("a huge map", bent(body -> Wire.claimedMap(Integer.MAX_VALUE))),
        fault("a huge text", bent(body -> Wire.claimedText(Integer.MAX_VALUE))),
        fault("huge bytes", bent(body -> Wire.claimedBytes(-1))),
        fault(
            "a huge list of members",
            bent(
                body ->
                    Wire.concat(
                        new byte[] {(byte) 0x81}, Wire.encode("Members"), Wire.claimedArray(-1)))),
        fault("a list in place of the header", x -> x.raw(x.encode(List.of(1, 2, 3)))),
        fault("a text in place of the body", x -> x.reply("members")),
        fault("nothing in the body", x -> x.reply(Wire.map())),
        fault("nil in place of the body", x -> x.reply(null)),
        fault("no members", x -> x.reply(Wire.map("Members", List.of()))),
        fault("members that are none", x -> x.reply(Wire.map("Members", List.of(1, "two")))),
        fault("a member without a name", x -> x.reply(Wire.map("Members", List.of(Wire.map())))),
        fault(
            "members of another cluster",
            x ->
                x.reply(
                    Wire.map(
                        "Members",
                        List.of(FakeMember.named("stranger").withTags(SELF.tags()).toMap())))),
        fault(
            "an address that is a text",
            x -> x.reply(Wire.map("Members", List.of(Wire.map("Name", "fake", "Addr", 127.001))))),
        fault("another request's reply", x -> x.raw(x.encode(Wire.header(999_999, "")))),
        fault("an error that nobody knows", x -> x.error("out of\nluck \u001b[2J")),
        fault(
            "HTTP",
            x -> {
              byte[] http = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
              x.truncate(http, http.length);
            }),
        fault("zeros", x -> x.raw(new byte[1000])),
        fault("the byte that msgpack never uses", x -> x.raw(new byte[] {(byte) 0xc1})),
        fault("nothing, for ever", x -> x.hang()));
  }

  @ParameterizedTest(name = "{0} in reply to members")
  @MethodSource("faults")
  void keepsTheFilesAndFollowsAgainAfterBadMembers(String name, Answer answer) {
    survives("members", answer);
  }

  @ParameterizedTest(name = "{0} in reply to stats")
  @MethodSource("faults")
  void keepsTheFilesAndFollowsAgainAfterBadStats(String name, Answer answer) {
    survives("stats", answer);
  }

  private void survives(String command, Answer answer) {
    Map<String, String> before = conf.texts();
    int warnings = resident.logged("WARN").size();
    agent.on(command, answer);
    hint();
    conf.awaitStatus("state", "agent-away");
    List<String> fresh = resident.logged("WARN").subList(warnings, resident.logged("WARN").size());
    // One, and one more for each try that failed otherwise.
    assertThat(fresh).hasSizeBetween(1, 3);
    assertThat(fresh).allMatch(line -> line.contains("the files stay as they are"));
    assertThat(conf.texts()).isEqualTo(before);
    healthy();
    conf.awaitStatus("state", "following");
    assertThat(conf.texts()).isEqualTo(before);
    assertThat(resident.isRunning()).isTrue();
    assertThat(resident.err()).doesNotContain("\tat ", "Exception", "\u001b");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void failsOnceWithOneLine(String name, Answer answer) {
    try (FakeAgent own = FakeAgent.start()) {
      own.members(SELF);
      own.on("members", answer);
      ConfDir mine = new ConfDir(temp.resolve("conf"));
      Program program =
          programs.start(
              "members", "--rpc-addr=" + own.rpcAddr(), "--rpc-timeout=500ms", mine.option());
      program.assertFailed();
      assertThat(program.err()).containsAnyOf(own.rpcAddr(), "the Serf agent fake");
      assertThat(mine.file("services.json")).doesNotExist();
    }
  }

  @Test
  void namesTheFirstOfManyBadTags() {
    try (FakeAgent own = FakeAgent.start()) {
      String bad = "p/a:0,p/b:0,p/c:0,p/d:0,p/e:0,p/f:0,p/g:0,p/h:0";
      own.members(
          SELF,
          FakeMember.named("other1").withTag("svc", bad),
          FakeMember.named("other2").withTag("svc", bad),
          FakeMember.named("other3").withTag("svc", bad));
      Program program =
          programs.run(
              "members", "--rpc-addr=" + own.rpcAddr(), "--conf-dir=" + temp.resolve("conf"));
      assertThat(program.status()).isZero();
      assertThat(program.err().lines()).hasSize(21);
      assertThat(program.err())
          .endsWith("and 4 more bad tags; see: serf-handler nodes --format=json\n");
    }
  }

  @Test
  void endsInOrderThoughTheAgentHangs() throws InterruptedException {
    try (FakeAgent own = FakeAgent.start()) {
      own.members(SELF);
      ConfDir mine = new ConfDir(temp.resolve("conf"));
      // The wait for an answer is longer than this test waits for the end.
      Program program =
          programs.start(
              "agent", "--rpc-addr=" + own.rpcAddr(), "--rpc-timeout=10m", mine.option());
      mine.awaitNodes("p", "web", "fake");
      mine.awaitStatus("state", "following");
      CountDownLatch asked = new CountDownLatch(1);
      own.on(
          "stats",
          x -> {
            asked.countDown();
            x.hang();
          });
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(program.terminate()).isZero();
      assertThat(mine.status().get("state")).isEqualTo("stopped");
      assertThat(mine.nodes("p", "web")).containsExactly("fake");
      assertThat(program.err()).endsWith("stopped; the files stay\n");
      assertThat(program.logged("WARN")).isEmpty();
    }
  }

  @Test
  void endsInOrderThoughTheAgentHangsAtTheStart() throws InterruptedException {
    try (FakeAgent own = FakeAgent.start()) {
      CountDownLatch asked = new CountDownLatch(1);
      own.on(
          "handshake",
          x -> {
            asked.countDown();
            x.hang();
          });
      ConfDir mine = new ConfDir(temp.resolve("conf"));
      Program program = programs.start("agent", "--rpc-addr=" + own.rpcAddr(), mine.option());
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(program.terminate()).isZero();
    }
  }
}
