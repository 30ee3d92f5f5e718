package io.github.serfhandler.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.render.RenderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people are told of their mistakes, and what templates can not reach. */
class TemplateErrorsTest {
  private static final String FUNCTIONS =
      "products, services, instances, nodes, node, tags, nearest, range, max, min";

  @TempDir Path folder;

  private TemplateRenderer renderer(String template) throws IOException {
    Path file = folder.resolve("x.peb");
    Files.writeString(file, template);
    return new TemplateRenderer(file);
  }

  private void rendered(String template, String message) throws IOException {
    TemplateRenderer renderer = renderer(template);
    assertThatThrownBy(() -> Snapshots.text(renderer, Snapshots.fleet()))
        .isInstanceOf(RenderException.class)
        .hasMessage("cannot render " + folder.resolve("x.peb") + ": " + message);
    assertThat(renderer.stands(Snapshots.fleet(), Snapshots.fleet())).isFalse();
  }

  private void prepared(String template, String message) throws IOException {
    TemplateRenderer renderer = renderer(template);
    assertThatThrownBy(renderer::prepare)
        .isInstanceOf(RenderException.class)
        .hasMessage("cannot render " + folder.resolve("x.peb") + ": " + message);
  }

  @Test
  void namesAnUnknownVariableOrFunctionAndTheNearestOne() throws IOException {
    rendered(
        "one\n\n{{ prodcut }}",
        "line 3: unknown variable \"prodcut\"; there are: self, "
            + FUNCTIONS.replace(",", "(),")
            + "(); did you mean products()?");
    rendered(
        "{{ prodcuts() }}",
        "line 1: unknown function \"prodcuts\"; there are: "
            + FUNCTIONS
            + "; did you mean products?");
  }

  @Test
  void namesAnUnknownFilterTestOrTagBeforeAnythingIsRendered() throws IOException {
    prepared(
        "{% if true %}\n{{ self | jsn }}{% endif %}",
        "line 2: unknown filter \"jsn\"; there are: abbreviate, abs, base64decode, base64encode,"
            + " capitalize, default, first, join, json, last, length, lower, replace, reverse,"
            + " rsort, sha256, shell, slice, sort, split, title, trim, upper, urlencode; did you"
            + " mean json?");
    prepared(
        "{{ self is defned }}",
        "line 1: unknown test \"defned\"; there are: defined, empty, even, iterable, map, null,"
            + " odd; did you mean defined?");
    prepared(
        "{% fro x %}",
        "line 1: unknown tag \"fro\"; there are: block, extends, filter, for, from, if, import,"
            + " include, macro, set, verbatim; did you mean for?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        "{% for i in products() %}§the file ends too early; expected the \"endfor\" tag",
        "{{ self§expected }}, found the end of the file",
        "{{ self self }}§expected }}, found \"self\"",
        "{{ }}§expected a value, found \"}}\"",
        "{{ self | }}§expected a name, found \"}}\"",
        "{% set = 1 %}§expected a name, found \"=\"",
        "{# x§the comment has no end; expected #}",
        "{{ [1 }}§expected ] before the end",
        "{{ @ }}§expected a value, found \"@\"",
        "{% block a %}§the block has no end; expected {% endblock %}",
        "{% from self import x %}§the tag from takes the name of a file in quotes",
      })
  void saysWhatWasExpected(String template, String message) throws IOException {
    prepared(template, "line 1: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        "{{ 5 % 0 }}§% takes two numbers, the second not 0",
        "{{ 'abc' | slice(0, 9) }}§slice takes two numbers: the first place, from 0, and the"
            + " one behind the last",
        "{{ 'abc' | slice(2, 1) }}§slice takes two numbers: the first place, from 0, and the"
            + " one behind the last",
        "{{ '%' | base64decode }}§base64decode takes text in Base64 that stands for UTF-8",
        "{{ instances(\"p\") }}§instances(product, service) takes text as its service, not nothing",
        "{{ instances(1, 2) }}§instances(product, service) takes text as its product, not a number",
        "{{ instances(\"p\",\"s\",3) }}§too many arguments; at most 2 are taken",
        "{{ instances(servce=\"s\") }}§unknown argument \"servce\"",
        "{{ products(1) }}§products() takes nothing",
        "{{ nearest(products()) }}§nearest(instances) takes a list of instances or nodes, not a list",
        "{{ tags(1) }}§tags(node) takes the name of a node, a node or an instance, not a number",
        "{{ instances(\"product1\", \"web\")[9] }}§no 9 in a list of 3; the first is 0",
        "{{ instances(\"product1\", \"web\")[0].prot }}§an instance has no \"prot\"; there are: node,"
            + " addr, port, hostport, weight, check, tags, distance, held; did you mean port?",
        "{{ tags(self).foo }}§no \"foo\" in the map; write | default(\"\") behind it where it may be"
            + " missing",
        "{{ node(\"x\").addr }}§\"addr\" is null, or asked of null; ask whether it \"is null\" before",
        "{{ nodes() | sort }}§the filter sort can do nothing with a list like this",
        "{{ nodes() | shell }}§the filter shell takes text or a number, not a list",
        "{% if nodes() %}{% endif %}§true or false is needed here, not a list or the like; write \"is"
            + " empty\" or \"is null\"",
        "{{ self > 1 }}§only two numbers can be compared like this",
        "{{ 1 / 0 }}§/ takes two numbers, the second not 0",
        "{% for i in self %}{% endfor %}§for takes a list or a map",
        "{{ range(1, 1000000) }}§a range has at most 100000 numbers",
        "{% for i in 1..90000 %}{% for j in 1..90000 %}{% endfor %}{% endfor %}§it takes more than"
            + " 5000000 steps; look for loops in loops that never end",
        "{% for i in 1..90000 %}{{ \"0123456789\" | json | json | json | json | json | json | json |"
            + " json | json | json }}{% endfor %}§the rendered file would be larger than 16 MiB",
      })
  void saysWhatValuesAreWrong(String template, String message) throws IOException {
    rendered(template, "line 1: " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}",
        "{% include \"x.peb\" %}",
        "{% block a %}{{ block(\"a\") }}{% endblock %}",
      })
  void endsWhatCallsItselfForEver(String template) throws IOException {
    rendered(template, "its parts call each other without an end, or are nested too deep");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        "{{ self.class }}§text has no fields, so no \"class\"",
        "{{ self.getClass() }}§nothing can be called on text, not \"getClass()\"",
        "{{ self.bytes }}§text has no fields, so no \"bytes\"",
        "{{ nodes().size() }}§nothing can be called on a list, not \"size()\"",
        "{{ nodes()[0].getClass() }}§nothing can be called on a node, not \"getClass()\"",
        "{{ nodes()[0].model }}§a node has no \"model\"; there are: name, addr, status, roles,"
            + " products, tags, distance",
        "{{ template.name }}§a value of the template itself has no fields, so no \"name\"",
        "{{ tags(self).entrySet() }}§nothing can be called on a map, not \"entrySet()\"",
        "{{ i18n(\"a\", \"b\") }}§unknown function \"i18n\"; there are: products, services, instances,"
            + " nodes, node, tags, nearest, range, max, min",
      })
  void reachesNoMethodAndNoOtherObject(String template, String message) throws IOException {
    rendered(template, "line 1: " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"template", "locale", "_context"})
  void hidesTheVariablesOfTheLibrary(String name) throws IOException {
    String message =
        "line 1: unknown variable \""
            + name
            + "\"; there are: self, "
            + FUNCTIONS.replace(",", "(),");
    rendered("{{ " + name + " }}", message + "()");
    rendered("{{ " + name + " ~ 1 }}", message + "()");
    rendered("{% macro m() %}{{ " + name + " }}{% endmacro %}{{ m() }}", message + "()");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../x", "a/../../x", ".."})
  void includesNothingOutsideItsFolder(String name) throws IOException {
    String message =
        "\"" + name + "\" leads out of the template's folder; name a file in or below " + folder;
    for (String tag : new String[] {"include \"%s\"", "import \"%s\" as a", "extends \"%s\""}) {
      prepared("\n{% " + tag.replace("%s", name) + " %}", "line 2: " + message);
    }
    rendered("{% set n = \"" + name + "\" %}\n{% include n %}", "line 2: " + message);
    rendered("\n{% from \"" + name + "\" import a %}", "line 2: " + message);
  }

  @Test
  void namesTheIncludedFileThatIsWrong() throws IOException {
    Files.createDirectory(folder.resolve("parts"));
    Path part = folder.resolve("parts/bad.peb");
    Files.writeString(part, "one\n{{ nodes()[7] }}\n");
    TemplateRenderer renderer = renderer("{% include \"./parts//bad.peb\" %}");
    assertThatThrownBy(() -> Snapshots.text(renderer, Snapshots.fleet()))
        .hasMessage("cannot render " + part + ": line 2: no 7 in a list of 4; the first is 0");
    Files.writeString(part, "one\n\n{% if %}\n");
    assertThatThrownBy(() -> Snapshots.text(renderer, Snapshots.fleet()))
        .hasMessage("cannot render " + part + ": line 3: expected a value, found \"%}\"");
    rendered("\n{% include self %}", "line 2: there is no \"test2\" in " + folder);
  }
}
