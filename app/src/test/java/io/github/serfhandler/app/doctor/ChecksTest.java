package io.github.serfhandler.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsLoader;
import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.client.AgentStats;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.ProtocolVersions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each check on its own; what needs an agent is in DoctorIT. */
class ChecksTest {
  private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");

  @TempDir Path directory;

  @Test
  void showsWhereSettingsCameFrom() {
    Settings settings =
        SettingsLoader.load(Map.of("SERF_RPC_ADDR", "localhost:1"), Map.of("--conf-dir", "x"));
    assertThat(texts(SettingsChecks.of(settings, Map.of())))
        .containsExactly(
            "ok settings: rpc.addr = localhost:1 (SERF_RPC_ADDR)",
            "ok settings: conf_dir = x (--conf-dir)",
            "ok settings: all others at default");
    assertThat(texts(SettingsChecks.of(Settings.defaults(), Map.of())))
        .containsExactly("ok settings: all at their defaults");
  }

  @Test
  void findsMistypedVariables() {
    assertThat(texts(SettingsChecks.of(Settings.defaults(), Map.of("SERF_HANDLER_PRODUCT", "x"))))
        .contains(
            "warn settings: the variable SERF_HANDLER_PRODUCT has no effect; did you mean"
                + " SERF_HANDLER_PRODUCTS? - unset it if it was meant for serf-handler");
    assertThat(texts(SettingsChecks.of(Settings.defaults(), Map.of("SERF_HANDLER_HEAP", "1g"))))
        .noneMatch(text -> text.contains("SERF_HANDLER_HEAP"));
  }

  @Test
  void warnsOfAKeyThatOthersCanRead() throws IOException {
    Settings flag = SettingsLoader.load(Map.of(), Map.of("--rpc-auth", "hunter2"));
    assertThat(texts(SettingsChecks.of(flag, Map.of())))
        .anyMatch(text -> text.startsWith("warn rpc key: it stands on the command line"))
        .noneMatch(text -> text.contains("hunter2"));
    Path key = Files.writeString(directory.resolve("key"), "hunter2");
    Settings file = SettingsLoader.load(Map.of(), Map.of("--rpc-auth-file", key.toString()));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(texts(SettingsChecks.of(file, Map.of())))
        .contains("warn rpc key: " + key + " is readable for other users - run: chmod 600 " + key);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    assertThat(texts(SettingsChecks.of(file, Map.of()))).noneMatch(text -> text.startsWith("warn"));
  }

  @Test
  void warnsOfAnRpcThatListensBeyondTheMachine() {
    Settings settings = SettingsLoader.load(Map.of(), Map.of("--rpc-addr", "192.0.2.1:7373"));
    assertThat(texts(SettingsChecks.of(settings, Map.of())))
        .anyMatch(
            text ->
                text.startsWith(
                    "warn rpc address: 192.0.2.1:7373 is not on the loopback interface; RPC is not"
                        + " encrypted and asks for no key"));
  }

  /** Sizes as a real agent has them; see DoctorIT for the judgement of Serf itself. */
  @Test
  void countsTagsAsSerfEncodesThem() {
    assertThat(TagChecks.encodedSize(Map.of())).isEqualTo(2);
    assertThat(TagChecks.encodedSize(Map.of("role", "web"))).isEqualTo(2 + 5 + 4);
    assertThat(TagChecks.encodedSize(Map.of("a", "x".repeat(31)))).isEqualTo(2 + 2 + 32);
    assertThat(TagChecks.encodedSize(Map.of("a", "x".repeat(32)))).isEqualTo(2 + 2 + 35);
    assertThat(TagChecks.encodedSize(Map.of("ä", ""))).isEqualTo(2 + 3 + 1);
    Map<String, String> many = new TreeMap<>();
    for (int i = 0; i < 16; i++) {
      many.put("k" + (char) ('a' + i), "");
    }
    assertThat(TagChecks.encodedSize(many)).isEqualTo(4 + 16 * 4);
  }

  @Test
  void warnsWhenLittleRoomIsLeftForTags() {
    assertThat(tagChecks(Map.of("a", "x".repeat(454)), List.of()).get(0).result())
        .isEqualTo(Check.Result.WARN);
    assertThat(tagChecks(Map.of("a", "x".repeat(453)), List.of()).get(0))
        .isEqualTo(Check.ok("own tags", "460 of 512 bytes"));
  }

  @Test
  void failsOnBadTagsOfThisNodeAndWarnsOfThoseOfOthers() {
    List<Check> checks =
        tagChecks(Map.of("svc", "p/web:0"), List.of(member("other", Map.of("svc", "p/web:none"))));
    assertThat(checks)
        .extracting(Check::result)
        .containsExactly(Check.Result.OK, Check.Result.FAIL, Check.Result.WARN);
    assertThat(checks.get(1).finding()).contains("self").contains("svc").contains("p/web:0");
    assertThat(checks.get(2).finding()).contains("other").contains("p/web:none");
  }

  @Test
  void onlyWarnsOfAProductWithoutServices() {
    assertThat(tagChecks(Map.of("products", "p"), List.of()).get(1).result())
        .isEqualTo(Check.Result.WARN);
  }

  @Test
  void tellsNoMoreThanTenProblemsOfOthers() {
    List<Member> others = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      others.add(member("other" + i, Map.of("svc", "p/web:0")));
    }
    List<Check> checks = tagChecks(Map.of(), others);
    assertThat(checks).hasSize(13);
    assertThat(checks.get(12).finding()).isEqualTo("and 15 more");
  }

  @Test
  void judgesDirectories() throws IOException {
    assertThat(DirectoryChecks.of(directory))
        .extracting(Check::result)
        .containsOnly(Check.Result.OK);
    assertThat(texts(DirectoryChecks.of(directory.resolve("a/b"))))
        .containsExactly(
            "warn conf dir: "
                + directory
                + "/a/b does not exist yet; the first run makes it - run: serf-handler members");
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThat(texts(DirectoryChecks.of(file)))
        .containsExactly(
            "fail conf dir: " + file + " is not a directory - move it away, or set --conf-dir");
    assertThat(DirectoryChecks.of(file.resolve("x")).get(0).result()).isEqualTo(Check.Result.FAIL);
    Files.createDirectory(directory.resolve("services.yml"));
    assertThat(texts(DirectoryChecks.of(directory)))
        .contains("fail conf dir: " + directory + "/services.yml is a directory - move it away");
  }

  @Test
  void findsAFileThatIsMountedByItself() {
    // A file system of its own below a directory that exists everywhere.
    assertThat(DirectoryChecks.isMountedAlone(Path.of("/dev"), Path.of("/proc/self/status")))
        .isTrue();
    assertThat(DirectoryChecks.isMountedAlone(directory, directory)).isFalse();
  }

  @Test
  void judgesWhatIsSaidOfFilesThatAreCheckedAndReloaded() throws IOException {
    assertThat(KeptFilesCheck.of(directory, pid -> true)).isEmpty();
    Path file = Files.createDirectory(directory.resolve(".serf-handler")).resolve("files.json");
    Files.writeString(file, kept("", false, ""));
    assertThat(texts(KeptFilesCheck.of(directory, pid -> pid == 77)))
        .containsExactly("ok kept files: process 77 keeps 1, and nothing is left to do");
    Files.writeString(file, kept("the check refused a.cfg", true, "the reload failed"));
    assertThat(texts(KeptFilesCheck.of(directory, pid -> true)))
        .containsExactly(
            "fail kept files: the check refused a.cfg",
            "warn kept files: a reload is owed for a.cfg: the reload failed - process 77 tries"
                + " again by itself");
    assertThat(texts(KeptFilesCheck.of(directory, pid -> false)))
        .containsExactly(
            "warn kept files: a reload is owed for a.cfg: the reload failed - start serf-handler"
                + " agent again, or run: serf-handler members");
    Files.writeString(file, kept("", false, "HAProxy does not answer"));
    assertThat(texts(KeptFilesCheck.of(directory, pid -> true)))
        .containsExactly("warn kept files: HAProxy does not answer");
    for (String broken : List.of("broken", "{}", "[1]", "{\"pid\": 1, \"groups\": [{}]}")) {
      Files.writeString(file, broken);
      assertThat(texts(KeptFilesCheck.of(directory, pid -> true)))
          .singleElement()
          .asString()
          .startsWith("warn kept files: " + file + " can not be read: ")
          .endsWith(" - delete it");
    }
  }

  private static String kept(String reason, boolean owed, String problem) {
    return "{\"pid\": 77, \"groups\": [{\"files\": [{\"path\": \"a.cfg\", \"reason\": \""
        + reason
        + "\"}], \"reloadOwed\": "
        + owed
        + ", \"problem\": \""
        + problem
        + "\"}]}";
  }

  @Test
  void judgesWhatTheResidentAgentSaysOfItself() throws IOException {
    assertThat(texts(StatusCheck.of(directory, pid -> true)))
        .containsExactly("ok resident agent: none has run with this directory");
    Path file = Files.createDirectory(directory.resolve(".serf-handler")).resolve("status.json");
    Files.writeString(file, status("following", "[]"));
    assertThat(texts(StatusCheck.of(directory, pid -> pid == 77)))
        .containsExactly(
            "ok resident agent: process 77 follows a:1 since 2026, 6 instances in its files");
    assertThat(texts(StatusCheck.of(directory, pid -> false)))
        .containsExactly(
            "warn resident agent: process 77 ended without saying so; its last word was following,"
                + " since 2026 - start it again, or delete "
                + file);
    Files.writeString(file, status("following", "[\"cannot write x\"]"));
    assertThat(texts(StatusCheck.of(directory, pid -> true)))
        .containsExactly("fail resident agent: process 77 cannot write: [\"cannot write x\"]");
    Files.writeString(file, status("agent-away", "[]"));
    assertThat(texts(StatusCheck.of(directory, pid -> true)))
        .containsExactly(
            "warn resident agent: process 77 is agent-away since 2026: cannot reach, \"x\"");
    Files.writeString(file, status("stopped", "[]"));
    assertThat(texts(StatusCheck.of(directory, pid -> true)))
        .containsExactly("ok resident agent: stopped at 2026");
    Files.writeString(file, "broken");
    assertThat(texts(StatusCheck.of(directory, pid -> true)))
        .containsExactly(
            "warn resident agent: " + file + " cannot be read - delete it; it is remade");
  }

  private static String status(String state, String failures) {
    return """
        {
            "state": "%s",
            "since": "2026",
            "pid": 77,
            "agentAddr": "a:1",
            "lastError": "cannot reach, \"x\"",
            "instances": 6,
            "failures": %s
        }
        """
        .formatted(state, failures);
  }

  @Test
  void judgesTheClock() throws IOException {
    Duration second = Duration.ofSeconds(1);
    assertThat(ClockCheck.judge(NOW, second, second, directory).result())
        .isEqualTo(Check.Result.OK);
    assertThat(ClockCheck.judge(NOW, second.plusMillis(2500), second, directory).finding())
        .isEqualTo("was moved by 2500 ms meanwhile");
    assertThat(ClockCheck.judge(Instant.EPOCH, second, second, directory).result())
        .isEqualTo(Check.Result.FAIL);
    Path file = Files.writeString(directory.resolve("services.json"), "{}");
    Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(3600)));
    assertThat(ClockCheck.judge(NOW, second, second, directory).finding())
        .isEqualTo(file + " is from the future: it was set back");
    Files.setLastModifiedTime(file, FileTime.from(NOW));
    assertThat(ClockCheck.begin(Clock.systemUTC()).end(directory)).hasSize(1);
  }

  @Test
  void judgesJava() {
    assertThat(ProgramChecks.java(Runtime.Version.parse("17.0.1")).result())
        .isEqualTo(Check.Result.OK);
    assertThat(ProgramChecks.java(Runtime.Version.parse("11")).result())
        .isEqualTo(Check.Result.FAIL);
  }

  private static List<Check> tagChecks(Map<String, String> own, List<Member> others) {
    List<Member> members = new ArrayList<>(others);
    members.add(member("self", own));
    AgentStats stats = new AgentStats(Map.of("agent", Map.of("name", "self"), "tags", own));
    return TagChecks.of(stats, Catalog.of(members));
  }

  private static Member member(String name, Map<String, String> tags) {
    InetAddress host = InetAddress.getLoopbackAddress();
    return new Member(name, host, 1, tags, MemberStatus.ALIVE, ProtocolVersions.UNKNOWN);
  }

  private static List<String> texts(List<Check> checks) {
    return checks.stream().map(Check::toString).toList();
  }
}
