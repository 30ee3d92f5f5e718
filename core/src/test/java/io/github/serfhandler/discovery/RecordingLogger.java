package io.github.serfhandler.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** A log that a test reads: {@code LEVEL text}. Confined to the test. */
final class RecordingLogger implements System.Logger {
  final List<String> lines = new ArrayList<>();

  /** What was logged since the last call, DEBUG apart. */
  List<String> take() {
    List<String> taken = lines.stream().filter(line -> !line.startsWith("DEBUG")).toList();
    lines.clear();
    return taken;
  }

  @Override
  public String getName() {
    return "recording";
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
    lines.add(level + " " + text);
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object @Nullable ... parameters) {
    lines.add(level + " " + format);
  }
}
