package io.github.serfhandler.testkit;

/** Immutable: which of msgpack's ways a peer uses for text and bytes. */
public enum WireFormat {
  /** Text as {@code str} (str8 too), bytes as {@code bin}: what agents since 0.8 write. */
  MODERN,
  /** Both as raw of 5, 16 or 32 bits, without str8 and bin: msgpack before 2013. */
  OLD_RAW,
  /** Text as {@code bin} too: no agent does it, a careful reader copes. */
  TEXT_AS_BIN
}
