package io.github.serfhandler.client;

import java.util.List;

/**
 * A join that reached nobody, or that could not be announced: see the lines, mend the addresses.
 */
public final class SerfJoinException extends SerfCommandException {
  private static final long serialVersionUID = 1L;

  private final int joined;
  private final transient List<String> lines;

  public SerfJoinException(
      String message, Reason reason, String agentText, int joined, List<String> lines) {
    super(message, reason, agentText, true);
    this.joined = joined;
    this.lines = List.copyOf(lines);
  }

  /** How many addresses were joined all the same; 0 as a rule. */
  public int joined() {
    return joined;
  }

  /** What the agent says of each address that failed, one a line, control characters escaped. */
  public List<String> lines() {
    return lines;
  }
}
