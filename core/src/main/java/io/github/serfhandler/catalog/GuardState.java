package io.github.serfhandler.catalog;

import java.time.Instant;
import java.util.List;

/**
 * Immutable: what the mass-loss guard remembers from one pass to the next, and from one process to
 * the next (see {@link GuardStateFile}).
 *
 * @param alive the honest view of the last pass: what was visible and alive
 * @param losses those that failed since and matter still, in order of product, service, instance
 * @param wave the run of failures in the whole cluster that goes on or was the last
 */
public record GuardState(View alive, List<Loss> losses, LossWave wave) {

  /** Remembers nothing. */
  public static final GuardState EMPTY = new GuardState(View.EMPTY, List.of(), LossWave.NONE);

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
    losses = List.copyOf(losses);
  }

  @Override
  public String toString() {
    return alive + " losses " + losses;
  }
}
