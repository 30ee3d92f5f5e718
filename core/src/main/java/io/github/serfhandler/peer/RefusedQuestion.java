package io.github.serfhandler.peer;

/** A question can not be answered, for that reason. */
final class RefusedQuestion extends Exception {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  RefusedQuestion(Fault fault) {
    // No stack trace: it is a value for the reply.
    super(fault.code(), null, false, false);
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}
