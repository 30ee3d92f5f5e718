package io.github.serfhandler.config;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Stateless: times as records tell them. Not with {@code Instant.toString}, whose formatter costs a
 * forked process more than the whole update.
 */
final class Utc {
  private static final long LATEST = 253_402_300_799L; // 9999-12-31T23:59:59Z

  private Utc() {}

  /** As {@code 2026-11-25T08:30:00Z}. */
  static String text(long epochSeconds) {
    long within = Math.max(0, Math.min(LATEST, epochSeconds));
    LocalDateTime time = LocalDateTime.ofEpochSecond(within, 0, ZoneOffset.UTC);
    StringBuilder out = new StringBuilder(20);
    digits(out, time.getYear(), 4).append('-');
    digits(out, time.getMonthValue(), 2).append('-');
    digits(out, time.getDayOfMonth(), 2).append('T');
    digits(out, time.getHour(), 2).append(':');
    digits(out, time.getMinute(), 2).append(':');
    return digits(out, time.getSecond(), 2).append('Z').toString();
  }

  private static StringBuilder digits(StringBuilder out, int number, int count) {
    String text = Integer.toString(number);
    for (int i = text.length(); i < count; i++) {
      out.append('0');
    }
    return out.append(text);
  }
}
