package io.goldennonce.chain.table;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.table.Part;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.storage.StoredFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The best block seen so far: the one with the most chain work, the earliest mined on a tie. Only a
 * better block replaces it, so calls of {@link #look} may overlap with each other and with appends.
 * Thread-safe.
 */
final class BestBlock {
  private final RecordTable<BlockRow> table;
  private @Nullable BlockIndexEntry best;

  /** Files already read whose names state at least the work of the best block. */
  private Set<String> read = new HashSet<>();

  BestBlock(RecordTable<BlockRow> table) {
    this.table = table;
  }

  /** Returns the best block known, without reading files. */
  synchronized Optional<BlockIndexEntry> last() {
    return Optional.ofNullable(best);
  }

  /** Adds a block that was appended. */
  synchronized void appended(Block block) {
    consider(block.indexEntry());
    read.add(BlockTable.name(block) + ".parquet");
  }

  /**
   * Looks for better blocks that others have appended. Usually one pass over the file names shows
   * that there is none. Otherwise the files are listed, and each file whose name states at least
   * the work of the best block is read once. A pass over names may miss a file that is retired
   * meanwhile; the next call finds its replacement.
   */
  Optional<BlockIndexEntry> look() {
    if (table.names().stream().noneMatch(this::promises)) {
      return last();
    }
    List<StoredFile> files = new ArrayList<>(table.files());
    files.sort(Comparator.comparing((StoredFile file) -> BlockTable.work(file.name())).reversed());
    for (StoredFile file : files) {
      String least = least();
      if (BlockTable.work(file.name()).compareTo(least) < 0) {
        break;
      }
      if (promises(file.name())) {
        Selection better = Selection.of(BlockTable.INDEX_COLUMNS).atLeast("chain_work", least);
        List<BlockIndexEntry> candidates =
            table.read(Part.whole(file), better, BlockTable::indexEntry);
        synchronized (this) {
          candidates.forEach(this::consider);
          read.add(file.name());
        }
      }
    }
    return last();
  }

  private synchronized String least() {
    return best == null ? "" : best.chainWork().toHex();
  }

  private synchronized boolean promises(String name) {
    return BlockTable.work(name).compareTo(least()) >= 0 && !read.contains(name);
  }

  private void consider(BlockIndexEntry candidate) {
    BlockIndexEntry before = best;
    if (before == null || BlockIndexEntry.BEST_FIRST.compare(candidate, before) < 0) {
      best = candidate;
      if (before != null && !before.chainWork().equals(candidate.chainWork())) {
        read.removeIf(name -> name.compareTo(candidate.chainWork().toHex()) < 0);
      }
    }
  }
}
