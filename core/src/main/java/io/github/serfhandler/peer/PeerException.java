package io.github.serfhandler.peer;

import org.jspecify.annotations.Nullable;

/**
 * The peer port could not be opened, or a peer did not give what it was asked for. Nothing was
 * changed by it, here or there. The message is one line: what was tried, with which peer, the
 * reason, the remedy; never a secret, never a content.
 */
public final class PeerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean retryMayHelp;
  private final boolean ofPeer;

  private PeerException(
      String message, boolean retryMayHelp, boolean ofPeer, @Nullable Throwable cause) {
    super(message, cause);
    this.retryMayHelp = retryMayHelp;
    this.ofPeer = ofPeer;
  }

  /** The peer is out of reach or too slow, or the address is taken: this may pass. */
  static PeerException passing(String message, @Nullable Throwable cause) {
    return new PeerException(message, true, true, cause);
  }

  /** The peer, or an address, is wrong: this stays until somebody mends it. */
  static PeerException lasting(String message, @Nullable Throwable cause) {
    return new PeerException(message, false, true, cause);
  }

  /** One key can not be had from this peer; others may. */
  static PeerException ofKey(String message) {
    return new PeerException(message, false, false, null);
  }

  /**
   * Whether the same peer may well give it to the next one who asks, without anybody mending
   * anything. To ask again, there or elsewhere, is always safe: nothing but reading is asked for.
   */
  public boolean retryMayHelp() {
    return retryMayHelp;
  }

  /** Whether it is about the peer, so that other keys can not be had from it either. */
  boolean ofPeer() {
    return ofPeer;
  }
}
