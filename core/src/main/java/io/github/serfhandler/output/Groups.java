package io.github.serfhandler.output;

import io.github.serfhandler.process.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stateless: which files share a reload. */
final class Groups {
  private static final Duration LONGEST = Duration.ofDays(1);

  private Groups() {}

  /**
   * The files that are not plain, in groups of one reload, in the order of their first file; one
   * without a reload is a group of its own.
   *
   * @throws IllegalArgumentException where a path is there twice, plain or not; its message is one
   *     line with a remedy
   */
  static List<List<FileSpec>> of(List<FileSpec> specs) {
    refuseTwins(specs);
    List<List<FileSpec>> groups = new ArrayList<>();
    Map<Program, List<FileSpec>> shared = new HashMap<>();
    for (FileSpec spec : specs) {
      if (spec.isPlain()) {
        continue;
      }
      Program command = spec.reload().isPresent() ? command(spec.reload().get()) : null;
      List<FileSpec> group = command == null ? null : shared.get(command);
      if (group == null) {
        group = new ArrayList<>();
        groups.add(group);
        if (command != null) {
          shared.put(command, group);
        }
      }
      group.add(spec);
    }
    return groups;
  }

  /** The same for one command with several timeouts, as a file's check may need a longer one. */
  private static Program command(Program reload) {
    return new Program(reload.argv(), LONGEST, reload.environment(), reload.directory());
  }

  /** The reload of a group, with the longest timeout that one of its files wants. */
  static Optional<Program> reload(List<FileSpec> group) {
    Optional<Program> longest = Optional.empty();
    for (FileSpec spec : group) {
      if (spec.reload().isPresent()
          && (longest.isEmpty()
              || longest.get().timeout().compareTo(spec.reload().get().timeout()) < 0)) {
        longest = spec.reload();
      }
    }
    return longest;
  }

  private static void refuseTwins(List<FileSpec> specs) {
    Set<Path> paths = new HashSet<>();
    for (FileSpec spec : specs) {
      if (!paths.add(spec.path().toAbsolutePath().normalize())) {
        throw new IllegalArgumentException(
            "two files are to be written to "
                + spec.path()
                + "; give one of them another path, or drop it");
      }
    }
  }
}
