package io.github.serfhandler.app.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Immutable: a whole number with {@code ms}, {@code s}, {@code m} or {@code h}, within bounds. */
public final class DurationType implements ValueType<Duration> {
  private final Duration least;
  private final Duration most;

  public DurationType(Duration least, Duration most) {
    this.least = least;
    this.most = most;
  }

  @Override
  public Duration parse(String text) throws BadValueException {
    int end = 0;
    long number = 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      number = number * 10 + (text.charAt(end) - '0');
      if (number > 1_000_000_000L) {
        throw new BadValueException("is out of range; allowed is " + allowed());
      }
      end++;
    }
    Duration value = end == 0 ? null : withUnit(number, text.substring(end).trim());
    if (value == null) {
      throw new BadValueException(
          "is not a duration; write for example " + format(least) + ", 30s, 10m or 1h");
    }
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new BadValueException("is out of range; allowed is " + allowed());
    }
    return value;
  }

  @Override
  public String format(Duration value) {
    long millis = value.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
  }

  @Override
  public String placeholder() {
    return "DURATION";
  }

  @Override
  public String allowed() {
    return format(least) + " to " + format(most);
  }

  @Override
  public String schema() {
    return "\"type\": \"string\", \"pattern\": \"^[0-9]+ ?(ms|s|m|h)$\"";
  }

  private static @Nullable Duration withUnit(long number, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> null;
    };
  }
}
