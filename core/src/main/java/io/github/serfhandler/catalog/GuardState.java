package io.github.serfhandler.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

  /** How an instance was lost. */
  public enum Cause {
    /** Its member failed. */
    FAILED,
    /** Its member was alive, and then the agent knew nothing of it any more. */
    VANISHED
  }

  /**
   * Immutable: an instance that the guard saw alive and then lost.
   *
   * @param product its product
   * @param service its service
   * @param instance the instance
   * @param cause how it was lost
   * @param failedAt when a pass first saw it lost, to the millisecond
   * @param held whether the view shows it still
   */
  public record Loss(
      String product,
      String service,
      Instance instance,
      Cause cause,
      Instant failedAt,
      boolean held) {

    Loss because(Cause other) {
      return cause == other ? this : new Loss(product, service, instance, other, failedAt, held);
    }

    Loss at(Instant time) {
      return new Loss(product, service, instance, cause, time, held);
    }

    Loss whileHeld() {
      return held ? this : new Loss(product, service, instance, cause, failedAt, true);
    }

    // Not the records' own ones: they go through invokedynamic and cost start-up time.
    @Override
    public boolean equals(Object other) {
      return other instanceof Loss that
          && held == that.held
          && cause == that.cause
          && instance.equals(that.instance)
          && failedAt.equals(that.failedAt)
          && service.equals(that.service)
          && product.equals(that.product);
    }

    @Override
    public int hashCode() {
      return (product.hashCode() * 31 + service.hashCode()) * 31 + instance.hashCode();
    }

    @Override
    public String toString() {
      return product
          + "/"
          + service
          + " "
          + instance
          + " "
          + cause
          + " "
          + failedAt
          + (held ? " held" : "");
    }
  }

  public GuardState {
    losses = List.copyOf(losses);
  }

  /** The same by a clock that shows so much more. */
  GuardState later(Duration by) {
    long millis = by.toMillis();
    List<Loss> moved = new ArrayList<>(losses.size());
    for (Loss loss : losses) {
      moved.add(loss.at(LossWave.moved(loss.failedAt(), millis)));
    }
    return new GuardState(alive, moved, wave.later(millis));
  }

  // Not the records' own ones: they go through invokedynamic and cost start-up time.
  @Override
  public boolean equals(Object other) {
    return other instanceof GuardState that
        && wave.equals(that.wave)
        && losses.equals(that.losses)
        && alive.equals(that.alive);
  }

  @Override
  public int hashCode() {
    return (alive.hashCode() * 31 + losses.hashCode()) * 31 + wave.hashCode();
  }

  @Override
  public String toString() {
    return alive + " losses " + losses;
  }
}
