package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stateless: what a program holds on to, which a bound on its heap alone does not tell. */
final class LiveHeap {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(?<bytes>\\d+)$");

  private LiveHeap() {}

  /** KiB of all objects that can be reached: {@code jcmd} collects the others before it counts. */
  static long kib(Program program) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(program.process().pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String out = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher total = TOTAL.matcher(out);
    assertThat(total.find()).as(out).isTrue();
    return Long.parseLong(total.group("bytes")) / 1024;
  }
}
