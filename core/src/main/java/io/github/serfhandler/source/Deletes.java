package io.github.serfhandler.source;

/** What becomes on the nodes of a key that its store holds no more. */
public enum Deletes {
  /** The nodes keep it. */
  OFF,
  /** It is deleted, but not where a listing lacks more than half of what was there. */
  ON,
  /** It is deleted, however many there are. */
  ALL
}
