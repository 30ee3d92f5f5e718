package io.github.serfhandler.converge;

/**
 * Immutable: what is held under a prefix, in short.
 *
 * @param hash the sum of the hashes of the lines, modulo 2^64; a sum and not an exclusive or, of
 *     which equal parts would cancel each other out
 * @param count how many keys these are
 */
record Sum(long hash, int count) {
  /** Of nothing. */
  static final Sum NONE = new Sum(0, 0);
}
