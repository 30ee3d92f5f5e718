package io.github.serfhandler.client;

/**
 * The agent understood the command and refused it: mend the command. The connection lives on.
 * {@link #reason()} is what a program may decide by; the agent's text is for people.
 */
public class SerfCommandException extends SerfException {
  private static final long serialVersionUID = 1L;

  /** Why the agent refused. */
  public enum Reason {
    /** The name, payload or tags are over one of the agent's size limits; it did nothing. */
    TOO_LARGE,
    /** An argument that the agent does not accept; it did nothing. */
    INVALID,
    /** This agent does not have the command, or has it turned off; it did nothing. */
    UNSUPPORTED,
    /** An answer came after the query's deadline, or for a query that is unknown by now. */
    TOO_LATE,
    /** This node has answered the query already. */
    ALREADY_ANSWERED,
    /** The change was made, but the agent could not tell others within its own timeout. */
    NOT_BROADCAST,
    /** The agent is leaving the cluster or has left it. */
    LEAVING,
    /** Some nodes, or all, failed to do what was asked. */
    NODES_FAILED,
    /** Anything else: see {@link #agentText()}. */
    OTHER
  }

  private final Reason reason;
  private final String agentText;

  public SerfCommandException(String message, Reason reason, String agentText, boolean retrySafe) {
    super(message, retrySafe, null);
    this.reason = reason;
    this.agentText = agentText;
  }

  /** Why the agent refused, as far as this version knows its texts. */
  public Reason reason() {
    return reason;
  }

  /** The agent's own words in one line; control characters are escaped. */
  public String agentText() {
    return agentText;
  }
}
