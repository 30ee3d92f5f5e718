package io.github.serfhandler.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.EventFilter;
import io.github.serfhandler.script.ScriptSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptsTypeTest {
  @TempDir Path folder;

  @Test
  void takesLinesOfSerfsConfigurationUnchanged() throws Exception {
    List<ScriptSpec> scripts =
        new ScriptsType()
            .parse("user:deploy=/x/deploy.sh\n\nmember-join,member-leave=A=b /x/m.sh\n/x/all.sh\n");
    assertThat(scripts)
        .containsExactly(
            ScriptSpec.of(EventFilter.userEvents("deploy"), ScriptSpec.shell("/x/deploy.sh")),
            ScriptSpec.of(
                EventFilter.parse("member-join,member-leave"), ScriptSpec.shell("A=b /x/m.sh")),
            ScriptSpec.of(EventFilter.all(), ScriptSpec.shell("/x/all.sh")));
  }

  @Test
  void takesAMappingForWhatSerfHasNoWordFor() throws IOException {
    List<ScriptSpec> scripts =
        load("""
                handlers:
                  scripts:
                    - user:deploy=/x/deploy.sh
                    - on: [query:load, query:disk]
                      run: ["/x/my load.sh", "-v", ""]
                      role: web
                      timeout: 5m
                      dir: /srv
                      name: load
                    - run: |
                        cd /x
                        make
                """)
            .scripts();
    assertThat(scripts).hasSize(3);
    ScriptSpec load = scripts.get(1);
    assertThat(load.on()).isEqualTo(EventFilter.parse("query:load,query:disk"));
    assertThat(load.argv()).containsExactly("/x/my load.sh", "-v", "");
    assertThat(load.role()).isEqualTo("web");
    assertThat(load.timeout()).contains(Duration.ofMinutes(5));
    assertThat(load.dir()).contains(Path.of("/srv"));
    assertThat(load.name()).isEqualTo("load");
    assertThat(scripts.get(2).argv()).containsExactly("/bin/sh", "-c", "cd /x\nmake\n");
    assertThat(scripts.get(2).role()).isEqualTo("default");
  }

  @Test
  void saysWhereTheMistakeIsAndWhatToDo() {
    assertThatThrownBy(
            () ->
                load(
                    """
                    handlers:
                      scripts:
                        - deploy=/x/deploy.sh
                        - run: /x
                          timeout: 5
                        - runs: /x
                        - role: web
                        - run: /x
                          on: [user, joins]
                        - run: /x
                          role: web:db
                    """))
        .isInstanceOfSatisfying(
            SettingsException.class,
            e ->
                assertThat(e.problems())
                    .satisfiesExactly(
                        one -> assertThat(one).contains(":3: handlers.scripts: ", "*= before it"),
                        one ->
                            assertThat(one).contains(":5: handlers.scripts: timeout: ", "is not a"),
                        one -> assertThat(one).contains(":6: ", "runs: ", "did you mean run?"),
                        one -> assertThat(one).contains(":7: ", "run: is missing; write"),
                        one -> assertThat(one).contains(":9: ", "on: 'joins' is no kind of event"),
                        one -> assertThat(one).contains(":11: ", "role: holds a colon")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- [a]|an entry is a text or a mapping",
        "- &a /x|anchors and aliases",
        "- !!str /x|YAML tags",
        "- {run: &a /x}|anchors and aliases",
        "- {run: [!!str /x]}|YAML tags",
        "- {run: /x, run: /y}|stands twice",
        "- {[a]: /x}|a key is a plain word",
        "- {run: {a: b}}|a text or a list of texts",
        "- {run: []}|the list is empty",
        "- {run: [[a]]}|an entry of the list is no text",
        "- {}|an entry is empty",
        "- user:x=echo a: b|put the whole line in quotes"
      })
  void refusesWhatYamlKnowsAndScriptsDoNotUse(String item, String problem) {
    assertThatThrownBy(() -> load("handlers.scripts:\n" + item + "\n"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(":2: ")
        .hasMessageContaining(problem);
  }

  @Test
  void takesOneALineFromTheEnvironment() {
    Settings settings =
        SettingsLoader.load(
            Map.of("SERF_HANDLER_SCRIPTS", "query:load=uptime\n/x/all.sh\n"), Map.of());
    assertThat(settings.text(SettingsTable.HANDLERS_SCRIPTS))
        .isEqualTo("query:load=uptime\n/x/all.sh");
  }

  @Test
  void showsWhatSerfHasNoWordForInBrackets() throws IOException {
    Settings settings =
        load("handlers.scripts: [{run: [a, b], role: web, timeout: 5s, dir: /x, on: user}]\n");
    assertThat(settings.text(SettingsTable.HANDLERS_SCRIPTS))
        .isEqualTo("user=a b (role web) (timeout 5000ms) (in /x)");
  }

  private Settings load(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("conf.yml"), yaml);
    return SettingsLoader.load(Map.of(), Map.of("--config", file.toString()));
  }
}
