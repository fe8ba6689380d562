package io.goldennonce.audit;

import io.goldennonce.chain.Violation;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.jspecify.annotations.Nullable;

/**
 * Checks a table of Bitcoin mainnet headers. Each task hashes a part and checks its links; the
 * driver checks the links between the parts.
 */
public final class HeaderAudit {
  private HeaderAudit() {}

  /** The result of an audit. */
  public record Report(long headers, List<Violation> faults) {}

  /**
   * Checks all rows of a table.
   *
   * @param table has the column {@code header} or {@code header_hex}, in bytes or in hex; {@code
   *     hash} and {@code height} are compared if present
   * @throws IllegalArgumentException if it lacks the header column, or a row has no 80-byte header
   *     or a height that is not a number
   */
  public static Report run(Dataset<Row> table) {
    Set<String> columns = Set.copyOf(Arrays.asList(table.columns()));
    String header = columns.contains("header") ? "header" : "header_hex";
    if (!columns.contains(header)) {
      throw new IllegalArgumentException(
          "a table of headers must have the column header_hex or header, got "
              + String.join(", ", table.columns()));
    }
    Columns present =
        new Columns(
            table.schema().apply(header).dataType() instanceof BinaryType,
            columns.contains("height"),
            columns.contains("hash"));
    List<RowCheck> parts =
        table
            .select(text(columns, "height"), functions.col(header), text(columns, "hash"))
            .toJavaRDD()
            .mapPartitions(rows -> List.of(RowCheck.of(rows, present)).iterator())
            .collect();
    for (RowCheck part : parts) {
      if (part.refusal() != null) {
        throw new IllegalArgumentException(part.refusal());
      }
    }
    List<HeaderCheck.Part> checked = parts.stream().map(RowCheck::part).toList();
    return new Report(
        checked.stream().mapToLong(HeaderCheck.Part::headers).sum(), HeaderJoin.faults(checked));
  }

  private static Column text(Set<String> columns, String name) {
    return columns.contains(name)
        ? functions.col(name).cast("string")
        : functions.lit(null).cast("string");
  }

  /**
   * The columns present.
   *
   * @param binary whether headers are bytes, not hex
   */
  private record Columns(boolean binary, boolean height, boolean hash) implements Serializable {}

  /**
   * The result of a task.
   *
   * @param refusal why a row cannot be checked, which ends the audit
   */
  private record RowCheck(HeaderCheck.Part part, @Nullable String refusal) implements Serializable {
    static RowCheck of(Iterator<Row> rows, Columns columns) {
      HeaderCheck check = new HeaderCheck();
      String refusal = null;
      long row = 0;
      while (refusal == null && rows.hasNext()) {
        row++;
        Row next = rows.next();
        try {
          check.add(height(next, columns), header(next, columns), hash(next, columns));
        } catch (IllegalArgumentException e) {
          String place = next.isNullAt(0) ? "row " + row : "height " + next.getString(0);
          refusal = place + ": " + e.getMessage();
        }
      }
      return new RowCheck(check.end(), refusal);
    }

    private static @Nullable Long height(Row row, Columns columns) {
      if (!columns.height()) {
        return null;
      }
      try {
        return Long.valueOf(row.getString(0));
      } catch (NumberFormatException e) { // for null, too
        throw new IllegalArgumentException(
            "a height must be a whole number, got " + row.getString(0), e);
      }
    }

    private static @Nullable String hash(Row row, Columns columns) {
      if (columns.hash() && row.isNullAt(2)) {
        throw new IllegalArgumentException("a row must have a hash, got none");
      }
      return row.getString(2);
    }

    private static byte[] header(Row row, Columns columns) {
      if (row.isNullAt(1)) {
        throw new IllegalArgumentException("a row must have a header, got none");
      }
      if (columns.binary()) {
        return row.getAs(1);
      }
      String hex = row.getString(1);
      try {
        return HexFormat.of().parseHex(hex);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("a header must be 160 hex digits, got " + shown(hex), e);
      }
    }

    private static String shown(String text) {
      return text.length() <= 40 ? text : text.length() + " characters";
    }
  }
}
