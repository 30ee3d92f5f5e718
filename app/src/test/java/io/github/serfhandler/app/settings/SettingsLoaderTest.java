package io.github.serfhandler.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.serfhandler.source.Deletes;
import io.github.serfhandler.source.ValueFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {
  @TempDir Path directory;

  @Test
  void hasADefaultForEverythingThatNeedsOne() {
    Settings settings = Settings.defaults();
    assertThat(settings.rpcAddr()).hasToString("127.0.0.1/<unresolved>:7373");
    assertThat(settings.rpcAuth()).isEmpty();
    assertThat(settings.rpcTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.confDir()).isEqualTo(Path.of("conf"));
    assertThat(settings.products()).isEmpty();
    assertThat(settings.observe()).isEmpty();
    assertThat(settings.hostsSlots()).isEqualTo(4);
    assertThat(settings.guard()).isTrue();
    assertThat(settings.guardWindow()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.guardFraction()).isEqualTo(0.5);
    assertThat(settings.guardMinimum()).isEqualTo(2);
    assertThat(settings.guardHold()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.pollProbe()).isEqualTo(Duration.ofMillis(75));
    assertThat(settings.pollMembersMax()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.configSync()).isTrue();
    assertThat(settings.configSyncMax()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.configHistory()).isEqualTo(10);
    assertThat(settings.trusted()).isEmpty();
    assertThat(settings.signingKeyFile()).isEmpty();
    assertThat(settings.eventLimit()).isEqualTo(512);
    assertThat(settings.queryLimit()).isEqualTo(1024);
    assertThat(settings.peerListen()).isEmpty();
    assertThat(settings.peerSecret()).isEmpty();
    assertThat(settings.logLevel()).isEqualTo(System.Logger.Level.INFO);
    assertThat(settings.origin(SettingsTable.RPC_ADDR)).hasToString("default");
  }

  @Test
  void prefersFlagsToEnvironmentToFileToDefault() throws IOException {
    Path file = write("rpc: {addr: 'file:1', timeout: 1s}\nconf_dir: file\nhosts: {slots: 8}\n");
    Settings settings =
        SettingsLoader.load(
            Map.of("SERF_RPC_ADDR", "variable:2", "SERF_HANDLER_CONF_DIR", "variable"),
            Map.of("--config", file.toString(), "--rpc-addr", "flag:3"));
    assertThat(settings.text(SettingsTable.RPC_ADDR)).isEqualTo("flag:3");
    assertThat(settings.origin(SettingsTable.RPC_ADDR)).hasToString("--rpc-addr");
    assertThat(settings.text(SettingsTable.CONF_DIR)).isEqualTo("variable");
    assertThat(settings.origin(SettingsTable.CONF_DIR)).hasToString("SERF_HANDLER_CONF_DIR");
    assertThat(settings.text(SettingsTable.HOSTS_SLOTS)).isEqualTo("8");
    assertThat(settings.origin(SettingsTable.HOSTS_SLOTS)).hasToString(file + ":3");
    assertThat(settings.text(SettingsTable.GUARD)).isEqualTo("on");
    assertThat(settings.origin(SettingsTable.GUARD)).isEqualTo(Origin.DEFAULT);
  }

  @Test
  void takesTheFileFromTheEnvironmentAndAFlagOverIt() throws IOException {
    Path one = write("conf_dir: one\n");
    Path two = Files.writeString(directory.resolve("two.yml"), "conf_dir: two\n");
    Map<String, String> environment = Map.of("SERF_HANDLER_CONFIG", one.toString());
    assertThat(SettingsLoader.load(environment, Map.of()).confDir()).isEqualTo(Path.of("one"));
    assertThat(SettingsLoader.load(environment, Map.of("--config", two.toString())).confDir())
        .isEqualTo(Path.of("two"));
  }

  @Test
  void takesAnEmptyVariableForNone() {
    Map<String, String> environment = Map.of("SERF_RPC_ADDR", "", "SERF_HANDLER_CONFIG", "");
    assertThat(SettingsLoader.load(environment, Map.of()).origin(SettingsTable.RPC_ADDR))
        .isEqualTo(Origin.DEFAULT);
  }

  @Test
  void tellsAnEmptyListOfProductsFromNone() {
    assertThat(SettingsLoader.load(Map.of(), Map.of("--products", "")).products())
        .contains(List.of());
    assertThat(Settings.defaults().products()).isEmpty();
  }

  @Test
  void tellsAllProblemsAtOnceEachWithPlaceValueAndRemedy() throws IOException {
    Path file = write("rpc:\n  adr: x\nguard:\n  window: 30 parsecs\nhosts: {slots: 0}\n");
    assertThat(
            problems(
                Map.of("SERF_HANDLER_GUARD_MINIMUM", "few"),
                Map.of("--config", file.toString(), "--log-level", "debgu")))
        .containsExactly(
            file + ":2: rpc.adr: unknown key; did you mean rpc.addr?",
            file
                + ":4: guard.window: \"30 parsecs\" is not a duration; write for example 1s, 30s,"
                + " 10m or 1h",
            file + ":5: hosts.slots: \"0\" is out of range; allowed is 1 to 256",
            "SERF_HANDLER_GUARD_MINIMUM: \"few\" is not a whole number; allowed is 1 to 100000",
            "--log-level: \"debgu\" is not one of error, warn, info, debug; did you mean debug?");
  }

  @Test
  void checksAValueInTheFileEvenWhereAFlagWins() throws IOException {
    Path file = write("conf_dir: ''\n");
    assertThat(problems(Map.of(), Map.of("--config", file.toString(), "--conf-dir", "x")))
        .containsExactly(
            file + ":1: conf_dir: \"\" is not a path; write for example /etc/serf-handler");
  }

  @Test
  void refusesTimesThatDoNotFitTogether() {
    assertThat(problems(Map.of(), Map.of("--poll-probe", "40s")))
        .containsExactly(
            "--poll-probe: poll.probe (40s) is longer than poll.members_max (30s); shorten the one"
                + " or lengthen the other");
    assertThat(problems(Map.of(), Map.of("--guard-hold", "2s")))
        .containsExactly(
            "--guard-hold: guard.window (30s) is longer than guard.hold (2s); shorten the one or"
                + " lengthen the other");
  }

  @Test
  void readsTheKeyFromItsFile() throws IOException {
    for (String text : List.of("hunter2", "hunter2\n", "hunter2\r\n")) {
      Path key = Files.writeString(directory.resolve("key"), text);
      Settings settings = SettingsLoader.load(Map.of(), Map.of("--rpc-auth-file", key.toString()));
      assertThat(settings.rpcAuth().orElseThrow().reveal()).isEqualTo("hunter2");
      assertThat(settings.text(SettingsTable.RPC_AUTH)).isEqualTo("(hidden)");
      assertThat(settings.origin(SettingsTable.RPC_AUTH)).hasToString("--rpc-auth-file");
    }
  }

  @Test
  void prefersTheKeyOfTheStrongerPlace() throws IOException {
    Path key = Files.writeString(directory.resolve("key"), "from-file\n");
    Map<String, String> file = Map.of("SERF_HANDLER_RPC_AUTH_FILE", key.toString());
    assertThat(SettingsLoader.load(file, Map.of("--rpc-auth", "flag")).rpcAuth())
        .hasValueSatisfying(secret -> assertThat(secret.reveal()).isEqualTo("flag"));
    Map<String, String> variable = Map.of("SERF_RPC_AUTH", "variable");
    assertThat(SettingsLoader.load(variable, Map.of("--rpc-auth-file", key.toString())).rpcAuth())
        .hasValueSatisfying(secret -> assertThat(secret.reveal()).isEqualTo("from-file"));
    assertThat(SettingsLoader.load(variable, Map.of("--rpc-auth", "")).rpcAuth()).isEmpty();
  }

  @Test
  void refusesTwoKeysInOnePlaceWithoutShowingThem() {
    assertThat(problems(Map.of(), Map.of("--rpc-auth", "hunter2", "--rpc-auth-file", "/x")))
        .containsExactly(
            "--rpc-auth-file: rpc.auth_file: rpc.auth is given as well (--rpc-auth); keep one");
  }

  @Test
  void tellsWhatIsWrongWithAKeyFileWithoutShowingIt() throws IOException {
    assertThat(keyProblem("")).endsWith("is empty; write the agent's -rpc-auth into it");
    assertThat(keyProblem("hunter2\nhunter3\n"))
        .endsWith("has several lines; the agent's -rpc-auth stands on one line");
    assertThat(keyProblem("hunter2".repeat(1000)))
        .endsWith("is longer than 4096 bytes; is it the right file?");
    assertThat(problems(Map.of(), Map.of("--rpc-auth-file", directory + "/none")))
        .containsExactly(
            "--rpc-auth-file: rpc.auth_file: " + directory + "/none: no such file; check the path");
  }

  @Test
  void readsTheSecretOfThePeerPortFromItsFile() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "0123456789abcdef\n");
    Settings settings =
        SettingsLoader.load(
            Map.of("SERF_HANDLER_PEER_LISTEN", "10.0.0.1:7947"),
            Map.of("--peer-secret-file", secret.toString()));
    assertThat(settings.peerSecret().orElseThrow().reveal()).isEqualTo("0123456789abcdef");
    assertThat(settings.text(SettingsTable.PEER_SECRET)).isEqualTo("(hidden)");
    assertThat(settings.origin(SettingsTable.PEER_SECRET)).hasToString("--peer-secret-file");
    assertThat(settings.peerListen()).isPresent();
    assertThat(
            problems(Map.of(), Map.of("--peer-secret-file", "/x", "--peer-secret", "y".repeat(16))))
        .containsExactly(
            "--peer-secret-file: peer.secret_file: peer.secret is given as well (--peer-secret);"
                + " keep one");
  }

  @Test
  void refusesASecretOfThePeerPortThatCanBeGuessed() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "hunter2");
    assertThat(problems(Map.of(), Map.of("--peer-secret-file", secret.toString())))
        .containsExactly(
            "--peer-secret-file: peer.secret_file: "
                + secret
                + " holds a value that is shorter than 16 characters; take a long one that no one"
                + " can guess");
    assertThat(problems(Map.of("SERF_HANDLER_PEER_SECRET", "hunter2"), Map.of()))
        .containsExactly(
            "SERF_HANDLER_PEER_SECRET: the value is shorter than 16 characters; take a long one"
                + " that no one can guess");
  }

  @Test
  void refusesAPeerPortWithoutASecret() {
    assertThat(problems(Map.of(), Map.of("--peer-listen", "10.0.0.1:7947")))
        .containsExactly(
            "--peer-listen: peer.listen: without a secret everyone could read the configuration"
                + " there; write the same one on all nodes into a file and name it in"
                + " peer.secret_file");
  }

  @Test
  void tellsWhyTheFileCannotBeRead() throws IOException {
    assertThat(fileProblem(directory)).isEqualTo(directory + ": is a directory; name a file");
    Path none = directory.resolve("none.yml");
    assertThat(fileProblem(none)).isEqualTo(none + ": no such file; check the path");
    Path below = write("").resolve("x");
    assertThat(fileProblem(below)).startsWith(below + ": ");
    Path big = Files.writeString(directory.resolve("big.yml"), "# 456789\n".repeat(120_000));
    assertThat(fileProblem(big))
        .isEqualTo(big + ": is longer than 1048576 bytes; is it the right file?");
    Path latin = directory.resolve("latin.yml");
    Files.write(latin, "conf_dir: a\n# gr\u00fc\u00df\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(fileProblem(latin)).isEqualTo(latin + ":2: is not UTF-8; save the file as UTF-8");
  }

  @Test
  void readsWhatIsToBeFollowed() throws IOException {
    Path file =
        write(
            """
            etcd:
              endpoints: [127.0.0.1:2379, 'https://[::1]:2379']
              prefixes: /a,/b
              lock: off
            watch:
              keys: PRODUCT-of/KEY.json
              values: yaml
              deletes: all
              dir: /srv/config
              store: consul
              options: [url=http://a/?x=1, 'b=1,2']
            """);
    Settings settings = SettingsLoader.load(Map.of(), Map.of("--config", file.toString()));
    assertThat(settings.etcdEndpoints())
        .contains(List.of("http://127.0.0.1:2379", "https://[::1]:2379"));
    assertThat(settings.etcdPrefixes()).containsExactly("/a", "/b");
    assertThat(settings.etcdLock()).isFalse();
    assertThat(settings.watchKeys()).hasToString("PRODUCT-of/KEY.json");
    assertThat(settings.watchValues()).isEqualTo(ValueFormat.YAML);
    assertThat(settings.watchDeletes()).isEqualTo(Deletes.ALL);
    assertThat(settings.watchDir()).contains(Path.of("/srv/config"));
    assertThat(settings.watchStore()).contains("consul");
    assertThat(settings.watchOptions()).containsExactly("url=http://a/?x=1", "b=1,2");
  }

  @Test
  void refusesWhatCanNotBeFollowed() {
    assertThat(problems(Map.of(), Map.of("--endpoints", "ftp://a:1")))
        .singleElement()
        .asString()
        .startsWith("--endpoints: \"ftp://a:1\" is no address of a server; write for example");
    for (String endpoint :
        List.of("a", "http://a", "http://me:pw@a:1", "http://a:1/x", "a:99999")) {
      assertThat(problems(Map.of(), Map.of("--endpoints", endpoint))).as(endpoint).hasSize(1);
    }
    for (String layout : List.of("/PRODUCT", "PRODUCTKEY", "PRODUCT-KEY", "/KEY/KEY/PRODUCT")) {
      assertThat(problems(Map.of(), Map.of("--keys", layout))).as(layout).hasSize(1);
    }
    assertThat(problems(Map.of(), Map.of("--user", "me")))
        .containsExactly("--user: etcd.user needs etcd.password as well; give both");
    assertThat(problems(Map.of(), Map.of("--cert", "a.pem")))
        .containsExactly("--cert: etcd.cert_file needs etcd.key_file as well; give both");
    assertThat(problems(Map.of(), Map.of("--option", "x"))).hasSize(1);
  }

  @Test
  void readsAFileWithAByteOrderMark() throws IOException {
    Path file = write("\ufeffconf_dir: x\n");
    assertThat(SettingsLoader.load(Map.of(), Map.of("--config", file.toString())).confDir())
        .isEqualTo(Path.of("x"));
  }

  private String keyProblem(String text) throws IOException {
    Path key = Files.writeString(directory.resolve("key"), text);
    List<String> problems = problems(Map.of(), Map.of("--rpc-auth-file", key.toString()));
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0)).doesNotContain("hunter");
    return problems.get(0);
  }

  private static String fileProblem(Path file) {
    List<String> problems = problems(Map.of(), Map.of("--config", file.toString()));
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  private static List<String> problems(Map<String, String> environment, Map<String, String> flags) {
    SettingsException e =
        catchThrowableOfType(
            SettingsException.class, () -> SettingsLoader.load(environment, flags));
    assertThat(e).isNotNull();
    assertThat(e).hasMessage(String.join("\n", e.problems()));
    return e.problems();
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(directory.resolve("conf.yml"), yaml);
  }
}
