package io.github.serfhandler.publish;

/**
 * An update is longer than gossip can carry and there is no peer port to fetch it over. Nothing was
 * sent; a retry is of no use. The message is one line with the sizes and the remedy.
 */
public final class TooLongException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooLongException(String message) {
    super(message);
  }
}
