package io.goldennonce.table;

import java.io.Serializable;

/**
 * Consecutive rows of a file.
 *
 * @param from the first row's position, from 0
 * @param to behind the last row
 */
public record RowRange(long from, long to) implements Serializable {
  public RowRange {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "a range of rows must begin at 0 or later and not be empty, got " + from + " to " + to);
    }
  }
}
