package io.github.serfhandler.app.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;

/**
 * Thread-safe: gives the platform loggers that write to standard error, all with one level. Made by
 * the platform, once a process and not before a logger is asked for; so where and what they write
 * belongs to the class, and setting it costs a process that never logs nothing.
 */
public final class StderrLoggerFinder extends System.LoggerFinder {
  private static volatile System.Logger.Level level = System.Logger.Level.INFO;
  private static volatile OutputStream target = new FileOutputStream(FileDescriptor.err);

  /** Goes where the lines go now, also for loggers that were made before. */
  private final OutputStream stream =
      new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          target.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          target.write(bytes, from, length);
        }

        @Override
        public void flush() throws IOException {
          target.flush();
        }
      };

  /** For the platform alone. */
  public StderrLoggerFinder() {}

  /** Sets the least important level that is written, from now on, for all loggers. */
  public static void setLevel(System.Logger.Level least) {
    level = least;
  }

  /** From now on all loggers write there instead, a line or a line with its trace in one call. */
  public static void redirect(OutputStream instead) {
    target = instead;
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new StderrLogger(name, () -> level, Clock.systemUTC(), stream);
  }
}
