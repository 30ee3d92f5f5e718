package io.github.serfhandler.handlertest;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.handler.CallResult;
import io.github.serfhandler.handler.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Immutable: what came of one event.
 *
 * @param calls the handlers that the node's roles run, in the order in which they were called
 * @param answer what the asker of a query gets; empty where nobody answers
 * @param log the lines that were logged, the framework's own among them, in their order
 */
public record Seen(List<CallResult> calls, Optional<Payload> answer, List<String> log) {
  public Seen {
    calls = List.copyOf(calls);
    log = List.copyOf(log);
  }

  /** The names of the handlers that handled it. */
  public List<String> handledBy() {
    List<String> names = new ArrayList<>();
    for (CallResult call : calls) {
      if (call.outcome() == Outcome.HANDLED) {
        names.add(call.handler());
      }
    }
    return names;
  }

  /** What the handlers threw, in their order; none in a test that goes well. */
  public List<Throwable> failures() {
    List<Throwable> failures = new ArrayList<>();
    for (CallResult call : calls) {
      call.failure().ifPresent(failures::add);
    }
    return failures;
  }

  /**
   * The answer as text.
   *
   * @throws AssertionError where there is none
   */
  public String answerText() {
    return answer
        .orElseThrow(
            () -> new AssertionError("nobody answered; called: " + calls + ", log: " + log))
        .text();
  }
}
