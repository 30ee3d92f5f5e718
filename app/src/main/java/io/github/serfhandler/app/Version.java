package io.github.serfhandler.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Immutable: the version of the program and of the Java that runs it, read when asked for. */
final class Version implements Supplier<String> {
  @Override
  public String get() {
    return ofBuild() + " (Java " + System.getProperty("java.version") + ")";
  }

  private static String ofBuild() {
    // The build writes it, see src/main/filtered.
    try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
