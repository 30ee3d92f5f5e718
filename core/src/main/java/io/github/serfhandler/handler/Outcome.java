package io.github.serfhandler.handler;

/** Immutable: how a call of a handler ended. */
public enum Outcome {
  /** It did its work. */
  HANDLED("handled"),
  /** It has nothing registered for the event. */
  NOT_HANDLED("not handled"),
  /** It failed, by a bug or for a reason of its own. */
  FAILED("failed"),
  /** It was interrupted because it took too long. */
  TIMED_OUT("timed out");

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  /** For the log. */
  public String words() {
    return words;
  }
}
