package io.github.serfhandler.app.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.serfhandler.app.settings.AddressType;
import io.github.serfhandler.app.settings.DurationType;
import io.github.serfhandler.app.settings.FilesType;
import io.github.serfhandler.app.settings.FractionType;
import io.github.serfhandler.app.settings.IntType;
import io.github.serfhandler.app.settings.NamesType;
import io.github.serfhandler.app.settings.PathType;
import io.github.serfhandler.app.settings.PathsType;
import io.github.serfhandler.app.settings.RulesType;
import io.github.serfhandler.app.settings.ScriptsType;
import io.github.serfhandler.app.settings.SecretType;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsException;
import io.github.serfhandler.app.settings.SettingsLoader;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.app.settings.SwitchType;
import io.github.serfhandler.app.settings.TextType;
import io.github.serfhandler.app.settings.TrustedType;
import io.github.serfhandler.app.settings.WordType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The committed schema before a validator that others wrote, beside the program itself. JSON is
 * YAML, so that both judge the same text; {@code '} stands for {@code "} here.
 */
class SettingsSchemaTest {
  private static final Path FILE = Path.of("..", "docs", "reference", "settings.schema.json");
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

  /** Values for every setting, most of them wrong for most. */
  private static final String VALUES =
      """
      0|1|4|300|-1|0.5|1.0|1.5|true|false|null|''|' '|'on'|'off'|'yes'|'TRUE'|'info'|'INFO'|'0.5'\
      |'4'|'30s'|'30 s'|'30'|'0s'|'99h'|'1.5s'|'-1s'|'30x'|'127.0.0.1:7373'|'[::1]:7373'\
      |'::1:7373'|'host'|'host:99999'|'[:]:1'|'300.1.1.1:7373'|'-h:1'|'a:b'|'a, b'|'a b'|'a/b'\
      |'a..b'|'/tmp/x'|[]|['a']|['a', 'a/b']|['a:b']|['a..b']|['']|[1]|[null]|[['a']]|{}|{'a': 1}""";

  /**
   * Where the two do not agree.
   *
   * @param schemaTakes what the program alone refuses: bounds and forms that a schema cannot tell
   * @param programTakes what the schema alone refuses: the program reads a value as it is written,
   *     with or without quotes, and the schema tells of the usual way alone
   */
  private record Difference(String schemaTakes, String programTakes) {}

  private static final String PLAIN = "0|1|4|300|-1|0.5|1.0|1.5|true|false";

  private static final Map<Class<?>, Difference> DIFFERENCES =
      Map.ofEntries(
          Map.entry(
              AddressType.class,
              new Difference("'host:99999'|'[:]:1'|'300.1.1.1:7373'|'-h:1'", "")),
          Map.entry(DurationType.class, new Difference("'0s'|'99h'", "")),
          Map.entry(FilesType.class, new Difference("", "")),
          Map.entry(FractionType.class, new Difference("", "'0.5'")),
          // To a schema, 1.0 is an integer.
          Map.entry(IntType.class, new Difference("1.0", "'4'|'30'")),
          Map.entry(NamesType.class, new Difference("", "0|1|4|300|0.5|1.0|1.5|true|false|[1]")),
          Map.entry(PathType.class, new Difference("' '", PLAIN)),
          Map.entry(PathsType.class, new Difference("' '", PLAIN + "|[1]")),
          Map.entry(RulesType.class, new Difference("", "''")),
          Map.entry(ScriptsType.class, new Difference("", PLAIN + "|[1]")),
          Map.entry(SecretType.class, new Difference("", PLAIN)),
          Map.entry(SwitchType.class, new Difference("", "")),
          Map.entry(TextType.class, new Difference("", PLAIN)),
          Map.entry(TrustedType.class, new Difference("", "")),
          Map.entry(WordType.class, new Difference("", "")));

  /** Those of single settings, where their type alone does not tell. */
  private static final Map<String, Difference> OF_ONE =
      Map.of(
          SettingsTable.ETCD_ENDPOINTS.key(),
          new Difference("'host:99999'|'[:]:1'|'300.1.1.1:7373'|'-h:1'", ""),
          SettingsTable.ETCD_PREFIXES.key(),
          new Difference("", PLAIN + "|[1]"),
          SettingsTable.PEER_SECRET.key(),
          new Difference("", ""),
          SettingsTable.EVENT_LIMIT.key(),
          new Difference("", ""),
          SettingsTable.QUERY_LIMIT.key(),
          new Difference("", ""));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"{'type': 'text'}", "{'minimum': '1'}", "{'properties': []}"})
  void isJudgedByRulesThatFindMistakes(String mistaken) {
    assertThat(metaschema().validate(json(mistaken), InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void isASchema() throws IOException {
    assertThat(metaschema().validate(Files.readString(FILE), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void takesDefaultAndExample(Setting<?> setting) throws IOException {
    if (setting.equals(SettingsTable.CONFIG_RULES)) {
      // Rules have no text.
      return;
    }
    for (String text :
        Stream.of(setting.defaultText(), setting.example()).filter(Objects::nonNull).toList()) {
      String value = text.matches("[0-9.]+") ? text : "'" + text + "'";
      bothTake(setting.key(), value);
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void agreesWithTheProgramButForWhatIsKnown(Setting<?> setting) throws IOException {
    List<String> bySchema = new ArrayList<>();
    List<String> byProgram = new ArrayList<>();
    for (String value : VALUES.split("\\|", -1)) {
      for (String document : documents(setting.key(), value)) {
        boolean schema = schemaTakes(document);
        boolean program = programTakes(document);
        if (schema != program) {
          (schema ? bySchema : byProgram).add(document);
        }
      }
    }
    Difference known =
        OF_ONE.getOrDefault(
            setting.key(),
            DIFFERENCES.getOrDefault(setting.type().getClass(), new Difference("", "")));
    assertThat(bySchema)
        .as("taken by the schema alone")
        .containsExactlyInAnyOrderElementsOf(allDocuments(setting, known.schemaTakes()));
    assertThat(byProgram)
        .as("taken by the program alone")
        .containsExactlyInAnyOrderElementsOf(allDocuments(setting, known.programTakes()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'rpc.adr': 'a:1'}",
        "{'rpc': {'adr': 'a:1'}}",
        "{'rpc': {'rpc.addr': 'a:1'}}",
        "{'rpc.addr.port': 1}",
        "{'config': 'conf.yml'}",
        "{'': 1}",
        "{'rpc': 'a:1'}",
        "{'rpc': ['a:1']}",
        "{'rpc': true}",
        "{'hosts': {'slots': {'a': 1}}}",
        "['conf_dir']",
        "'conf_dir'",
        "1"
      })
  void refusesWhatTheProgramRefuses(String document) throws IOException {
    assertThat(programTakes(document)).as("the program takes it").isFalse();
    assertThat(schemaTakes(document)).as("the schema takes it").isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "{'rpc': null}",
        "{'rpc': {}}",
        "{'guard': {'hold': '1h', 'window': '1m'}, 'hosts.slots': 8, 'products': ['a', 'b']}"
      })
  void takesWhatTheProgramTakes(String document) throws IOException {
    assertThat(programTakes(document)).as("the program takes it").isTrue();
    assertThat(schemaTakes(document)).as("the schema takes it").isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'user:deploy=/x/deploy.sh'",
        "'/x/all.sh'",
        "'member-join,member-leave=/x/a.sh\\nquery:load=uptime\\n'",
        "'  \\n/x/a.sh'",
        "'=/x/all.sh'",
        "'user:=/x/a.sh'",
        "['*=A=b /x/all.sh']",
        "['user:deploy=cd /x\\nmake A=b']",
        "['query:load=uptime', {'run': '/x/a.sh'}]",
        "[{'run': ['/x/a.sh', '', '-v'], 'on': 'user:deploy,query', 'role': 'web'}]",
        "[{'run': 'a=b /x', 'on': ['member-join', 'user'], 'timeout': '5m', 'dir': '/x'}]",
        "[{'run': '/x', 'on': '', 'name': 'the deploy'}]"
      })
  void takesScriptsAsTheProgramDoes(String value) throws IOException {
    bothTake("handlers.scripts", value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'deploy=/x/deploy.sh'",
        "'user:deploy='",
        "'user:deploy=  '",
        "'/x/a.sh\\nFOO=bar /x/b.sh'",
        "'member-join, member-leave=/x/a.sh'",
        "['A=b /x/all.sh']",
        "['user:deploy=']",
        "[' ']",
        "[{}]",
        "[{'on': 'user'}]",
        "[{'run': ''}]",
        "[{'run': []}]",
        "[{'run': [['a']]}]",
        "[{'run': {'a': 'b'}}]",
        "[{'run': null}]",
        "[{'run': '/x', 'on': 'users'}]",
        "[{'run': '/x', 'on': 'user,'}]",
        "[{'run': '/x', 'on': ['user:a', 'b']}]",
        "[{'run': '/x', 'role': ''}]",
        "[{'run': '/x', 'role': 'a:b'}]",
        "[{'run': '/x', 'role': ['a']}]",
        "[{'run': '/x', 'timeout': '5'}]",
        "[{'run': '/x', 'dir': ' '}]",
        "[{'run': '/x', 'name': ''}]",
        "[{'run': '/x', 'rnu': '/y'}]",
        "{'run': '/x'}"
      })
  void refusesScriptsAsTheProgramDoes(String value) throws IOException {
    bothRefuse("handlers.scripts", value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'%s'", "'%s\\n b.c:%s\\n'", "['%s', 'b_2-:%s']", "[]", "''"})
  void takesPublicKeysAsTheProgramDoes(String value) throws IOException {
    String key = SettingsTable.CONFIG_TRUSTED.example();
    String keys = value.replaceFirst("%s", key).replace("%s", key.substring("ops:".length()));
    bothTake("config.trusted", keys);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'ops'",
        "'ops:AAAA'",
        "':%s'",
        "'a..b:%s'",
        "'../b:%s'",
        "'ops:%sA'",
        "['ops:%s ops:%s']",
        "[{'ops': '%s'}]",
        "[' ']",
        "{'ops': '%s'}"
      })
  void refusesOtherKeysAsTheProgramDoes(String value) throws IOException {
    String key = SettingsTable.CONFIG_TRUSTED.example().substring("ops:".length());
    bothRefuse("config.trusted", value.replace("%s", key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[{'match': 'shop/db', 'check': ['/x', '-v'], 'run': ['/y'], 'timeout': '5s'}]"
      })
  void takesRulesAsTheProgramDoes(String value) throws IOException {
    bothTake("config.rules", value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "''",
        "'json'",
        "'json\\n env=/x'",
        "'template=a.peb'",
        "['env', 'hosts=/etc/hosts', 'template=a.peb:/b']",
        "[{'format': 'env'}]",
        "[{'format': 'template', 'template': 'a.peb', 'path': '/b', 'mode': '0640', 'owner': 'a:b'}]",
        "[{'format': 'nginx', 'product': 'shop', 'check': ['nginx', '-t', '-c', '{}'], 'reload':"
            + " ['nginx', '-s', 'reload'], 'timeout': '5s', 'wait': '2s:10s', 'log_output': 'off'}]",
        "[{'format': 'json', 'wait': {'min': '1s', 'max': '2s'}}]",
        "[{'format': 'json', 'wait': {'min': '1s'}}]",
        "[{'format': 'json', 'wait': '0s'}]",
        "[{'format': 'haproxy', 'protocol': 'http', 'balance': 'leastconn', 'bind': ['a/b=*:80'],"
            + " 'slots': 4, 'socket': '/run/x.sock', 'drain': '30s'}]",
        "[{'format': 'haproxy', 'bind': 'a/b=[::1]:80'}]"
      })
  void takesFilesAsTheProgramDoes(String value) throws IOException {
    bothTake("files.render", value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'jsn'",
        "'json='",
        "'template'",
        "'template='",
        "[' ']",
        "[{'path': '/x'}]",
        "[{'format': 'jsn'}]",
        "[{'format': 'json', 'colour': 'red'}]",
        "[{'format': 'json', 'mode': '99'}]",
        "[{'format': 'json', 'mode': 'rw'}]",
        "[{'format': 'json', 'check': 'true'}]",
        "[{'format': 'json', 'wait': 'long'}]",
        "[{'format': 'json', 'wait': {'max': '1s'}}]",
        "[{'format': 'json', 'wait': {'min': '1s', 'often': '1s'}}]",
        "[{'format': 'json', 'wait': {}}]",
        "[{'format': 'haproxy', 'protocol': 'udp'}]",
        "[{'format': 'haproxy', 'slots': -1}]",
        "[['json']]",
        "{'format': 'json'}"
      })
  void refusesOtherFilesAsTheProgramDoes(String value) throws IOException {
    bothRefuse("files.render", value);
  }

  private void bothTake(String key, String value) throws IOException {
    for (String document : documents(key, value)) {
      assertThat(programTakes(document)).as("the program takes %s", document).isTrue();
      assertThat(schemaTakes(document)).as("the schema takes %s", document).isTrue();
    }
  }

  private void bothRefuse(String key, String value) throws IOException {
    for (String document : documents(key, value)) {
      assertThat(programTakes(document)).as("the program takes %s", document).isFalse();
      assertThat(schemaTakes(document)).as("the schema takes %s", document).isFalse();
    }
  }

  private static Stream<Setting<?>> settings() {
    return SettingsTable.ALL.stream().filter(Setting::inFile);
  }

  private static List<String> allDocuments(Setting<?> setting, String values) {
    return values.isEmpty()
        ? List.of()
        : Stream.of(values.split("\\|", -1))
            .flatMap(value -> documents(setting.key(), value).stream())
            .toList();
  }

  /** A document with this setting alone, with a dot in its key and, if it has one, nested. */
  private static List<String> documents(String key, String value) {
    String dotted = "{'" + key + "': " + value + "}";
    return key.indexOf('.') < 0
        ? List.of(dotted)
        : List.of(dotted, "{'" + key.replace(".", "': {'") + "': " + value + "}}");
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static Schema metaschema() {
    return REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_7.getDialectId()));
  }

  private static boolean schemaTakes(String document) throws IOException {
    return REGISTRY
        .getSchema(Files.readString(FILE), InputFormat.JSON)
        .validate(json(document), InputFormat.JSON)
        .isEmpty();
  }

  private boolean programTakes(String document) throws IOException {
    Path file = Files.writeString(folder.resolve("conf.yml"), json(document));
    try {
      // Secrets on the command line are the stronger ones, so that no file with one is read.
      Map<String, String> flags =
          Map.of(
              "--config",
              file.toString(),
              "--rpc-auth",
              "",
              "--peer-secret",
              "a-secret-for-the-peer-port",
              // What is given alone is no mistake of the file then.
              "--user",
              "me",
              "--password",
              "a-password",
              "--cert",
              "/tmp/cert.pem",
              "--key",
              "/tmp/key.pem");
      SettingsLoader.load(Map.of(), flags);
      return true;
    } catch (SettingsException e) {
      return false;
    }
  }
}
