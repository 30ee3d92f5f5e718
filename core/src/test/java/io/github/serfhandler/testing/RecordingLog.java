package io.github.serfhandler.testing;

import java.text.MessageFormat;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what is logged, each line as {@code LEVEL text}. Thread-safe. */
public final class RecordingLog implements System.Logger {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** Keeps a line as it is, of somebody who takes no log. */
  public void add(String line) {
    lines.add(line);
  }

  /** All that was logged, whatever its level; the list itself, which grows. */
  public List<String> lines() {
    return lines;
  }

  /** What was logged with that level. */
  public List<String> lines(Level level) {
    return lines.stream().filter(line -> line.startsWith(level + " ")).toList();
  }

  /** What people see: all but what is for debugging. */
  public List<String> told() {
    return lines.stream()
        .filter(line -> !line.startsWith("DEBUG ") && !line.startsWith("TRACE "))
        .toList();
  }

  /** What people see of what was logged since the last call, of which nothing is kept. */
  public List<String> take() {
    List<String> taken = told();
    lines.clear();
    return taken;
  }

  @Override
  public String getName() {
    return "test";
  }

  @Override
  public boolean isLoggable(Level level) {
    return true;
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String text,
      @Nullable Throwable thrown) {
    lines.add(level + " " + text + (thrown == null ? "" : " " + thrown));
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object @Nullable ... values) {
    // Without values it is no format, as everywhere: braces and quotes stay then.
    boolean plain = values == null || values.length == 0;
    lines.add(
        level + " " + (plain ? format : MessageFormat.format(String.valueOf(format), values)));
  }
}
