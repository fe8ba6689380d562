package io.goldennonce.table;

import io.goldennonce.table.storage.StoredFile;
import java.io.Serializable;
import java.util.List;

/**
 * Rows of one file that count. A reader that finds the file damaged, at any row, must drop all rows
 * it has read of this part and read the fallbacks instead. A reader that finds the file gone must
 * take a new {@link Snapshot}.
 *
 * @param file the file
 * @param rows which of its rows count, in order; empty for all
 * @param fallbacks what counts if the file is damaged: other files with rows of the same origins,
 *     mostly none
 */
public record Part(StoredFile file, List<RowRange> rows, List<Part> fallbacks)
    implements Serializable {
  /**
   * Consecutive rows of a file.
   *
   * @param from the first row's position, from 0
   * @param to behind the last row
   */
  public record RowRange(long from, long to) implements Serializable {}

  public Part {
    rows = List.copyOf(rows);
    fallbacks = List.copyOf(fallbacks);
  }

  /** Whether all rows of the file count. */
  public boolean isWhole() {
    return rows.isEmpty();
  }

  /** Whether the row at a position of the file counts. */
  public boolean holds(long position) {
    if (rows.isEmpty()) {
      return true;
    }
    int low = 0;
    int high = rows.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      RowRange range = rows.get(middle);
      if (position < range.from()) {
        high = middle - 1;
      } else if (position >= range.to()) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }
}
