package io.github.serfhandler.template;

import io.github.serfhandler.render.Utf8Buffer;
import java.io.Writer;
import java.nio.CharBuffer;

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
    if (count == 0) {
      return;
    }
    if (high != 0) {
      out.text(Character.toString(high) + text[from]);
      high = 0;
      from++;
      count--;
    }
    if (count > 0 && Character.isHighSurrogate(text[from + count - 1])) {
      high = text[from + --count];
    }
    out.text(CharBuffer.wrap(text, from, count));
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
