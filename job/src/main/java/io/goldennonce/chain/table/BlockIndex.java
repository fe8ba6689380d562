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
 * Finds single blocks, without Spark: a miner needs a few of its tip's ancestors. Blocks are read
 * together with those below them, and the last ones used are remembered. Not thread-safe.
 */
final class BlockIndex {
  /** More than a retarget window as Bitcoin has it. */
  private static final int CHUNK = 2_100;

  private static final int REMEMBERED = 4 * CHUNK;

  private final RecordTable<BlockRow> table;
  private final Map<Hash256, BlockIndexEntry> links = new LatestMap<>(REMEMBERED);

  BlockIndex(RecordTable<BlockRow> table) {
    this.table = table;
  }

  /** Takes a block that was appended. */
  void appended(Block block) {
    links.put(block.hash(), block.indexEntry());
  }

  /**
   * A block.
   *
   * @return nothing if it is not there
   */
  Optional<BlockIndexEntry> find(Hash256 hash, long height) {
    if (!links.containsKey(hash)) {
      Selection chunk =
          Selection.of(BlockTable.INDEX_COLUMNS).between("height", height - CHUNK + 1, height);
      // Where the chunk is larger than the memory because of many stale blocks, the highest stay.
      table.read(chunk, BlockTable::indexEntry).stream()
          .sorted(Comparator.comparingLong(BlockIndexEntry::height))
          .forEach(link -> links.put(link.hash(), link));
    }
    return Optional.ofNullable(links.get(hash));
  }

  /** A block's parent; nothing if it has none or it is not there. */
  Optional<BlockIndexEntry> parentOf(BlockIndexEntry link) {
    return link.height() == 0 ? Optional.empty() : find(link.previousHash(), link.height() - 1);
  }
}
