package io.github.serfhandler.app.text;

import java.util.List;
import java.util.Optional;

/** Stateless: finds the word that someone probably meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The word of the list with the fewest edits (insert, delete, replace, swap two neighbours) to
   * what was typed; the first of several; empty where even the nearest differs in more than a third
   * of its characters, or in more than three.
   */
  public static Optional<String> to(String typed, List<String> words) {
    String best = null;
    int bestEdits = Integer.MAX_VALUE;
    for (String word : words) {
      int limit = Math.min(3, Math.max(1, word.length() / 3));
      if (Math.abs(word.length() - typed.length()) > limit) {
        continue;
      }
      int edits = edits(typed, word);
      if (edits <= limit && edits < bestEdits) {
        best = word;
        bestEdits = edits;
      }
    }
    return Optional.ofNullable(best);
  }

  /** {@code "; did you mean WORD?"}, or an empty text where no word is near. */
  public static String hint(String typed, List<String> words) {
    Optional<String> word = to(typed, words);
    return word.isPresent() ? "; did you mean " + word.get() + "?" : "";
  }

  private static int edits(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        row[j] = Math.min(last[j - 1] + (same ? 0 : 1), Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      int[] free = before;
      before = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
