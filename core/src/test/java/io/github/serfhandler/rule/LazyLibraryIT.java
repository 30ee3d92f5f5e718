package io.github.serfhandler.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library is loaded when a content is validated and not before; nor is any lambda. */
class LazyLibraryIT {
  @TempDir Path folder;

  @Test
  void loadsNothingOfTheLibraryUntilASchemaIsUsed() throws Exception {
    assertThat(loaded("other")).noneMatch(line -> line.contains("dev.harrel"));
    assertThat(loaded("shop")).anyMatch(line -> line.contains("dev.harrel"));
  }

  @Test
  void loadsNoLambdaAndNoThreadPoolUntilASchemaIsUsed() throws Exception {
    assertThat(loaded("other"))
        .noneMatch(line -> line.contains("io.github.serfhandler") && line.contains("Lambda"))
        .noneMatch(line -> line.contains("serfhandler.rule.ReactionThreads"));
  }

  /** The lines of the JVM's log of classes. */
  private List<String> loaded(String product) throws Exception {
    Path schema = folder.resolve("schema.json");
    Files.writeString(schema, "{\"properties\":{\"port\":{\"type\":\"integer\"}}}");
    Path classes = folder.resolve("classes-" + product);
    Process probe =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + classes,
                "-cp",
                System.getProperty("java.class.path"),
                RulesProbe.class.getName(),
                schema.toString(),
                product)
            .inheritIO()
            .start();
    assertThat(probe.waitFor()).isZero();
    try (Stream<String> lines = Files.lines(classes)) {
      return lines.toList();
    }
  }
}
