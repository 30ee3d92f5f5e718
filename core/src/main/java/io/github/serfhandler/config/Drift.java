package io.github.serfhandler.config;

/** Immutable: how a file differs from the record of its key. */
public enum Drift {
  /** It holds another configuration: somebody edited it. */
  EDITED,
  /** It is no configuration, or no file. */
  BROKEN,
  /** It is there without a record: no update for it was seen yet. */
  UNMANAGED,
  /** It is not yet as the record says, since it could not be written or looked at. */
  BEHIND
}
