package io.github.serfhandler.template;

import io.pebbletemplates.pebble.extension.escaper.SafeString;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stateless: the words of messages. */
final class Words {
  private static final int LONGEST = 60;

  private Words() {}

  /** In double quotes, on one line, and shortened. */
  static String quote(String text) {
    return '"' + oneLine(text, LONGEST) + '"';
  }

  /** Without line breaks and what terminals obey, and at most so long. */
  static String oneLine(String text, int longest) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && i < longest; i++) {
      char c = text.charAt(i);
      int type = Character.getType(c);
      boolean odd =
          Character.isISOControl(c)
              || type == Character.FORMAT
              || type == Character.LINE_SEPARATOR
              || type == Character.PARAGRAPH_SEPARATOR
              || type == Character.SURROGATE;
      out.append(odd ? '?' : c);
    }
    return text.length() > longest ? out + "..." : out.toString();
  }

  /** What sort of value it is. */
  static String kind(@Nullable Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof Fields fields) {
      return fields.kind();
    } else if (value instanceof CharSequence || value instanceof SafeString) {
      return "text";
    } else if (value instanceof Number) {
      return "a number";
    } else if (value instanceof Boolean) {
      return "true or false";
    } else if (value instanceof Map) {
      return "a map";
    } else if (value instanceof Iterable || value.getClass().isArray()) {
      return "a list";
    }
    return "a value of the template itself";
  }

  /**
   * {@code "; did you mean WORD?"} for the word with the fewest edits (insert, delete, replace,
   * swap two neighbours) to what was found; empty where none is near.
   */
  static String hint(String found, Collection<String> words) {
    String best = "";
    int fewest = Integer.MAX_VALUE;
    for (String word : words) {
      int limit = Math.min(3, Math.max(1, word.length() / 3));
      if (Math.abs(word.length() - found.length()) <= limit) {
        int edits = edits(found, word);
        if (edits <= limit && edits < fewest) {
          best = word;
          fewest = edits;
        }
      }
    }
    return best.isEmpty() ? "" : "; did you mean " + best + "?";
  }

  private static int edits(String a, String b) {
    int[][] rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          rows[i][j] = i + j;
          continue;
        }
        int replaced = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        rows[i][j] = Math.min(replaced, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
      }
    }
    return rows[a.length()][b.length()];
  }
}
