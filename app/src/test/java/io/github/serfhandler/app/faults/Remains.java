package io.github.serfhandler.app.faults;

import io.github.serfhandler.app.LiveFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * Immutable: what is in a configuration directory that no reader asked for.
 *
 * @param folder the directory
 */
record Remains(Path folder) {
  /** Temporary files, which are of a writer that runs or was killed. */
  List<Path> temporary() {
    return found(name -> name.endsWith(".tmp") || name.startsWith(".serf-handler-new-"));
  }

  /** Records that could not be read, and files that counted as edited: a crash makes neither. */
  List<Path> damage() {
    return found(name -> name.endsWith(".broken") || name.endsWith(".edited"));
  }

  /** Adds one temporary file of each kind in each of these folders, and gives how many. */
  int plant(String... folders) {
    int planted = 0;
    for (String each : folders) {
      for (String name : List.of(".serf-handler-1.tmp", ".serf-handler-new-1.cfg")) {
        try {
          Path ignored = Files.createFile(folder.resolve(each).resolve(name));
          planted++;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return planted;
  }

  /** Makes temporary files two hours old. */
  void age() {
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    for (Path file : temporary()) {
      try {
        Path ignored = Files.setLastModifiedTime(file, old);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private List<Path> found(Predicate<String> which) {
    return LiveFiles.below(folder, which);
  }
}
