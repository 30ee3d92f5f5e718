package io.github.serfhandler.app.doctor;

import io.github.serfhandler.app.dev.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Stateless: looks at the programs that this one stands on. */
final class ProgramChecks {
  private static final int OLDEST_JAVA = 17;

  private ProgramChecks() {}

  static Check java(Runtime.Version version) {
    if (version.feature() < OLDEST_JAVA) {
      return Check.fail("java", "version " + version, "install Java " + OLDEST_JAVA + " or newer");
    }
    return Check.ok("java", "version " + version);
  }

  /** Serf's own program, which talks to the same agent and starts private ones. */
  static Check serf(Map<String, String> environment) {
    Optional<Path> serf = Programs.find("serf", environment);
    if (serf.isEmpty()) {
      return Check.ok("serf program", "not installed; only agent --dev needs it");
    }
    String path = serf.get().toString();
    Optional<String> version = version(path);
    return version.isPresent()
        ? Check.ok("serf program", path + ", says " + version.get())
        : Check.warn("serf program", path + " does not run", "try: " + path + " version");
  }

  private static Optional<String> version(String path) {
    try {
      Process process =
          new ProcessBuilder(path, "version")
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .start();
      try {
        if (!process.waitFor(3, TimeUnit.SECONDS) || process.exitValue() != 0) {
          return Optional.empty();
        }
        byte[] output = process.getInputStream().readNBytes(4096);
        String text = new String(output, StandardCharsets.UTF_8).strip();
        int end = text.indexOf('\n');
        return Optional.of(end < 0 ? text : text.substring(0, end));
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
