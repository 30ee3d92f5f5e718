package io.github.serfhandler.benchmarks.report;

import io.github.serfhandler.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Stateless: where a run takes place: machine, JDK, programs, and what was measured. */
public final class Machine {
  private Machine() {}

  /** Texts by name, each readable alone. */
  public static JsonObject describe() throws IOException, InterruptedException {
    return JsonObject.builder()
        .put("date", LocalDate.now(ZoneOffset.UTC).toString())
        .put("commit", "serf-handler " + firstLine("git", "describe", "--always", "--dirty"))
        .put("processor", Runtime.getRuntime().availableProcessors() + " cores, " + processor())
        .put("memory", memory())
        .put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .put("java", "JDK " + Runtime.version())
        .put("serf", firstLine("serf", "version").replace("Serf v", "serf "))
        .put("python", firstLine("python3", "--version"))
        .put("etcd", firstLine("etcd", "--version").replace("etcd Version:", "etcd"))
        .build();
  }

  private static String processor() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
      if (line.startsWith("model name")) {
        return line.substring(line.indexOf(':') + 1).strip();
      }
    }
    return "of an unknown kind";
  }

  private static String memory() throws IOException {
    String line = Files.readAllLines(Path.of("/proc/meminfo")).get(0);
    double gib = Long.parseLong(line.replaceAll("[^0-9]", "")) / 1048576.0;
    return String.format(Locale.ROOT, "%.0f GiB", gib);
  }

  private static String firstLine(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean unused = process.waitFor(10, TimeUnit.SECONDS);
      return text.lines().findFirst().orElse(command[0] + " unknown");
    } catch (IOException e) {
      return command[0] + " not found";
    }
  }
}
