package io.github.serfhandler.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The arrows between the packages, all modules together. */
@AnalyzeClasses(
    packages = "io.github.serfhandler",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestkit.class})
class ArchitectureTest {
  private static final String ROOT = "io.github.serfhandler.";

  /** Leaves out what the tests stand on. */
  static final class WithoutTestkit implements ImportOption {
    @Override
    public boolean includes(com.tngtech.archunit.core.importer.Location location) {
      return !location.contains("/testkit/");
    }
  }

  /** Each package and those that it may use; {@code app} may use all. */
  private static final Map<String, List<String>> USES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("client", List.of()),
              Map.entry("store", List.of()),
              Map.entry("process", List.of()),
              Map.entry("catalog", List.of("client")),
              Map.entry("render", List.of("catalog")),
              Map.entry("template", List.of("client", "catalog", "render")),
              Map.entry("output", List.of("catalog", "render", "store", "process")),
              Map.entry("haproxy", List.of("client", "catalog", "render", "output")),
              Map.entry("discovery", List.of("client", "catalog", "render", "output", "store")),
              Map.entry("json", List.of("render")),
              Map.entry("config", List.of("catalog", "json", "render", "store")),
              Map.entry("replica", List.of("catalog", "json", "config")),
              Map.entry("rule", List.of("process", "catalog", "json", "config", "store")),
              Map.entry("publish", List.of("client", "json", "config")),
              Map.entry("peer", List.of("catalog", "json", "config")),
              Map.entry(
                  "source",
                  List.of(
                      "client",
                      "catalog",
                      "discovery",
                      "json",
                      "config",
                      "replica",
                      "publish",
                      "store")),
              Map.entry("etcd", List.of("client", "json", "config", "source")),
              Map.entry("directory", List.of("client", "config", "source")),
              Map.entry("converge", List.of("catalog", "json", "config")),
              Map.entry(
                  "sync",
                  List.of(
                      "client",
                      "catalog",
                      "discovery",
                      "json",
                      "config",
                      "replica",
                      "publish",
                      "peer",
                      "converge",
                      "store")),
              Map.entry(
                  "handler",
                  List.of(
                      "client",
                      "catalog",
                      "discovery",
                      "render",
                      "output",
                      "json",
                      "config",
                      "replica",
                      "store")),
              Map.entry("script", List.of("client", "catalog", "render", "process", "handler")),
              Map.entry("oneshot", List.of("client", "handler")),
              Map.entry(
                  "resident",
                  List.of(
                      "client",
                      "catalog",
                      "discovery",
                      "json",
                      "render",
                      "replica",
                      "store",
                      "handler"))));

  @ArchTest static final ArchRule DATA_FLOWS_ONE_WAY = dataFlowsOneWay();

  private static ArchRule dataFlowsOneWay() {
    Architectures.LayeredArchitecture rule =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("app")
            .definedBy(ROOT + "app..");
    for (String name : USES.keySet()) {
      rule = rule.layer(name).definedBy(ROOT + name + "..");
    }
    for (Map.Entry<String, List<String>> entry : USES.entrySet()) {
      rule =
          entry.getValue().isEmpty()
              ? rule.whereLayer(entry.getKey()).mayNotAccessAnyLayer()
              : rule.whereLayer(entry.getKey())
                  .mayOnlyAccessLayers(entry.getValue().toArray(String[]::new));
    }
    return rule.whereLayer("app").mayNotBeAccessedByAnyLayer();
  }

  // The client counts as one: what it shows and what it hides know each other's types.
  @ArchTest
  static final ArchRule NO_PACKAGES_IN_CIRCLES =
      slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_PACKAGES_OF_THE_PROGRAM_IN_CIRCLES =
      slices().matching(ROOT + "app.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_WIRE_STAYS_INSIDE_THE_CLIENT =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "client..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "client.internal..");

  @ArchTest
  static final ArchRule ONLY_COMMANDS_KNOW_EVERYTHING =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("main")
          .definedBy(ROOT + "app")
          .layer("commands")
          .definedBy(ROOT + "app.commands..")
          .layer("cli")
          .definedBy(ROOT + "app.cli..")
          .layer("doctor")
          .definedBy(ROOT + "app.doctor..")
          .layer("dev")
          .definedBy(ROOT + "app.dev..")
          .layer("handlers")
          .definedBy(ROOT + "app.handlers..")
          .layer("wiring")
          .definedBy(ROOT + "app.wiring..")
          .layer("log")
          .definedBy(ROOT + "app.log..")
          .layer("settings")
          .definedBy(ROOT + "app.settings..")
          .layer("text")
          .definedBy(ROOT + "app.text..")
          .whereLayer("main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("commands")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("cli")
          .mayOnlyBeAccessedByLayers("main", "commands")
          .whereLayer("doctor")
          .mayOnlyBeAccessedByLayers("commands")
          .whereLayer("dev")
          .mayOnlyBeAccessedByLayers("commands", "doctor")
          .whereLayer("handlers")
          .mayOnlyBeAccessedByLayers("commands")
          .whereLayer("wiring")
          .mayOnlyBeAccessedByLayers("commands", "doctor")
          .whereLayer("log")
          .mayOnlyBeAccessedByLayers("commands")
          .whereLayer("settings")
          .mayOnlyBeAccessedByLayers("main", "commands", "cli", "doctor", "handlers", "wiring");

  @ArchTest
  static final ArchRule ONLY_SETTINGS_AND_VALUES_OF_STORES_ARE_READ_BY_A_YAML_LIBRARY =
      noClasses()
          .that()
          .haveNameNotMatching(
              ROOT.replace(".", "\\.")
                  + "(app\\.settings\\.Yaml(File|Reader)|source\\.YamlReader).*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.snakeyaml..");

  @ArchTest
  static final ArchRule ONLY_COMPILED_SCHEMAS_KNOW_THE_SCHEMA_LIBRARY =
      noClasses()
          .that()
          .haveNameNotMatching(
              ROOT.replace(".", "\\.")
                  + "rule\\.(CompiledSchema|ValueNode|BoundedPatterns|Places).*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.harrel..");

  @ArchTest
  static final ArchRule ONLY_TEMPLATES_KNOW_THE_TEMPLATE_LIBRARY =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "template..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.pebbletemplates..");

  @ArchTest
  static final ArchRule LOGS_THROUGH_THE_PLATFORM =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.logging..", "org.slf4j..", "ch.qos.logback..");

  @ArchTest
  static final ArchRule PRINTS_ONLY_THROUGH_THE_COMMAND_LINE =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
