package io.github.serfhandler.peer;

import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A log that keeps its lines, level first. Thread-safe. */
final class Lines implements System.Logger {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** What was told from INFO on. */
  List<String> told() {
    return lines;
  }

  @Override
  public String getName() {
    return "test";
  }

  @Override
  public boolean isLoggable(Level level) {
    return level.compareTo(Level.INFO) >= 0;
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable thrown) {
    if (isLoggable(level)) {
      lines.add(level + " " + text);
    }
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, String format, Object @Nullable ... params) {
    if (isLoggable(level)) {
      lines.add(level + " " + format);
    }
  }
}
