package io.github.serfhandler.output;

import io.github.serfhandler.process.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Stateless: which files share a reload. */
final class Groups {
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
      List<FileSpec> group = spec.reload().isPresent() ? shared.get(spec.reload().get()) : null;
      if (group == null) {
        group = new ArrayList<>();
        groups.add(group);
        if (spec.reload().isPresent()) {
          shared.put(spec.reload().get(), group);
        }
      }
      group.add(spec);
    }
    return groups;
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
