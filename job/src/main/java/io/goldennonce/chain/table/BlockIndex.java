package io.goldennonce.chain.table;

import io.goldennonce.base.LatestMap;
import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.pow.Hash256;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Finds single blocks without Spark: a miner needs a few ancestors of its tip. A block is read
 * together with those below it, and the most recently used blocks are cached. Not thread-safe.
 */
final class BlockIndex {
  /** More than Bitcoin's retarget window. */
  private static final int CHUNK = 2_100;

  private static final int REMEMBERED = 4 * CHUNK;

  private final RecordTable<BlockRow> table;
  private final Map<Hash256, BlockIndexEntry> links = new LatestMap<>(REMEMBERED);

  BlockIndex(RecordTable<BlockRow> table) {
    this.table = table;
  }

  /** Adds a block that was appended. */
  void appended(Block block) {
    links.put(block.hash(), block.indexEntry());
  }

  /** Returns a block; empty if the table does not have it. */
  Optional<BlockIndexEntry> find(Hash256 hash, long height) {
    if (!links.containsKey(hash)) {
      Selection chunk =
          Selection.of(BlockTable.INDEX_COLUMNS).between("height", height - CHUNK + 1, height);
      // If many stale blocks make the chunk larger than the cache, the highest blocks remain.
      table.read(chunk, BlockTable::indexEntry).stream()
          .sorted(Comparator.comparingLong(BlockIndexEntry::height))
          .forEach(link -> links.put(link.hash(), link));
    }
    return Optional.ofNullable(links.get(hash));
  }

  /** Returns a block's parent; empty if it has none or the table does not have it. */
  Optional<BlockIndexEntry> parentOf(BlockIndexEntry link) {
    return link.height() == 0 ? Optional.empty() : find(link.previousHash(), link.height() - 1);
  }
}
