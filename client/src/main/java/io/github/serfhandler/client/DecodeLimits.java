package io.github.serfhandler.client;

/**
 * Immutable: how much of an agent's reply is read before it is called hostile or broken. What goes
 * over a limit ends in a {@link SerfProtocolException}, and the connection is closed. Nothing is
 * ever allocated because a reply merely declares a length.
 *
 * @param frameBytes bytes of one reply or stream record, default 64 MiB (the members of a cluster
 *     of 10,000 nodes take some 3 MiB); checked each time that more is read from the network, thus
 *     exact to within 32 KiB
 * @param stringBytes bytes of one string, payload or log line, default 1 MiB
 * @param elements entries of one list or map, default 250,000
 */
public record DecodeLimits(long frameBytes, int stringBytes, int elements) {

  /** 64 MiB, 1 MiB, 250,000. */
  public static final DecodeLimits DEFAULT = new DecodeLimits(64L << 20, 1 << 20, 250_000);

  public DecodeLimits {
    if (frameBytes < 1 || stringBytes < 1 || elements < 1) {
      throw new IllegalArgumentException("every limit must be at least 1");
    }
  }
}
