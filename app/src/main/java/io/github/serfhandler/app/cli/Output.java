package io.github.serfhandler.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: text for a standard stream, always UTF-8 (under cron the locale is C, and Java's own
 * streams would print ? for what is not ASCII). Text is kept until {@link #flush} or until there
 * are 8192 characters of it.
 *
 * <p>A stream that cannot be written to fails once, is remembered, and swallows the rest: the
 * command goes on with its real work, and {@link #failure} tells in the end.
 */
public final class Output {
  private static final int LIMIT = 8192;

  private final OutputStream stream;
  private final StringBuilder waiting = new StringBuilder();
  private @Nullable IOException failure;

  public Output(OutputStream stream) {
    this.stream = stream;
  }

  /** Adds text as it is. */
  public synchronized Output print(String text) {
    if (failure == null) {
      waiting.append(text);
      if (waiting.length() >= LIMIT) {
        flush();
      }
    }
    return this;
  }

  /** Adds text and a line end. */
  public synchronized Output line(String text) {
    return print(text).print("\n");
  }

  /** Adds bytes as they are, and hands over what was added. */
  public synchronized Output bytes(byte[] bytes) {
    flush();
    if (failure == null) {
      try {
        stream.write(bytes);
        stream.flush();
      } catch (IOException e) {
        failure = e;
      }
    }
    return this;
  }

  /** Adds one line and flushes. */
  public synchronized void lineNow(String text) {
    line(text).flush();
  }

  /** Hands over what was added. */
  public synchronized void flush() {
    if (failure == null && waiting.length() > 0) {
      try {
        stream.write(waiting.toString().getBytes(StandardCharsets.UTF_8));
        stream.flush();
      } catch (IOException e) {
        failure = e;
      }
    }
    waiting.setLength(0);
  }

  /** Why the stream could not be written to; null while it can. */
  public synchronized @Nullable IOException failure() {
    return failure;
  }
}
