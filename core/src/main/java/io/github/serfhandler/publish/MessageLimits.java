package io.github.serfhandler.publish;

/**
 * Immutable: how long a message may be. Serf counts its own encoding with the name and the payload,
 * with numbers that grow; the rooms here are what is left in the worst case.
 *
 * @param event the agents' {@code user_event_size_limit} in bytes
 * @param query the agents' {@code query_size_limit} in bytes
 */
public record MessageLimits(int event, int query) {
  /** Serf's defaults, 512 and 1024. */
  public static final MessageLimits DEFAULT = new MessageLimits(512, 1024);

  /**
   * Longer events do not fit a packet of gossip and wait for the exchange of whole states, every 30
   * s: a larger limit of the agents is not made use of beyond this.
   */
  private static final int FITS_GOSSIP = 1350;

  /** Map, member names and numbers around a user event ({@code messageUserEvent}, Serf 0.9.4). */
  private static final int AROUND_EVENT = 36;

  /** The same around a query, with the address of who asks ({@code messageQuery}). */
  private static final int AROUND_QUERY = 124;

  /** Checks that there is room for anything. */
  public MessageLimits {
    if (event < 64 || query < 256) {
      throw new IllegalArgumentException(
          "limits are the agents' own, at least 64 and 256 bytes, not " + event + " and " + query);
    }
    event = Math.min(event, FITS_GOSSIP);
    query = Math.min(query, FITS_GOSSIP);
  }

  /** The bytes that a payload of a user event of that name may have. */
  public int roomInEvent(String name) {
    return event - AROUND_EVENT - name.length();
  }

  /**
   * The bytes that a payload of a query of that name may have.
   *
   * @param node the name of the node that asks
   * @param filters the bytes of names and expressions that say who is asked
   */
  public int roomInQuery(String name, String node, int filters) {
    return query - AROUND_QUERY - name.length() - node.length() - filters;
  }
}
