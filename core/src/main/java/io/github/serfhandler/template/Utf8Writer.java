package io.github.serfhandler.template;

import io.github.serfhandler.render.Utf8Buffer;
import java.io.Writer;

/** Writes text into a buffer, up to a limit. Confined to one thread. */
final class Utf8Writer extends Writer {
  private final Utf8Buffer out;
  private final int end;
  private char high; // The first half of a pair whose second one comes with the next text.

  Utf8Writer(Utf8Buffer out, int limit) {
    this.out = out;
    this.end = out.length() + limit;
  }

  @Override
  public void write(char[] text, int from, int count) {
    write(new String(text, from, count));
  }

  @Override
  public void write(String text, int from, int count) {
    write(text.substring(from, from + count));
  }

  @Override
  public void write(String text) {
    if (text.isEmpty()) {
      return;
    }
    String whole = text;
    if (high != 0) {
      whole = high + text;
      high = 0;
    }
    int last = whole.length() - 1;
    if (Character.isHighSurrogate(whole.charAt(last))) {
      high = whole.charAt(last);
      whole = whole.substring(0, last);
    }
    out.text(whole);
    if (out.length() > end) {
      throw new TemplateMistake(Failures.TOO_LARGE);
    }
  }

  /** Nothing more comes. */
  void finish() {
    if (high != 0) {
      out.text(Character.toString(high));
      high = 0;
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
