package io.github.serfhandler.converge;

import io.github.serfhandler.config.RejectedException;

/**
 * Immutable: the keys whose hash begins with these hexadecimal digits.
 *
 * @param bits the digits, from the highest bits on; the rest is 0
 * @param digits how many digits these are, 0 (all keys) to {@link #MAX_DIGITS}
 */
record Prefix(long bits, int digits) {
  /** The longest. */
  static final int MAX_DIGITS = 15;

  /** How many prefixes a prefix falls into. */
  static final int FANOUT = 16;

  /** All keys. */
  static final Prefix ALL = new Prefix(0, 0);

  private static final int BITS = 4;

  /** Whether a hash begins so. */
  boolean holds(long hash) {
    return digits == 0 || (hash ^ bits) >>> (Long.SIZE - BITS * digits) == 0;
  }

  /** The prefix with one digit more. */
  Prefix child(int digit) {
    return new Prefix(bits | (long) digit << shift(digits), digits + 1);
  }

  /** That child which holds a hash. */
  Prefix towards(long hash) {
    return child(digit(hash, digits));
  }

  /** The digit at a place, from 0. */
  static int digit(long hash, int at) {
    return (int) (hash >>> shift(at)) & (FANOUT - 1);
  }

  /** Reads what {@link #toString} writes. */
  static Prefix parse(String text) {
    if (text.length() > MAX_DIGITS) {
      throw new RejectedException("a prefix of more than " + MAX_DIGITS + " digits");
    }
    Prefix prefix = ALL;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        prefix = prefix.child(c - '0');
      } else if (c >= 'a' && c <= 'f') {
        prefix = prefix.child(c - 'a' + 10);
      } else {
        throw new RejectedException("a prefix that is not hexadecimal in lower case");
      }
    }
    return prefix;
  }

  private static int shift(int at) {
    return Long.SIZE - BITS * (at + 1);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(digits);
    for (int i = 0; i < digits; i++) {
      out.append(Character.forDigit(digit(bits, i), FANOUT));
    }
    return out.toString();
  }
}
