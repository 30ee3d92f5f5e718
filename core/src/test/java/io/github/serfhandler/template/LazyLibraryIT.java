package io.github.serfhandler.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library is loaded when a template is rendered and not before, and says nothing. */
class LazyLibraryIT {
  @TempDir Path folder;

  @Test
  void loadsNothingOfTheLibraryUntilATemplateIsRendered() throws Exception {
    Path template = Files.writeString(folder.resolve("x.peb"), "{{ products() | json }}");
    assertThat(loaded(template.toString())).noneMatch(LazyLibraryIT::isOfTheLibrary);
    assertThat(loaded(template.toString(), "now")).anyMatch(LazyLibraryIT::isOfTheLibrary);
  }

  private static boolean isOfTheLibrary(String line) {
    return line.contains("io.pebbletemplates")
        || line.contains("org.slf4j")
        || line.contains("org.unbescape");
  }

  /** The lines of the JVM's log of classes. */
  private List<String> loaded(String... arguments) throws Exception {
    Path classes = folder.resolve("classes-" + arguments.length);
    Path printed = folder.resolve("printed");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + classes,
                "-cp",
                System.getProperty("java.class.path"),
                TemplateProbe.class.getName()));
    command.addAll(List.of(arguments));
    Process probe =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    assertThat(probe.waitFor()).isZero();
    assertThat(printed).isEmptyFile(); // Serf takes what is printed as a query's answer.
    try (Stream<String> lines = Files.lines(classes)) {
      return lines.toList();
    }
  }
}
