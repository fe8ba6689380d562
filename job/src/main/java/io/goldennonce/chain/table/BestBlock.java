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
 * The best block seen so far: the one with the most chain work, the earliest mined on a tie. It is
 * only ever replaced by a better one, so looks may overlap with each other and with appends.
 * Thread-safe.
 */
final class BestBlock {
  private final RecordTable<BlockRow> table;
  private @Nullable BlockIndexEntry best;

  /** The files whose names promise as much work as the best block has, and that were read. */
  private Set<String> read = new HashSet<>();

  BestBlock(RecordTable<BlockRow> table) {
    this.table = table;
  }

  /** The best block of the last look or append, without any. */
  synchronized Optional<BlockIndexEntry> last() {
    return Optional.ofNullable(best);
  }

  /** Takes a block that was appended. */
  synchronized void appended(Block block) {
    consider(block.indexEntry());
    read.add(BlockTable.name(block) + ".parquet");
  }

  /**
   * Looks at what others have appended. As a rule that is one pass over the names, which tells that
   * none promises more; else a listing follows, and each file whose name promises as much work as
   * the best block has is read once. A pass over names may miss a file that is retired meanwhile;
   * the next look finds what replaced it.
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
