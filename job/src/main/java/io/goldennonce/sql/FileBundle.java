package io.goldennonce.sql;

import io.goldennonce.table.Part;
import io.goldennonce.table.storage.StoredFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.connector.read.InputPartition;

/** The files that one task reads: a large one or several small ones. */
record FileBundle(List<Item> items) implements InputPartition {
  private static final long MAX_BYTES = 128L << 20;

  /** Assumed cost of opening a file, in bytes that could be read in the same time. */
  private static final long OPEN_BYTES = 1L << 20;

  /**
   * A part of a table.
   *
   * @param onChain positions of the rows, by file, whose blocks are on the chain; empty if not
   *     needed
   */
  record Item(Part part, Map<StoredFile, BitSet> onChain) implements Serializable {
    private long cost() {
      return part.file().length() + OPEN_BYTES;
    }
  }

  /**
   * Bundles parts.
   *
   * @param slots how many tasks can run at once
   */
  static List<FileBundle> of(List<Item> items, int slots) {
    long all = items.stream().mapToLong(Item::cost).sum();
    long limit = Math.min(MAX_BYTES, Math.max(OPEN_BYTES, all / Math.max(1, slots)));
    List<FileBundle> bundles = new ArrayList<>();
    List<Item> open = new ArrayList<>();
    long cost = 0;
    for (Item item : items) {
      if (!open.isEmpty() && cost + item.cost() > limit) {
        bundles.add(new FileBundle(List.copyOf(open)));
        open.clear();
        cost = 0;
      }
      open.add(item);
      cost += item.cost();
    }
    if (!open.isEmpty()) {
      bundles.add(new FileBundle(List.copyOf(open)));
    }
    return bundles;
  }
}
