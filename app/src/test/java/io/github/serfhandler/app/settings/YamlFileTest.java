package io.github.serfhandler.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlFileTest {
  @Test
  void readsNestedAndDottedKeysWithTheirLines() {
    YamlFile.Content content =
        YamlFile.parse(
            "conf.yml",
            """
            # where the agent is
            rpc:
              addr: "[::1]:7373"   # v6
              timeout: 3s
            conf_dir: /etc/x

            products: [product1, product2]
            observe:
              - product3
            guard.enabled: off
            hosts: {slots: 8}
            poll:
            """);
    assertThat(content.problems()).isEmpty();
    assertThat(content.entries())
        .extracting(entry -> entry.line() + " " + entry.setting() + "=" + entry.text())
        .containsExactly(
            "3 rpc.addr=[::1]:7373",
            "4 rpc.timeout=3s",
            "5 conf_dir=/etc/x",
            "7 products=product1:product2",
            "8 observe=product3",
            "10 guard.enabled=off",
            "11 hosts.slots=8");
  }

  @Test
  void readsAnEmptyFileAsNoSettings() {
    for (String text : List.of("", "\n\n", "# nothing\n", "---\n", "---\n...\n", "~\n")) {
      assertThat(YamlFile.parse("conf.yml", text).problems()).isEmpty();
      assertThat(YamlFile.parse("conf.yml", text).entries()).isEmpty();
    }
  }

  static List<Arguments> mistakes() {
    return List.of(
        mistake("\nrpc:\n  adr: x\n", "3: rpc.adr: unknown key; did you mean rpc.addr?"),
        mistake("rcp:\n  addr: x\n", "1: rcp: unknown key; did you mean rpc?"),
        mistake(
            "config: x.yml\n",
            "1: config: has settings of its own; write them on indented lines below it"),
        mistake("bogus:\n  deep: [1, {a: b}]\n", "1: bogus: unknown key"),
        mistake(
            "conf_dir: a\nconf_dir: b\n",
            "2: conf_dir: stands twice; remove one (the other is on line 1)"),
        mistake(
            "rpc:\n  addr: a:1\nrpc.addr: b:1\n",
            "3: rpc.addr: stands twice; remove one (the other is on line 2)"),
        mistake("rpc: {}\nrpc: {}\n", "2: rpc: stands twice; remove one (the other is on line 1)"),
        mistake("conf_dir:\n", "1: conf_dir: has no value; write one or remove the line"),
        mistake("conf_dir: null\n", "1: conf_dir: has no value; write one or remove the line"),
        mistake(
            "guard: off\n",
            "1: guard: has settings of its own; write them on indented lines below it"),
        mistake(
            "hosts:\n  slots: [4]\n", "2: hosts.slots: is one value; write for example slots: 8"),
        mistake(
            "conf_dir: {a: b}\n",
            "1: conf_dir: is one value; write for example conf_dir: /etc/serf-handler/conf"),
        mistake(
            "products: [[a]]\n", "1: products: an entry of the list is no name; write one name"),
        mistake(
            "products: ['a:b']\n", "1: products: an entry of the list is no name; write one name"),
        mistake(
            "a: &x [1]\nconf_dir: *x\n",
            "1: a: unknown key",
            "2: conf_dir: anchors and aliases (& and *) are not read; write the value"),
        mistake(
            "conf_dir: !!python/object:os.system x\n",
            "1: conf_dir: YAML tags (!) are not read; quote the value or remove the tag"),
        mistake(
            "? [a]\n: b\nconf_dir: x\n",
            "1: a key is a plain word, not a list, a mapping or an alias"),
        mistake("- a\n", "1: settings are a mapping; write for example \"conf_dir: conf\""),
        mistake("hello\n", "1: settings are a mapping; write for example \"conf_dir: conf\""),
        mistake(
            "conf_dir: a\n---\nconf_dir: b\n",
            "2: a second document begins here; settings are one document"));
  }

  private static Arguments mistake(String text, String... problems) {
    return Arguments.of(text, List.of(problems));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void tellsEachMistakeWithItsLineAndTheRemedy(String text, List<String> problems) {
    assertThat(YamlFile.parse("conf.yml", text).problems())
        .containsExactlyElementsOf(problems.stream().map(p -> "conf.yml:" + p).toList());
  }

  static List<Arguments> brokenYaml() {
    return List.of(
        Arguments.of("rpc:\n\taddr: x\n", 2),
        Arguments.of("conf_dir: 'open\n", 2),
        Arguments.of("conf_dir: a: b\n", 1),
        Arguments.of("rpc:\n  addr: x\n timeout: 3s\n", 3),
        Arguments.of("[".repeat(100_000), 1),
        Arguments.of("conf_dir: a\n\u0000\n", 2));
  }

  @ParameterizedTest
  @MethodSource("brokenYaml")
  void tellsTheLineOfWhatIsNoYaml(String text, int line) {
    List<String> problems = YamlFile.parse("conf.yml", text).problems();
    assertThat(problems).isNotEmpty();
    assertThat(problems.get(problems.size() - 1)).startsWith("conf.yml:" + line + ": ");
  }

  @Test
  void neverQuotesAValue() {
    for (String value :
        List.of(
            "!hunter2!x y",
            "!hunter2 x",
            "*hunter2",
            "&hunter2",
            "@hunter2",
            "%hunter2",
            "`hunter2",
            "'hunter2",
            "\"hunter2\\q\"",
            "hunter2: x: y",
            "[hunter2",
            "{hunter2",
            "hunter2\n\thunter2",
            "|hunter2",
            "hunter2\u0007",
            "[hunter2]",
            "{hunter2: x}")) {
      String text = "rpc:\n  auth: " + value + "\n";
      assertThat(YamlFile.parse("conf.yml", text).problems().toString())
          .as(value)
          .doesNotContain("hunter2");
    }
  }

  @Test
  void expandsNoAliases() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(String.join(", ", List.of(alias, alias, alias, alias))).append("]\n");
    }
    assertThat(YamlFile.parse("conf.yml", bomb.toString()).problems()).hasSize(30);
  }

  @Test
  void readsPastNestingThatIsUnknownAndStopsWhereItIsAbsurd() {
    String deep = "bogus: " + "[".repeat(50) + "]".repeat(50) + "\nconf_dir: x\n";
    YamlFile.Content content = YamlFile.parse("conf.yml", deep);
    assertThat(content.problems()).containsExactly("conf.yml:1: bogus: unknown key");
    assertThat(content.entries()).hasSize(1);
    assertThat(YamlFile.parse("conf.yml", "bogus: " + "[".repeat(1_000_000)).problems())
        .containsExactly(
            "conf.yml:1: bogus: unknown key",
            "conf.yml:1: nested more than 50 deep; is it the right file?");
  }

  @Property
  void answersAnyTextWithoutAnException(
      @ForAll
          @StringLength(max = 60)
          @Chars({'\n', ' ', ':', '-', '[', ']', '{', '}', '&', '*'})
          @CharRange(from = 'a', to = 'd')
          @Chars({'"', '\'', '!', '|', '>', '%', '@', '`', '#', ',', '?', '\t', '\r', '\ufeff'})
          String text) {
    YamlFile.Content content = YamlFile.parse("conf.yml", text);
    assertThat(content.problems()).allMatch(problem -> problem.startsWith("conf.yml:"));
  }
}
