package io.github.serfhandler.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells each problem once: when it appears, not at every pass. One that went away and comes back is
 * told again. Confined to the thread of the discovery loop.
 */
public final class ProblemLog {
  private Set<TagProblem> known = Set.of();

  /** The catalog's problems that the last catalog did not have, in the catalog's order. */
  public List<TagProblem> fresh(Catalog catalog) {
    List<TagProblem> problems = catalog.problems();
    if (problems.isEmpty()) {
      known = Set.of();
      return List.of();
    }
    Set<TagProblem> current = new HashSet<>(problems.size() * 2);
    List<TagProblem> fresh = new ArrayList<>();
    for (TagProblem problem : problems) {
      if (current.add(problem) && !known.contains(problem)) {
        fresh.add(problem);
      }
    }
    known = current;
    return fresh;
  }

  /** How many problems there are now. */
  public int size() {
    return known.size();
  }
}
