package io.github.serfhandler.haproxy;

import java.util.Locale;

/**
 * How HAProxy deals connections to the servers of a backend: those of its algorithms with which the
 * weight of a server can change while it runs ("dynamic" in its configuration manual, 4.2, {@code
 * balance}).
 */
public enum Balance {
  /** In turns by weight; at most 4095 servers a backend. */
  ROUNDROBIN,
  /** To the one with the fewest connections for its weight. */
  LEASTCONN,
  /** To the first one that is not full; weights do not count. */
  FIRST,
  /** To one of two drawn by weight. */
  RANDOM,
  /**
   * By the client's address; with {@code hash-type consistent}, without which weights could not
   * change.
   */
  SOURCE;

  /** As the file says it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException where there is none; its message is one line with a remedy
   */
  public static Balance of(String word) {
    for (Balance balance : values()) {
      if (balance.word().equals(word)) {
        return balance;
      }
    }
    throw new IllegalArgumentException(
        "HAProxy's balance is none of roundrobin, leastconn, first, random and source; with others"
            + " the weights of a running HAProxy can not change");
  }
}
