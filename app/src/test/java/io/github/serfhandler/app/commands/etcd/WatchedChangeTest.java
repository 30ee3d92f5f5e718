package io.github.serfhandler.app.commands.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.serfhandler.app.cli.UsageException;
import io.github.serfhandler.config.RejectedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchedChangeTest {
  /** Variables as the kernel has them; each character is a byte. */
  static WatchVariables variables(String... assignments) {
    String environment = "PATH=/bin\0" + String.join("\0", assignments) + "\0";
    return new WatchVariables(
        WatchVariables.parse(environment.getBytes(StandardCharsets.ISO_8859_1)), true);
  }

  static WatchVariables v2(String action, String key, String index, String value) {
    return variables(
        "ETCD_WATCH_ACTION=" + action,
        "ETCD_WATCH_KEY=" + key,
        "ETCD_WATCH_MODIFIED_INDEX=" + index,
        "ETCD_WATCH_VALUE=" + value);
  }

  static WatchVariables v3(String type, String key, String revision, String value) {
    return variables(
        "ETCD_WATCH_EVENT_TYPE=\"" + type + "\"",
        "ETCD_WATCH_KEY=\"" + key + "\"",
        "ETCD_WATCH_REVISION=" + revision,
        "ETCD_WATCH_VALUE=\"" + value + "\"");
  }

  private static String value(WatchVariables variables) {
    byte[] bytes = WatchedChange.read(variables).value().orElseThrow().bytes();
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static void assertRejected(WatchVariables variables, String reason) {
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> WatchedChange.read(variables))
        .withMessageContaining(reason);
  }

  private static void assertMisuse(WatchVariables variables, String message) {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> WatchedChange.name(variables))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"set", "create", "update", "compareAndSwap"})
  void takesWhatSetsAKey(String action) {
    WatchedChange change = WatchedChange.read(v2(action, "/p/k", "12", "{\"a\":\"$(x)\n\"}"));
    assertThat(change).hasToString("/p/k version 12");
    assertThat(value(v2(action, "/p/k", "12", "{\"a\":\"$(x)\n\"}")))
        .isEqualTo("{\"a\":\"$(x)\n\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "compareAndDelete", "expire"})
  void takesWhatDeletesAKey(String action) {
    assertThat(WatchedChange.read(v2(action, "/p/k", "12", "")))
        .hasToString("/p/k version 12 (deleted)");
  }

  @Test
  void takesWhatVersionThreeTells() {
    assertThat(WatchedChange.read(v3("PUT", "/p/k", "7", "{}"))).hasToString("/p/k version 7");
    assertThat(WatchedChange.read(v3("DELETE", "/p/k", "8", "")))
        .hasToString("/p/k version 8 (deleted)");
    assertThat(value(v3("PUT", "/p/k", "7", "a\\x00\\xff\\n\\\"\u00c3\u00a9")))
        .isEqualTo("a\0\u00ff\n\"\u00c3\u00a9");
  }

  @Test
  void refusesWhatIsNoChangeOfAValue() {
    assertRejected(v2("get", "/p/k", "1", "{}"), "changes nothing");
    assertRejected(v3("WATCH", "/p/k", "1", "{}"), "neither PUT nor DELETE");
    assertRejected(v2("set", "/p/\u00ff", "1", "{}"), "its key is no UTF-8");
    assertRejected(v3("PUT", "/p/\\xff", "1", "{}"), "its key is no UTF-8");
    assertRejected(v3("PUT", "/p/k", "1", "\\x"), "not in the quotes of etcdctl watch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "x", "1.0", "9007199254740992", "99999999999999999999"})
  void refusesWhatIsNoVersion(String version) {
    assertRejected(v2("set", "/p/k", version, "{}"), "is not a number from 0 to 9007199254740991");
    assertRejected(v3("PUT", "/p/k", version, "{}"), "is not a number from 0 to 9007199254740991");
  }

  @Test
  void refusesWhatMayNotBeWhatWasSet() {
    String replaced = "{\"a\":\"\u00ef\u00bf\u00bd\"}";
    assertRejected(v2("set", "/p/k", "1", replaced), "U+FFFD");
    assertThat(value(v3("PUT", "/p/k", "1", replaced.replace("\"", "\\\"")))).isEqualTo(replaced);
    WatchVariables decoded =
        WatchVariables.ofDecoded(
            Map.of(
                "ETCD_WATCH_EVENT_TYPE", "PUT",
                "ETCD_WATCH_KEY", "\"/p/k\"",
                "ETCD_WATCH_REVISION", "1",
                "ETCD_WATCH_VALUE", "\"\ufffd\""));
    assertRejected(decoded, "LC_ALL=C.UTF-8");
  }

  @Test
  void saysHowToCallItWhereVariablesAreMissing() {
    assertMisuse(variables(), "etcdctl watch --prefix / -- serf-handler etcd");
    assertMisuse(variables("ETCD_WATCH_KEY=/a/b"), "tells of no change");
    assertMisuse(variables("ETCD_WATCH_ACTION=set"), "ETCD_WATCH_KEY is not set");
    assertMisuse(
        variables("ETCD_WATCH_ACTION=set", "ETCD_WATCH_KEY=/a/b"),
        "ETCD_WATCH_MODIFIED_INDEX is not set");
    assertMisuse(
        variables("ETCD_WATCH_REVISION=1", "ETCD_WATCH_KEY=/a/b"),
        "ETCD_WATCH_EVENT_TYPE is not set");
    assertMisuse(variables("ETCD_WATCH_REVISION=1", "ETCD_WATCH_ACTION=set"), "both");
  }

  @Test
  void namesAKeyThatItCanNotRead() {
    assertThat(WatchedChange.name(v3("PUT", "/p/\\xff", "1", "{}"))).isEqualTo("/p/\ufffd");
    assertThat(
            WatchedChange.name(
                variables(
                    "ETCD_WATCH_EVENT_TYPE=x", "ETCD_WATCH_KEY=\"\\", "ETCD_WATCH_REVISION=1")))
        .isEqualTo("\"\\");
  }

  @Test
  void findsTheEtcdctlThatItBelongsTo(@TempDir Path processes) throws Exception {
    stat(processes, "self", "50 (java) S 40 50");
    stat(processes, "40", "40 (sh) a) S 30 50");
    assertThat(WatchProcess.find(processes)).isEqualTo("-");
    stat(processes, "30", "30 (etcdctl) S 1 50");
    assertThat(WatchProcess.find(processes)).isEqualTo("30@4711");
    stat(processes, "40", "40 (sh S 30");
    assertThat(WatchProcess.find(processes)).isEqualTo("-");
    stat(processes, "40", "40 (sh) S 40 50");
    assertThat(WatchProcess.find(processes)).as("a parent of itself").isEqualTo("-");
  }

  private static void stat(Path processes, String id, String begin) throws Exception {
    Path folder = Files.createDirectories(processes.resolve(id));
    Files.writeString(folder.resolve("stat"), begin + " 0".repeat(16) + " 4711 0 0\n");
  }
}
