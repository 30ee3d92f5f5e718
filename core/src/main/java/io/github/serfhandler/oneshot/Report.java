package io.github.serfhandler.oneshot;

import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.handler.CallResult;
import io.github.serfhandler.handler.Messages;
import io.github.serfhandler.handler.Outcome;
import java.util.List;

/**
 * Immutable: what came of an event.
 *
 * @param event the event
 * @param roles the roles of this node
 * @param results what came of each handler, in the order of the calls; empty where there is none
 *     for the roles
 * @param answer what goes to the asker of a query; empty for none
 * @param warnings what else people should know, a line each
 */
public record Report(
    SerfEvent event,
    List<String> roles,
    List<CallResult> results,
    Payload answer,
    List<String> warnings) {

  public Report {
    roles = List.copyOf(roles);
    results = List.copyOf(results);
    warnings = List.copyOf(warnings);
  }

  /** Whether a handler failed or took too long. */
  public boolean failed() {
    for (CallResult result : results) {
      if (result.outcome() == Outcome.FAILED || result.outcome() == Outcome.TIMED_OUT) {
        return true;
      }
    }
    return false;
  }

  /** Whether a handler did its work. */
  public boolean handled() {
    for (CallResult result : results) {
      if (result.outcome() == Outcome.HANDLED) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the process ends as a failed one. Serf takes the output of such a process for no answer
   * ({@code invokeEventScript} in {@code invoke.go}), so one with an answer never does.
   */
  public boolean endsAsFailed() {
    return failed() && answer.isEmpty();
  }

  /** How the log ranks it. */
  public System.Logger.Level level() {
    if (failed()) {
      return System.Logger.Level.WARNING;
    }
    if (Messages.isRoutine(event)) {
      return System.Logger.Level.DEBUG;
    }
    // Most member events are nobody's business on most nodes.
    return handled() || !(event instanceof MemberEvent)
        ? System.Logger.Level.INFO
        : System.Logger.Level.DEBUG;
  }

  /**
   * One line: {@code query load: WebHandler handled in 12 ms; answered 4 bytes}. Names from the
   * network stand in it as they are.
   */
  public String summary() {
    StringBuilder text = new StringBuilder(Messages.of(event)).append(": ");
    if (results.isEmpty()) {
      return text.append(Messages.noHandler(roles)).toString();
    }
    boolean some = handled() || failed();
    if (!some) {
      text.append(Messages.NOT_HANDLED).append(" by ");
    }
    String before = "";
    for (CallResult result : results) {
      if (!some) {
        text.append(before).append(result.handler());
        before = ", ";
      } else if (result.outcome() != Outcome.NOT_HANDLED) {
        text.append(before).append(Messages.of(result));
        before = "; ";
      }
    }
    if (!answer.isEmpty()) {
      text.append("; answered ").append(answer.size()).append(" bytes");
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return summary();
  }
}
