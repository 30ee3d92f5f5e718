package io.github.serfhandler.catalog;

/** Ports as tags give them. */
final class Ports {
  static final int MAX = 65_535;
  static final String RULE = "not a port: a decimal number from 1 to 65535";
  private static final int MAX_DIGITS = 5;

  private Ports() {}

  /**
   * The port that {@code text[from, end)} gives, or 0 where that is none. A port is one to five of
   * the ASCII digits and nothing else, 1 to 65535: no sign, no spaces, no digits of other scripts.
   * Leading zeros mean nothing ({@code 080} is 80).
   */
  static int parse(String text, int from, int end) {
    if (end - from < 1 || end - from > MAX_DIGITS) {
      return 0;
    }
    int port = 0;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return 0;
      }
      port = port * 10 + (c - '0');
    }
    return port <= MAX ? port : 0;
  }
}
