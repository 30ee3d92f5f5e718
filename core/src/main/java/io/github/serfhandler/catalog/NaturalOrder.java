package io.github.serfhandler.catalog;

import java.util.Comparator;

/**
 * Immutable: the order of node names in which {@code test2} comes before {@code test10}.
 *
 * <p>A run of the ASCII digits counts as one number, however long; everything else compares by
 * UTF-16 code unit. Names that differ only in leading zeros ({@code a1}, {@code a01}) are told
 * apart by plain string order, so that this order is total and agrees with {@code equals}.
 */
public final class NaturalOrder implements Comparator<String> {
  /** The only instance. */
  public static final NaturalOrder INSTANCE = new NaturalOrder();

  private NaturalOrder() {}

  @Override
  public int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      char c = a.charAt(i);
      char d = b.charAt(j);
      if (isDigit(c) && isDigit(d)) {
        int endA = endOfDigits(a, i);
        int endB = endOfDigits(b, j);
        int order = compareNumbers(a, i, endA, b, j, endB);
        if (order != 0) {
          return order;
        }
        i = endA;
        j = endB;
      } else if (c != d) {
        return Character.compare(c, d);
      } else {
        i++;
        j++;
      }
    }
    int rest = Integer.compare(a.length() - i, b.length() - j);
    return rest != 0 ? rest : a.compareTo(b);
  }

  private static int compareNumbers(String a, int fromA, int endA, String b, int fromB, int endB) {
    int i = skipZeros(a, fromA, endA);
    int j = skipZeros(b, fromB, endB);
    int order = Integer.compare(endA - i, endB - j);
    while (order == 0 && i < endA) {
      order = Character.compare(a.charAt(i++), b.charAt(j++));
    }
    return order;
  }

  private static int skipZeros(String text, int from, int end) {
    int i = from;
    while (i < end && text.charAt(i) == '0') {
      i++;
    }
    return i;
  }

  private static int endOfDigits(String text, int from) {
    int i = from;
    while (i < text.length() && isDigit(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
