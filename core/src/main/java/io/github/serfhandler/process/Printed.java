package io.github.serfhandler.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Stateless: what a program printed, made fit for a log of one line per record. */
public final class Printed {
  private static final int LONGEST_LINE = 500;

  private Printed() {}

  /** The last lines that are not blank, at most so many, the oldest first. */
  public static List<String> lines(byte[] output, int most) {
    String text = new String(output, StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    int end = text.length();
    while (end > 0 && lines.size() < most) {
      int begin = text.lastIndexOf('\n', end - 1) + 1;
      String line = line(text, begin, end);
      if (!line.isBlank()) {
        lines.add(line);
      }
      end = begin - 1;
    }
    Collections.reverse(lines);
    return lines;
  }

  /** Whether it neither breaks a line nor drives a terminal. */
  public static boolean isPlain(char c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE
        && type != Character.UNASSIGNED;
  }

  private static String line(String text, int begin, int end) {
    int last = Math.min(end, begin + LONGEST_LINE);
    StringBuilder line = new StringBuilder(last - begin);
    for (int i = begin; i < last; i++) {
      char c = text.charAt(i);
      if (isPlain(c)) {
        line.append(c);
      } else {
        line.append(c == '\t' || (c == '\r' && i + 1 == end) ? ' ' : '?');
      }
    }
    return (last < end ? line + "..." : line.toString()).stripTrailing();
  }
}
