package io.github.serfhandler.source;

import java.text.MessageFormat;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Writes what is logged to a list, each line behind its level. */
record LineLogger(List<String> lines) implements System.Logger {
  @Override
  public String getName() {
    return "lines";
  }

  @Override
  public boolean isLoggable(Level level) {
    return true;
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable e) {
    lines.add(level + " " + text + (e == null ? "" : " " + e));
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, @Nullable String format, Object... values) {
    lines.add(level + " " + MessageFormat.format(String.valueOf(format), values));
  }
}
