package io.goldennonce.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Prints all rows of a query as a table. Spark's own {@code show} cuts tables off, prints binaries
 * as decimal lists, and writes past the command's stream.
 */
final class TextTable {
  private TextTable() {}

  static void print(Dataset<Row> rows, PrintWriter out) {
    List<List<String>> lines = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      List<String> line = new ArrayList<>();
      for (int i = 0; i < row.length(); i++) {
        line.add(row.isNullAt(i) ? "null" : text(row.get(i)));
      }
      lines.add(line);
    }
    print(Arrays.asList(rows.columns()), lines, out);
  }

  /** Prints rows that are there. */
  static void print(List<String> columns, List<List<String>> rows, PrintWriter out) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns);
    lines.addAll(rows);
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

  private static String text(Object value) {
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
  }
}
