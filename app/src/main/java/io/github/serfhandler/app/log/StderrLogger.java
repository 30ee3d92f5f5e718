package io.github.serfhandler.app.log;

import io.github.serfhandler.app.text.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Clock;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: writes each record as a line, {@code 2026-11-23T15:49:48.123Z WARN discovery: text},
 * in one write, so that lines of several threads do not mix. What would break the line is escaped.
 * Of an exception the message is written; its trace only at {@code DEBUG}.
 */
final class StderrLogger implements System.Logger {
  private static final String OURS = "io.github.serfhandler.";

  private final String name;
  private final String topic;
  private final Supplier<Level> threshold;
  private final Clock clock;
  private final OutputStream stream;

  StderrLogger(String name, Supplier<Level> threshold, Clock clock, OutputStream stream) {
    this.name = name;
    this.topic = topic(name);
    this.threshold = threshold;
    this.clock = clock;
    this.stream = stream;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean isLoggable(Level level) {
    Level least = threshold.get();
    // The platform's own loggers at DEBUG drown ours.
    boolean foreign = !name.startsWith(OURS) && least.compareTo(Level.INFO) < 0;
    return level != Level.OFF && level.compareTo(foreign ? Level.INFO : least) >= 0;
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable e) {
    if (isLoggable(level)) {
      write(level, localised(bundle, text), e);
    }
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object @Nullable ... parameters) {
    if (isLoggable(level)) {
      String text = localised(bundle, format);
      boolean bare = parameters == null || parameters.length == 0;
      write(level, bare ? text : MessageFormat.format(text, parameters), null);
    }
  }

  private void write(Level level, String text, @Nullable Throwable e) {
    StringBuilder line = new StringBuilder(96 + text.length());
    Timestamps.append(line, clock.millis());
    line.append(' ').append(word(level)).append(' ').append(topic).append(": ");
    line.append(Printable.of(text));
    if (e != null) {
      String message = e.getMessage();
      line.append(text.isEmpty() ? "" : ": ");
      line.append(Printable.of(message == null ? e.getClass().getName() : message));
    }
    line.append('\n');
    if (e != null && threshold.get().compareTo(Level.DEBUG) <= 0) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      for (String traceLine : trace.toString().split("\n", -1)) {
        if (!traceLine.isBlank()) {
          line.append("    ").append(Printable.of(traceLine.strip())).append('\n');
        }
      }
    }
    byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
    synchronized (stream) {
      try {
        stream.write(bytes);
        stream.flush();
      } catch (IOException closed) {
        // Standard error is gone: there is no place left to tell it.
        return;
      }
    }
  }

  private static String localised(@Nullable ResourceBundle bundle, @Nullable String text) {
    if (text == null) {
      return "";
    }
    return bundle != null && bundle.containsKey(text) ? bundle.getString(text) : text;
  }

  /** The package below our root, which says what a line is about; another's name as it is. */
  private static String topic(String name) {
    if (!name.startsWith(OURS)) {
      return Printable.of(name);
    }
    String rest = name.substring(OURS.length());
    int dot = rest.lastIndexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  static String word(Level level) {
    return switch (level) {
      case ERROR -> "ERROR";
      case WARNING -> "WARN ";
      case INFO -> "INFO ";
      default -> "DEBUG";
    };
  }
}
