package io.github.serfhandler.client;

/**
 * A key command that did not succeed on every node. The keyrings of the nodes differ now: read
 * {@link #response()}, mend the nodes that it names, and repeat the command, which is safe.
 */
public final class SerfKeyException extends SerfCommandException {
  private static final long serialVersionUID = 1L;

  private final transient KeyResponse response;

  public SerfKeyException(String message, Reason reason, String agentText, KeyResponse response) {
    super(message, reason, agentText, true);
    this.response = response;
  }

  /** What the nodes said, as far as they answered. */
  public KeyResponse response() {
    return response;
  }
}
