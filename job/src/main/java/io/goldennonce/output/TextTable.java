package io.goldennonce.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints rows as a table, one line per row: control characters in a cell are escaped. Holds at most
 * {@value #MEASURED} rows in memory.
 */
public final class TextTable {
  /**
   * Number of rows that determine the column widths. A wider cell in a later row shifts the rest of
   * its line.
   */
  private static final int MEASURED = 1000;

  private TextTable() {}

  /** Prints rows. */
  public static void print(List<String> columns, List<List<String>> rows, PrintWriter out) {
    print(columns, rows.iterator(), out);
  }

  /** Prints rows until the reader closes the stream. */
  public static void print(List<String> columns, Iterator<List<String>> rows, PrintWriter out) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(printable(columns));
    while (lines.size() <= MEASURED && rows.hasNext()) {
      lines.add(printable(rows.next()));
    }
    int[] widths = new int[columns.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    out.println(padded(lines.get(0), widths));
    out.println(Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.joining("  ")));
    lines.subList(1, lines.size()).forEach(line -> out.println(padded(line, widths)));
    while (rows.hasNext() && !out.checkError()) {
      out.println(padded(printable(rows.next()), widths));
    }
  }

  private static List<String> printable(List<String> cells) {
    return cells.stream().map(Printable::of).toList();
  }

  private static String padded(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      line.append(cell);
      if (i < widths.length - 1) {
        line.append(" ".repeat(Math.max(0, widths[i] - cell.length()) + 2));
      }
    }
    return line.toString();
  }
}
