package io.github.serfhandler.app.dev;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Stateless: finds programs as a shell would. */
public final class Programs {
  private Programs() {}

  /**
   * The path of a program: the first in {@code PATH}, or else in the directories that a daemon's
   * {@code PATH} often lacks.
   */
  public static Optional<Path> find(String name, Map<String, String> environment) {
    String path = environment.getOrDefault("PATH", "");
    String all = path + File.pathSeparator + "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
    for (String directory : all.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(directory.isEmpty() ? "." : directory, name);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return Optional.of(candidate.toAbsolutePath());
      }
    }
    return Optional.empty();
  }
}
