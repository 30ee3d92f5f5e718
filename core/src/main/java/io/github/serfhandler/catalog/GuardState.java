package io.github.serfhandler.catalog;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Immutable: what the mass-loss guard remembers from one pass to the next, and from one process to
 * the next (see {@link GuardStateFile}).
 *
 * @param alive the view's instances that were alive at the last pass
 * @param losses those that failed since and matter still, in order of product, service, instance
 */
public record GuardState(
    SortedMap<String, SortedMap<String, List<Instance>>> alive, List<Loss> losses) {

  /** Remembers nothing. */
  public static final GuardState EMPTY = new GuardState(new TreeMap<>(), List.of());

  /**
   * Immutable: an instance that the guard saw turn from alive to failed.
   *
   * @param product its product
   * @param service its service
   * @param instance the instance
   * @param failedAt when a pass first saw it failed, to the millisecond
   * @param held whether the view shows it still
   */
  public record Loss(
      String product, String service, Instance instance, Instant failedAt, boolean held) {
    @Override
    public String toString() {
      return product + "/" + service + " " + instance + " " + failedAt + (held ? " held" : "");
    }
  }

  public GuardState {
    alive = new View(alive, List.of()).products();
    losses = List.copyOf(losses);
  }

  @Override
  public String toString() {
    return alive + " losses " + losses;
  }
}
