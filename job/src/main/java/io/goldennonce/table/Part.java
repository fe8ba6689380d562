package io.goldennonce.table;

import io.goldennonce.table.storage.StoredFile;
import java.io.Serializable;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one file that count. A reader that finds the file damaged, at any row, must drop all rows
 * it has read of this part and read the fallbacks instead. A reader that finds the file gone must
 * take a new {@link Snapshot}.
 *
 * @param file the file
 * @param rows positions of the rows that count; null for all
 * @param fallbacks what counts if the file is damaged: other files with rows of the same origins,
 *     mostly none
 */
public record Part(StoredFile file, @Nullable BitSet rows, List<Part> fallbacks)
    implements Serializable {
  public Part {
    fallbacks = List.copyOf(fallbacks);
  }

  /** All rows of a file, without fallbacks. */
  public static Part whole(StoredFile file) {
    return new Part(file, null, List.of());
  }

  /** Whether the row at a position of the file, from 0, counts. */
  public boolean holds(long position) {
    return rows == null || rows.get(Math.toIntExact(position));
  }
}
