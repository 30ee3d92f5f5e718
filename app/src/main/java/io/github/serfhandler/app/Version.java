package io.github.serfhandler.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Stateless: what {@code --version} says. */
final class Version {
  private Version() {}

  /** The version of the program and of the Java that runs it. */
  static String text() {
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
