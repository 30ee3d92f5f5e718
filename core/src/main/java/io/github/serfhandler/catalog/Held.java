package io.github.serfhandler.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Immutable: an instance whose member failed and that a view shows nevertheless.
 *
 * @param product its product
 * @param service its service
 * @param instance the instance
 * @param until when it goes if nothing else happens before
 */
public record Held(String product, String service, Instance instance, Instant until) {
  /**
   * Those that are held now and were not before; their times alone move with a clock that is set.
   */
  public static List<Held> begun(Collection<Held> before, Collection<Held> now) {
    Set<String> known = new HashSet<>();
    for (Held held : before) {
      known.add(held.place());
    }
    List<Held> begun = new ArrayList<>();
    for (Held held : now) {
      if (!known.contains(held.place())) {
        begun.add(held);
      }
    }
    return begun;
  }

  private String place() {
    return product + "/" + service + " " + instance;
  }

  @Override
  public String toString() {
    return place() + " until " + until;
  }
}
