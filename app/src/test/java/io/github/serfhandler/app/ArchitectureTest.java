package io.github.serfhandler.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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

  @ArchTest
  static final ArchRule DATA_FLOWS_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("client")
          .definedBy(ROOT + "client..")
          .layer("catalog")
          .definedBy(ROOT + "catalog..")
          .layer("render")
          .definedBy(ROOT + "render..")
          .layer("store")
          .definedBy(ROOT + "store..")
          .layer("discovery")
          .definedBy(ROOT + "discovery..")
          .layer("json")
          .definedBy(ROOT + "json..")
          .layer("config")
          .definedBy(ROOT + "config..")
          .layer("converge")
          .definedBy(ROOT + "converge..")
          .layer("handler")
          .definedBy(ROOT + "handler..")
          .layer("script")
          .definedBy(ROOT + "script..")
          .layer("oneshot")
          .definedBy(ROOT + "oneshot..")
          .layer("resident")
          .definedBy(ROOT + "resident..")
          .layer("app")
          .definedBy(ROOT + "app..")
          .whereLayer("app")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("resident")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("oneshot")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("script")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("handler")
          .mayOnlyBeAccessedByLayers("script", "oneshot", "resident", "app")
          .whereLayer("discovery")
          .mayOnlyBeAccessedByLayers("handler", "resident", "app")
          .whereLayer("converge")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("config")
          .mayOnlyBeAccessedByLayers("converge", "handler", "app")
          .whereLayer("json")
          .mayOnlyBeAccessedByLayers("config", "converge", "handler", "resident", "app")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("discovery", "config", "handler", "resident", "app")
          .whereLayer("render")
          .mayOnlyBeAccessedByLayers("discovery", "json", "config", "script", "resident", "app")
          .whereLayer("catalog")
          .mayOnlyBeAccessedByLayers(
              "render", "discovery", "config", "converge", "handler", "script", "resident", "app")
          .whereLayer("client")
          .mayOnlyBeAccessedByLayers(
              "catalog", "discovery", "handler", "script", "oneshot", "resident", "app");

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
  static final ArchRule ONLY_THE_SETTINGS_FILE_IS_READ_BY_A_YAML_LIBRARY =
      noClasses()
          .that()
          .haveNameNotMatching(ROOT.replace(".", "\\.") + "app\\.settings\\.Yaml(File|Reader).*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.snakeyaml..");

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
