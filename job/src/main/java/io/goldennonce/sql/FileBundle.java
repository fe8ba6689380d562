package io.goldennonce.sql;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.connector.read.InputPartition;
import org.jspecify.annotations.Nullable;

/**
 * What one task reads: a file, a part of a large one, or several small ones, since a table may
 * consist of many thousands with a row each.
 */
record FileBundle(List<Part> parts) implements InputPartition {
  private static final long MAX_BYTES = 128L << 20;

  /** What opening a file is taken to cost, in bytes that could be read meanwhile. */
  private static final long OPEN_BYTES = 1L << 20;

  /**
   * A file, or the row groups of it whose middle is in a range of bytes.
   *
   * @param onChain the hashes of those of its blocks that are on the chain, where that is asked for
   */
  record Part(String path, long from, long to, @Nullable Set<String> onChain)
      implements Serializable {
    static Part of(FileStatus file) {
      return new Part(file.getPath().toString(), 0, file.getLen(), null);
    }

    Part with(Set<String> hashes) {
      return new Part(path, from, to, hashes);
    }

    private long cost() {
      return to - from + OPEN_BYTES;
    }
  }

  /**
   * Cuts and bundles files.
   *
   * @param files whole ones
   * @param slots how many tasks can run at once
   */
  static List<FileBundle> of(List<Part> files, int slots) {
    long all = files.stream().mapToLong(Part::cost).sum();
    long limit = Math.min(MAX_BYTES, Math.max(OPEN_BYTES, all / Math.max(1, slots)));
    List<FileBundle> bundles = new ArrayList<>();
    List<Part> open = new ArrayList<>();
    long cost = 0;
    for (Part file : files) {
      for (Part part : cut(file)) {
        if (!open.isEmpty() && cost + part.cost() > limit) {
          bundles.add(new FileBundle(List.copyOf(open)));
          open.clear();
          cost = 0;
        }
        open.add(part);
        cost += part.cost();
      }
    }
    if (!open.isEmpty()) {
      bundles.add(new FileBundle(List.copyOf(open)));
    }
    return bundles;
  }

  private static List<Part> cut(Part file) {
    List<Part> parts = new ArrayList<>();
    long from = file.from();
    do {
      long to = Math.min(from + MAX_BYTES, file.to());
      parts.add(new Part(file.path(), from, to, file.onChain()));
      from = to;
    } while (from < file.to());
    return parts;
  }
}
