package io.github.serfhandler.oneshot;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Thread-safe: stands in for standard output and standard error while handlers run, so that nothing
 * that they print is taken for a query's answer. What is printed goes on as lines, 64 KiB in all;
 * the rest is counted. Bytes that are not UTF-8 become U+FFFD.
 */
public final class PrintedLines extends OutputStream {
  /** How many bytes go on. */
  public static final int LIMIT = 64 * 1024;

  private static final int LONGEST_LINE = 4096;

  private final Consumer<String> lines;

  @GuardedBy("this")
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  @GuardedBy("this")
  private int taken;

  @GuardedBy("this")
  private long leftOut;

  /** Gives each line, without its end, to {@code lines}, on the thread that printed it. */
  public PrintedLines(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public synchronized void write(int b) {
    if (taken == LIMIT) {
      leftOut++;
      return;
    }
    taken++;
    if (b == '\n') {
      tell();
      return;
    }
    line.write(b);
    if (line.size() == LONGEST_LINE) {
      tell();
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    int room = Math.min(length, LIMIT - taken);
    for (int i = 0; i < room; i++) {
      write(bytes[from + i]);
    }
    leftOut += length - room;
  }

  /**
   * Tells the line that has no end yet, and how much was left out. Prints of later are too late.
   */
  @Override
  public synchronized void close() {
    if (line.size() > 0) {
      tell();
    }
    if (leftOut > 0) {
      lines.accept("... and " + leftOut + " more bytes, which are left out");
      leftOut = 0;
    }
    taken = LIMIT;
  }

  @GuardedBy("this")
  private void tell() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }
}
