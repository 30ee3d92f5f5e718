package io.github.serfhandler.client;

/**
 * Immutable: the state of a member as its Serf agent reports it ({@code MemberStatus.String()} in
 * Serf's {@code serf/serf.go}, 0.9.4).
 */
public enum MemberStatus {
  /** Reachable. */
  ALIVE("alive"),
  /** Said that it is about to leave. */
  LEAVING("leaving"),
  /** Left on purpose. */
  LEFT("left"),
  /** Did not answer; nobody knows whether it still works. */
  FAILED("failed"),
  /** Unknown to the agent, or a word that this version does not know. */
  NONE("none");

  private final String word;

  MemberStatus(String word) {
    this.word = word;
  }

  /** Serf's own word, as {@code alive}. */
  public String word() {
    return word;
  }

  /** The status for Serf's word; {@link #NONE} for a word that this version does not know. */
  public static MemberStatus ofWord(String word) {
    for (MemberStatus status : values()) {
      if (status.word.equals(word)) {
        return status;
      }
    }
    return NONE;
  }
}
