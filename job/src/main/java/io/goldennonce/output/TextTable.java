package io.goldennonce.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Prints rows as a table, a line each: what others wrote in a cell can't break it. */
public final class TextTable {
  private TextTable() {}

  /** Prints them. */
  public static void print(List<String> columns, List<List<String>> rows, PrintWriter out) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.stream().map(Printable::of).toList());
    rows.forEach(row -> lines.add(row.stream().map(Printable::of).toList()));
    int[] widths = new int[columns.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    String rule = Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.joining("  "));
    for (int i = 0; i < lines.size(); i++) {
      out.println(padded(lines.get(i), widths));
      if (i == 0) {
        out.println(rule);
      }
    }
  }

  private static String padded(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      line.append(cell);
      if (i < widths.length - 1) {
        line.append(" ".repeat(widths[i] - cell.length() + 2));
      }
    }
    return line.toString();
  }
}
