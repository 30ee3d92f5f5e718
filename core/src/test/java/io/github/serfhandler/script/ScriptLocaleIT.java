package io.github.serfhandler.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The locale of cron is C, and what is not ASCII must arrive all the same. */
class ScriptLocaleIT {
  private static final Path LAUNCHER = Path.of("..", "scripts", "environment.sh").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void givesExactBytesInTheLocaleThatTheLauncherSets() throws Exception {
    String log = run(". " + LAUNCHER.normalize() + "; exec \"$@\"", "own");
    assertThat(log).doesNotContain("WARN");
    assertThat(recorded()).isEqualTo(ScriptProbe.VALUE);
  }

  @Test
  void givesExactBytesOfWhatSerfPutIntoTheEnvironmentInTheLocaleC() throws Exception {
    run("exec \"$@\"", "inherited");
    assertThat(recorded()).isEqualTo(ScriptProbe.VALUE);
  }

  @Test
  void saysSoWhereTheLocaleCanNotTakeAValue() throws Exception {
    assertThat(run("exec \"$@\"", "own"))
        .contains("WARNING", "SERF_", "start serf-handler with LC_ALL=C.UTF-8");
  }

  private String run(String how, String tags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", how, "sh"));
    command.addAll(
        ScriptProbe.command(tags, "printf %s \"$SERF_TAG_TEXT\" > " + folder.resolve("text")));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("SERF_TAG_TEXT", ScriptProbe.VALUE);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private String recorded() throws IOException {
    return Files.readString(folder.resolve("text"));
  }
}
