package io.github.serfhandler.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.haproxy.Balance;
import io.github.serfhandler.haproxy.HaproxySettings;
import io.github.serfhandler.output.Wait;
import io.github.serfhandler.store.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesTypeTest {
  @TempDir Path temp;

  private List<FileSetting> files(String yaml) throws IOException {
    Path file = Files.writeString(temp.resolve("conf.yml"), yaml);
    return SettingsLoader.load(Map.of("SERF_HANDLER_CONFIG", file.toString()), Map.of()).files();
  }

  private FileSetting one(String parts) throws IOException {
    return files("files:\n  render:\n    - " + parts.replace("\n", "\n      ") + "\n").get(0);
  }

  @Test
  void readsTextsAsTheCommandLineHasThem() throws Exception {
    List<FileSetting> files =
        new FilesType().parse("json\n\n nginx=/etc/nginx/up.conf \ntemplate=a:b.peb:/etc/c\n");
    assertThat(files)
        .extracting(FileSetting::format)
        .containsExactly(FileFormat.JSON, FileFormat.NGINX, FileFormat.TEMPLATE);
    assertThat(files.get(0).path()).isEmpty();
    assertThat(files.get(1).path()).contains(Path.of("/etc/nginx/up.conf"));
    assertThat(files.get(2).template()).contains(Path.of("a:b.peb"));
    assertThat(files.get(2).path()).contains(Path.of("/etc/c"));
    assertThat(new FilesType().parse("template=a.peb").get(0).path()).isEmpty();
  }

  @Test
  void readsAllThatCanBeSaidOfAFile() throws Exception {
    FileSetting file =
        one(
            """
            format: haproxy
            product: shop
            path: /etc/haproxy/haproxy.cfg
            mode: "0640"
            owner: root:haproxy
            check: [haproxy, -c, -f, "{}"]
            reload: [systemctl, reload, haproxy]
            timeout: 5s
            wait: {min: 1s, max: 8s}
            log_output: off
            protocol: http
            balance: leastconn
            bind: ["web=*:80", "shop/api=[::1]:81"]
            slots: 3
            socket: /run/haproxy/serf.sock
            drain: 30s""");
    assertThat(file.format()).isEqualTo(FileFormat.HAPROXY);
    assertThat(file.product()).contains("shop");
    assertThat(file.path()).contains(Path.of("/etc/haproxy/haproxy.cfg"));
    assertThat(file.access())
        .isEqualTo(new Access(OptionalInt.of(0640), Optional.of("root"), Optional.of("haproxy")));
    assertThat(file.check().orElseThrow().argv()).containsExactly("haproxy", "-c", "-f", "{}");
    assertThat(file.check().orElseThrow().timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(file.reload().orElseThrow().argv())
        .containsExactly("systemctl", "reload", "haproxy");
    assertThat(file.waits()).contains(new Wait(Duration.ofSeconds(1), Duration.ofSeconds(8)));
    assertThat(file.logOutput()).isFalse();
    HaproxySettings haproxy = file.haproxy().orElseThrow();
    assertThat(haproxy.mode()).isEqualTo(HaproxySettings.Mode.HTTP);
    assertThat(haproxy.balance()).isEqualTo(Balance.LEASTCONN);
    assertThat(haproxy.binds()).hasToString("[shop/web=*:80, shop/api=[::1]:81]");
    assertThat(haproxy.slots()).isEqualTo(3);
    assertThat(haproxy.socket()).contains(Path.of("/run/haproxy/serf.sock"));
    assertThat(haproxy.drain()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void leavesTheRestAsItIs() throws Exception {
    FileSetting file = one("format: env");
    assertThat(file.access()).isEqualTo(Access.AS_IT_IS);
    assertThat(file.waits()).isEmpty();
    assertThat(file.check()).isEmpty();
    assertThat(file.reload()).isEmpty();
    assertThat(file.logOutput()).isTrue();
    assertThat(file.haproxy()).isEmpty();
    assertThat(one("format: haproxy").haproxy().orElseThrow().slots()).isZero();
    assertThat(one("format: env\nreload: [x]").reload().orElseThrow().timeout())
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void waitsFourTimesAsLongAtMostWhereNothingElseIsSaid() throws Exception {
    assertThat(one("format: env\nwait: 2s").waits())
        .contains(new Wait(Duration.ofSeconds(2), Duration.ofSeconds(8)));
    assertThat(one("format: env\nwait: 2s:3s").waits())
        .contains(new Wait(Duration.ofSeconds(2), Duration.ofSeconds(3)));
    assertThat(one("format: env\nwait: {min: 30m}").waits())
        .contains(new Wait(Duration.ofMinutes(30), Duration.ofHours(1)));
    assertThat(one("format: env\nwait: 0s").waits()).contains(Wait.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "path: /x|3: files.render: format: is missing; write one of json, yaml, fakedhosts, hosts,",
        "format: hapoxy|3: files.render: format: \"hapoxy\" is no format of a file; there are",
        "format: hapoxy|did you mean haproxy?",
        "format: template|3: files.render: template: is missing; write for example",
        "format: env\\ntemplate: x|4: files.render: template: means nothing for the format env",
        "format: yaml\\nproduct: x|4: files.render: product: means nothing for the format yaml",
        "format: nginx\\nsocket: /x|4: files.render: socket: means nothing for the format nginx",
        "format: env\\nproduct: ../x|4: files.render: product: \"../x\" is no name of a product",
        "format: env\\nmode: 0888|4: files.render: mode: \"0888\" is no mode; write three or four",
        "format: env\\nowner: 'a:b:c'|4: files.render: owner: \"a:b:c\" is not USER, USER:GROUP",
        "format: env\\ncheck: [true]|4: files.render: check: is not told which file to check",
        "format: env\\ncheck: x {}|4: files.render: check: is a list, the program and each of",
        "format: env\\nwait: soon|4: files.render: wait: is two durations; write for example 2s:10s",
        "format: env\\nwait: 9s:2s|4: files.render: wait: a wait is two times, the second not",
        "format: env\\nwait: {max: 2s}|4: files.render: wait: is two durations",
        "format: env\\nwait: {min: 2s, x: 2s}|4: files.render: wait: x: unknown; there are min",
        "format: env\\nwait: [2s]|4: files.render: wait: is one text; write it on its line",
        "format: env\\nrelaod: [x]|4: files.render: relaod: no part of a file; did you mean reload?",
        "format: haproxy\\nbalance: static-rr|4: files.render: balance: HAProxy's balance is none",
        "format: haproxy\\nbind: 'web=*:80'|4: files.render: bind: a bind does not say of which",
        "format: haproxy\\nsocket: s.sock|4: files.render: socket: HAProxy's socket must be an",
        "format: haproxy\\nprotocol: udp|4: files.render: protocol: \"udp\" is not one of tcp, http",
        "format: haproxy\\nslots: 1001|4: files.render: slots: \"1001\" is out of range",
      })
  void namesLinePartValueAndRemedy(String parts, String message) {
    assertThatThrownBy(() -> one(parts.replace("\\n", "\n")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nginx=|is not a path",
        "ngin|did you mean nginx?",
        "template|names no template; write for example template=app.conf.peb:/etc/app.conf",
        "template=:/x|names no template",
      })
  void saysWhatATextLacks(String text, String message) {
    assertThatThrownBy(() -> new FilesType().parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessageContaining(message);
  }
}
