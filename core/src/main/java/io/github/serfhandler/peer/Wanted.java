package io.github.serfhandler.peer;

import io.github.serfhandler.config.Revision;

/** Immutable: which content is asked for. */
record Wanted(String key, Revision revision) {
  @Override
  public String toString() {
    return key + " " + revision;
  }
}
