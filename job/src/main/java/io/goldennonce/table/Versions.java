package io.goldennonce.table;

import io.goldennonce.table.parquet.ParquetFile;
import io.goldennonce.table.storage.Safeguard;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Saves the rows of one key of a versioned table. Not thread-safe. */
public final class Versions {
  private final Table table;
  private final String key;
  private final Deque<String> saved = new ArrayDeque<>();
  private int last;

  Versions(Table table, String key, int last) {
    this.table = table;
    this.key = key;
    this.last = last;
  }

  /**
   * Saves rows in place of all that were saved for the key. When it returns, they survive SIGKILL
   * and power loss; when it throws, either those before count or these. The file before stays, and
   * counts if the new one is damaged.
   *
   * @param rows a file of {@link ParquetFile#write}; one without rows makes the key count as empty
   */
  public void save(byte[] rows) throws IOException {
    last++; // a save that fails may yet have written its file
    saved.addLast(table.publish(key, last, rows));
    int stay = table.hooks.has(Safeguard.FALLBACK) ? 2 : 1;
    while (saved.size() > stay) {
      table.storage.retire(saved.peekFirst());
      saved.removeFirst();
    }
  }
}
