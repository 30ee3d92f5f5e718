package io.github.serfhandler.app.settings;

/**
 * Immutable: where a value came from.
 *
 * @param source the kind of place
 * @param place the place as people name it: {@code default}, {@code conf.yml:7}, {@code
 *     SERF_RPC_ADDR}, {@code --rpc-addr}
 */
public record Origin(Source source, String place) {
  /** The kinds of places, the weakest first: a value from a later one wins. */
  public enum Source {
    DEFAULT,
    FILE,
    ENVIRONMENT,
    FLAG
  }

  static final Origin DEFAULT = new Origin(Source.DEFAULT, "default");

  @Override
  public String toString() {
    return place;
  }
}
