package io.github.serfhandler.client.internal;

/**
 * Immutable: the header that stands before each reply and each stream record.
 *
 * @param seq the number of the request that it belongs to
 * @param error the agent's error, {@code ""} for none
 */
public record Reply(long seq, String error) {

  public boolean failed() {
    return !error.isEmpty();
  }
}
