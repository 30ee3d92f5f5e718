package io.github.serfhandler.output;

import java.lang.System.Logger.Level;
import java.nio.file.Path;

/** Tells the log of a process that stays. Thread-safe. */
final class LogVoice implements Tools.Voice {
  private final System.Logger log;

  LogVoice(System.Logger log) {
    this.log = log;
  }

  @Override
  public void updated(Path file) {
    log.log(Level.INFO, "updated " + file.getFileName());
  }

  @Override
  public void say(Level level, String line) {
    log.log(level, line);
  }

  @Override
  public void away(Level level, String line) {
    log.log(level, line + next());
  }

  @Override
  public String next() {
    return " (trying again)";
  }
}
