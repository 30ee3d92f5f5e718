package io.github.serfhandler.client.internal;

import io.github.serfhandler.client.SerfAuthException;
import io.github.serfhandler.client.SerfCommandException;
import io.github.serfhandler.client.SerfCommandException.Reason;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.SerfProtocolException;

/**
 * Stateless: the one place that knows the agent's error texts. They come from {@code ipc.go},
 * {@code agent.go}, {@code serf.go}, {@code event.go} and {@code keymanager.go} of Serf 0.9.4.
 */
public final class AgentErrors {
  private AgentErrors() {}

  private record Known(String text, Reason reason, String remedy) {}

  // In order; the first whose text is contained counts.
  private static final Known[] TABLE = {
    new Known("Unsupported command", Reason.UNSUPPORTED, "the agent is too old for it"),
    new Known(
        "Feature not supported", Reason.UNSUPPORTED, "the agent's protocol is too old for it"),
    new Known("Invalid event filter", Reason.INVALID, "mend the event filter"),
    new Known("Unknown log level", Reason.INVALID, "use one of TRACE, DEBUG, INFO, WARN, ERR"),
    new Known("Monitor already exists", Reason.INVALID, "use one connection for each log stream"),
    new Known("Stream with given sequence", Reason.INVALID, "use a number of its own per stream"),
    new Known("Queries cannot contain the", Reason.INVALID, "choose another query name"),
    new Known("Failed to format filters", Reason.INVALID, "mend the query's filters"),
    new Known("illegal base64", Reason.INVALID, "give the key in base64"),
    new Known("Encoded length of tags", Reason.TOO_LARGE, "use fewer or shorter tags"),
    new Known(
        "user event exceeds",
        Reason.TOO_LARGE,
        "shorten the event's name and payload, or raise the agent's user_event_size_limit"),
    new Known(
        "encoded user event",
        Reason.TOO_LARGE,
        "shorten the event's name and payload, or raise the agent's user_event_size_limit"),
    new Known(
        "query exceeds limit",
        Reason.TOO_LARGE,
        "shorten the query's name, payload or filters, or raise the agent's query_size_limit"),
    new Known(
        "response exceeds limit",
        Reason.TOO_LARGE,
        "shorten the answer, or raise the agent's query_response_size_limit"),
    new Known("No pending queries", Reason.TOO_LATE, "answer sooner, or ask with a longer timeout"),
    new Known(
        "response is past the deadline",
        Reason.TOO_LATE,
        "answer sooner, or ask with a longer timeout"),
    new Known("response already sent", Reason.ALREADY_ANSWERED, "answer a query once"),
    new Known(
        "timed out broadcasting",
        Reason.NOT_BROADCAST,
        "it is done here; others learn of it later"),
    new Known(
        "timeout waiting for update broadcast",
        Reason.NOT_BROADCAST,
        "it is done here; others learn of it later"),
    new Known(
        "timeout while waiting for graceful leave",
        Reason.NOT_BROADCAST,
        "others will see this node as failed"),
    new Known("can't Join after Leave", Reason.LEAVING, "restart the agent"),
    new Known("Leave already in progress", Reason.LEAVING, "wait for the agent to end"),
    new Known("Leave called after Shutdown", Reason.LEAVING, "wait for the agent to end"),
    new Known("nodes reported failure", Reason.NODES_FAILED, "see what the nodes say, then repeat"),
    new Known("nodes reported success", Reason.NODES_FAILED, "some nodes did not answer; repeat"),
  };

  /** The exception for an error that the agent sent. */
  public static SerfException of(Command command, String target, String error) {
    return switch (error) {
      case "Authentication required" ->
          new SerfAuthException(
              "the Serf agent at " + target + " wants an auth key: give its rpc_auth key",
              true,
              null);
      case "Invalid authentication token" ->
          new SerfAuthException(
              "the Serf agent at "
                  + target
                  + " refused the auth key: give the value of its rpc_auth, or none if it has none",
              true,
              null);
      case "Unsupported IPC version", "Handshake required", "Handshake already performed" ->
          new SerfProtocolException(
              "the Serf agent at "
                  + target
                  + " does not speak version 1 of the RPC: "
                  + Texts.folded(error),
              true,
              null);
      default -> command(command, target, error);
    };
  }

  /** For an answer to a query that came over a connection which is gone. */
  static SerfCommandException lateAnswer(String target) {
    return new SerfCommandException(
        "the query can not be answered: the connection to the Serf agent at "
            + target
            + " over which it came has ended since",
        Reason.TOO_LATE,
        "",
        true);
  }

  /** Whether the agent sent this error instead of the reply's body, and is out of step now. */
  static boolean ends(SerfException e) {
    return !(e instanceof SerfCommandException refusal) || refusal.reason() == Reason.UNSUPPORTED;
  }

  private static SerfCommandException command(Command command, String target, String error) {
    Reason reason = reason(error);
    return new SerfCommandException(
        message(command, target, error),
        reason,
        Texts.folded(error),
        command.repeatable() || untouched(reason));
  }

  /** Why the agent refused. */
  public static Reason reason(String error) {
    for (Known known : TABLE) {
      if (error.contains(known.text)) {
        return known.reason;
      }
    }
    return Reason.OTHER;
  }

  /** One line: command, address, the agent's words and the remedy where one is known. */
  public static String message(Command command, String target, String error) {
    String remedy = "";
    for (Known known : TABLE) {
      if (error.contains(known.text)) {
        remedy = ": " + known.remedy;
        break;
      }
    }
    return "the Serf agent at "
        + target
        + " refused '"
        + command.word()
        + "' ("
        + Texts.folded(error)
        + ")"
        + remedy;
  }

  private static boolean untouched(Reason reason) {
    return switch (reason) {
      case TOO_LARGE, INVALID, UNSUPPORTED, TOO_LATE, ALREADY_ANSWERED, LEAVING -> true;
      case NOT_BROADCAST, NODES_FAILED, OTHER -> false;
    };
  }
}
