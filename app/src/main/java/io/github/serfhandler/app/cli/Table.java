package io.github.serfhandler.app.cli;

import io.github.serfhandler.app.text.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * Confined to its caller's thread: rows in aligned columns, as kubectl prints them: a head line in
 * capitals, at least three blanks between columns, none at the end of a line. Cells may hold text
 * from the network: they are made safe to print. An empty cell is shown as {@code -}.
 */
public final class Table {
  private static final int GAP = 3;

  private final int columns;
  private final List<String[]> rows = new ArrayList<>();

  public Table(String... heads) {
    columns = heads.length;
    rows.add(heads.clone());
  }

  /** Adds a row of as many cells as there are heads. */
  public void row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(columns + " cells, not " + cells.length);
    }
    String[] row = new String[columns];
    for (int i = 0; i < columns; i++) {
      row[i] = cells[i].isEmpty() ? "-" : Printable.of(cells[i]);
    }
    rows.add(row);
  }

  /** Prints the whole table. */
  public void print(Output out) {
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], width(row[i]));
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row[i]);
        if (i < columns - 1) {
          line.append(" ".repeat(widths[i] - width(row[i]) + GAP));
        }
      }
      out.line(line.toString());
    }
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
