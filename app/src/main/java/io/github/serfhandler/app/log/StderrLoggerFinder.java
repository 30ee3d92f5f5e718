package io.github.serfhandler.app.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Clock;

/**
 * Thread-safe: gives the platform loggers that write to standard error, all with one level. Made by
 * the platform, once a process; {@link #setLevel} finds that one.
 */
public final class StderrLoggerFinder extends System.LoggerFinder {
  private final OutputStream stream = new FileOutputStream(FileDescriptor.err);
  private volatile System.Logger.Level level = System.Logger.Level.INFO;

  /** For the platform alone. */
  public StderrLoggerFinder() {}

  /** Sets the least important level that is written, from now on, for all loggers. */
  public static void setLevel(System.Logger.Level level) {
    if (getLoggerFinder() instanceof StderrLoggerFinder finder) {
      finder.level = level;
    }
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new StderrLogger(name, () -> level, Clock.systemUTC(), stream);
  }
}
