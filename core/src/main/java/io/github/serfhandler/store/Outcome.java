package io.github.serfhandler.store;

/** Immutable: what became of a file that was to hold certain bytes. */
public enum Outcome {
  /** It holds them now, and held others before or was not there. */
  UPDATED,
  /** It held them already and was not touched. */
  UNCHANGED
}
