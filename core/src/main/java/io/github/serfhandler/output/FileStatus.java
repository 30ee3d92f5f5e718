package io.github.serfhandler.output;

import java.nio.file.Path;
import java.time.Instant;

/**
 * Immutable: how a managed file stands.
 *
 * @param path where it is
 * @param state whether it shows what it should
 * @param since when it came to that state
 * @param reason why it was refused or failed, one line; empty otherwise
 */
public record FileStatus(Path path, State state, Instant since, String reason) {
  /** Whether a file shows what it should. */
  public enum State {
    /** It does. */
    CURRENT("current"),
    /** Not yet, as the change waits for the next one, or nothing is known of the cluster. */
    WAITING("waiting"),
    /** The check did not let the new one through; the old one stays. */
    REFUSED("refused"),
    /** It could not be rendered or written; the old one stays. */
    FAILED("failed");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** The word for people and programs. */
    public String word() {
      return word;
    }
  }
}
