package io.github.serfhandler.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.EventFilter;
import io.github.serfhandler.client.EventStream;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.QueryRequest;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.handler.Reaction;
import io.github.serfhandler.handler.Self;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * One line of {@code event_handlers}, run by a real agent and by {@link ScriptHandler} for the same
 * event as the agent's RPC tells it: arguments, environment and standard input must be the same
 * bytes.
 */
class ScriptLikeSerfIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  private static final Map<String, String> TAGS =
      Map.of(
          "role", "web:db",
          "svc", "product1/web:80",
          "a.b-C/ß", "1 $HOME \"x\" 'y' \\ `id` *",
          "tab", "a\tb",
          "line", "a\nb\n",
          "größe", "süß \ud83d\ude00",
          "equals", "=a=b=",
          "empty", "");

  @RegisterExtension static final SerfCluster serf = SerfCluster.create();
  @TempDir static Path folder;
  private static String line = "";
  private static SerfNode agent;
  private static SerfClient client;
  private static EventStream events;

  /** The parent tells the two runs apart, so that the line itself is the same. */
  @BeforeAll
  static void startAgentWithARecordingScript() throws IOException {
    Files.createDirectories(folder.resolve("serf"));
    Files.createDirectories(folder.resolve("java"));
    line =
        "user,query:load,member-join=cd '"
            + folder
            + "'/\"$(cat /proc/$PPID/comm)\" || exit 1\n"
            + "f=$SERF_EVENT-$SERF_USER_EVENT$SERF_QUERY_NAME\n"
            + "cat /proc/$$/cmdline >\"$f.argv\"\n"
            + "cat /proc/$$/environ >\"$f.env\"\n"
            + "cat >\"$f.part\"\n"
            + "mv \"$f.part\" \"$f.stdin\"\n"
            + "echo \"load of $SERF_SELF_NAME\"; echo \"with a warning\" >&2";
    agent = serf.start(SerfOptions.named("ä node").withTags(TAGS).withEventHandler(line));
    client =
        SerfClient.open(
            SerfClientOptions.builder().address(agent.rpc()).commandTimeout(LONG).build());
    events = client.stream(EventFilter.all());
  }

  /** The stream stays open until here: its end can crash an agent. */
  @AfterAll
  static void closeClient() {
    client.close();
  }

  @Test
  void givesAUserEventAsSerfDoes() throws Exception {
    byte[] bytes = {0, 1, '\n', (byte) 0xff, (byte) 0xc3, (byte) 0xa4, '\r', '\t'};
    client.event("deploy", Payload.of(bytes));
    handle(event -> event instanceof UserEvent user && user.name().equals("deploy"));
    assertSame("user-deploy");
    assertThat(Files.readAllBytes(folder.resolve("java/user-deploy.stdin")))
        .isEqualTo(
            Arrays.copyOf(
                new String(bytes, StandardCharsets.ISO_8859_1)
                    .concat("\n")
                    .getBytes(StandardCharsets.ISO_8859_1),
                bytes.length + 1));
  }

  @Test
  void givesAnEmptyPayloadAndANameWithBlanksAsSerfDoes() throws Exception {
    client.event("größe of it", Payload.EMPTY);
    handle(event -> event instanceof UserEvent user && user.name().equals("größe of it"));
    assertSame("user-größe of it");
    assertThat(folder.resolve("java/user-größe of it.stdin")).isEmptyFile();
  }

  @Test
  void answersAQueryAsSerfDoes() throws Exception {
    Map<String, Payload> answers =
        client
            .query(
                QueryRequest.builder("load").payload(Payload.ofText("all\n")).timeout(LONG).build())
            .collect()
            .answers();
    Reaction reaction = handle(event -> event instanceof QueryEvent);
    assertSame("query-load");
    assertThat(answers).containsOnlyKeys("ä node");
    assertThat(reaction.answer()).contains(answers.get("ä node"));
    assertThat(reaction.answer()).contains(Payload.ofText("load of ä node\nwith a warning\n"));
  }

  @Test
  void tellsOfMembersAsSerfDoes() throws Exception {
    SerfNode guest =
        serf.start(
            SerfOptions.named("guest")
                .withTag("role", "x\ty\nz")
                .withTag("k", "v w=ä\\t")
                .withTag("größe", "\"1\"'2'"));
    guest.join(agent);
    handle(
        event ->
            event instanceof MemberEvent members
                && members.type() == MemberEvent.Type.JOIN
                && members.members().stream().anyMatch(m -> m.name().equals("guest")));
    Awaitility.await()
        .atMost(LONG)
        .until(
            () ->
                Files.exists(folder.resolve("serf/member-join-.stdin"))
                    && Files.readString(folder.resolve("serf/member-join-.stdin"))
                        .contains("guest"));
    assertSame("member-join-");
  }

  /** Waits for an event of the stream and runs the line for it. */
  private static Reaction handle(Predicate<SerfEvent> wanted) throws InterruptedException {
    SerfEvent event = events.poll(LONG).orElseThrow();
    while (!wanted.test(event)) {
      event = events.poll(LONG).orElseThrow();
    }
    Map<String, String> tags =
        client.members().stream()
            .filter(member -> member.name().equals("ä node"))
            .map(Member::tags)
            .findFirst()
            .orElseThrow();
    assertThat(tags).isEqualTo(TAGS);
    RecordingNode node = new RecordingNode(Self.of("ä node", tags));
    return new ScriptHandler(ScriptSpec.parse(line)).handle(event, node);
  }

  private static void assertSame(String name) throws IOException {
    Path theirs = folder.resolve("serf").resolve(name + ".stdin");
    Path ours = folder.resolve("java").resolve(name + ".stdin");
    Awaitility.await(name).atMost(LONG).until(() -> Files.exists(theirs));
    assertThat(lines(ours)).isEqualTo(lines(theirs));
    assertThat(recorded("java", name + ".argv")).isEqualTo(recorded("serf", name + ".argv"));
    assertThat(environment("java", name)).isEqualTo(environment("serf", name));
    assertThat(environment("java", name)).anyMatch(one -> one.startsWith("SERF_TAG_A_B_C__="));
  }

  /** Byte by byte; the last column's tags have no order in Serf. */
  private static List<List<String>> lines(Path stdin) throws IOException {
    String text = Files.readString(stdin, StandardCharsets.ISO_8859_1);
    return Arrays.stream(text.split("\n", -1))
        .map(one -> Arrays.stream(one.split("[\t,]", -1)).sorted().toList())
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .toList();
  }

  /** What Serf sets, byte by byte, without what is added to it. */
  private static List<String> environment(String who, String name) throws IOException {
    return Arrays.stream(recorded(who, name + ".env").split("\0", -1))
        .filter(one -> one.startsWith("SERF_") && !one.startsWith("SERF_HANDLER_"))
        .sorted()
        .toList();
  }

  private static String recorded(String who, String name) throws IOException {
    return Files.readString(folder.resolve(who).resolve(name), StandardCharsets.ISO_8859_1);
  }
}
