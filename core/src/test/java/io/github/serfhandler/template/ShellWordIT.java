package io.github.serfhandler.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real shell reads back what the filter quoted. */
class ShellWordIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "it's",
        "'; touch pwned; '",
        "$(touch pwned) `touch pwned` ${HOME} \\",
        "'\\''\n\"!# ~ * ? [a] {a,b} &|<>",
        "'",
        "Zoë ✓ 😀",
      })
  void readsBackTheSameWord(String odd) throws Exception {
    Path template =
        Files.writeString(folder.resolve("x.peb"), "printf %s {{ tags(self).note | shell }}");
    String script = Snapshots.text(new TemplateRenderer(template), Snapshots.one("n", odd));
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    shell.getOutputStream().close();
    byte[] printed = shell.getInputStream().readAllBytes();
    assertThat(shell.waitFor()).isZero();
    assertThat(new String(printed, StandardCharsets.UTF_8)).isEqualTo(odd);
    assertThat(folder.resolve("pwned")).doesNotExist();
  }
}
