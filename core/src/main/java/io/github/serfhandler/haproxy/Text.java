package io.github.serfhandler.haproxy;

/** Stateless: what a socket says, in messages. */
final class Text {
  private static final int MOST = 120;

  private Text() {}

  /** At most {@value #MOST} of its characters, on one line. */
  static String shown(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), MOST); i++) {
      char c = text.charAt(i);
      out.append(c >= ' ' && c < 0x7f ? c : ' ');
    }
    return out.append(text.length() > MOST ? "..." : "").toString().strip();
  }
}
