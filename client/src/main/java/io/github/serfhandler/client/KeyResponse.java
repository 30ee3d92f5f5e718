package io.github.serfhandler.client;

import java.util.Map;

/**
 * Immutable: what the nodes of the cluster said to a key command. Encryption keys are secrets: they
 * stand in {@link #keys()} and nowhere else, not in {@link #toString()} either.
 *
 * @param messages what a node had to say, by node name: its error, or a remark; most say nothing
 * @param keys each installed key, base64, and on how many nodes it is; only {@code list-keys} fills
 *     it
 * @param nodes nodes that the agent knows to be there
 * @param responses nodes that answered
 * @param errors nodes that answered with an error
 */
public record KeyResponse(
    Map<String, String> messages, Map<String, Integer> keys, int nodes, int responses, int errors) {

  public KeyResponse {
    messages = Map.copyOf(messages);
    keys = Map.copyOf(keys);
  }

  /** Whether every node answered and none of them with an error. */
  public boolean complete() {
    return errors == 0 && responses == nodes;
  }

  @Override
  public String toString() {
    return "KeyResponse["
        + nodes
        + " nodes, "
        + responses
        + " responses, "
        + errors
        + " errors, "
        + keys.size()
        + " keys, messages "
        + messages
        + "]";
  }
}
