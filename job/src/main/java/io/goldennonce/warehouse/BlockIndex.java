package io.goldennonce.warehouse;

import io.goldennonce.chain.ChainLink;
import io.goldennonce.chain.StoredBlock;
import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Finds single blocks, without Spark: a miner needs a few of its tip's ancestors. A block's work
 * leads to its file by its name; files are never changed, so each is read once.
 */
final class BlockIndex {
  private final BlockTable table;
  private final Map<Path, Map<Hash256, ChainLink>> files = new HashMap<>();

  BlockIndex(BlockTable table) {
    this.table = table;
  }

  /**
   * A block.
   *
   * @param work the work of the chain up to and with it
   * @return nothing if it is not there
   */
  Optional<ChainLink> find(Hash256 hash, ChainWork work) {
    for (Map<Hash256, ChainLink> known : files.values()) {
      if (known.containsKey(hash)) {
        return Optional.ofNullable(known.get(hash));
      }
    }
    // In the order of work: that of a file's name is the greatest in it.
    for (Path file : table.files()) {
      if (BlockTable.work(file).compareTo(work.toHex()) >= 0 && !files.containsKey(file)) {
        Map<Hash256, ChainLink> links = read(file);
        files.put(file, links);
        if (links.containsKey(hash)) {
          return Optional.ofNullable(links.get(hash));
        }
      }
    }
    return Optional.empty();
  }

  /** A block's parent; nothing if it has none or it is not there. */
  Optional<ChainLink> parentOf(ChainLink link) {
    BigInteger work = link.chainWork().toNumber().subtract(link.work().toNumber());
    if (link.previousHash().equals(Hash256.ZERO) || work.signum() < 0) {
      return Optional.empty();
    }
    return find(link.previousHash(), ChainWork.ofHex(String.format(Locale.ROOT, "%064x", work)));
  }

  private Map<Hash256, ChainLink> read(Path file) {
    List<ChainLink> links = new ArrayList<>();
    try {
      table.forEachBlock(file, block -> links.add(link(block)));
    } catch (IOException | RuntimeException e) {
      if (table.isGone(file)) {
        return Map.of(); // compacted meanwhile: the larger file comes up in the next listing
      }
      ParquetTable.skipDamaged(file, e);
    }
    Map<Hash256, ChainLink> byHash = new HashMap<>();
    links.forEach(link -> byHash.put(link.hash(), link));
    return byHash;
  }

  private static ChainLink link(StoredBlock block) {
    return new ChainLink(
        block.height(),
        Hash256.ofDisplay(block.hash()),
        Hash256.ofDisplay(block.previousHash()),
        block.time(),
        CompactBits.ofHex(block.bits()),
        ChainWork.ofHex(block.chainWork()),
        block.minedAt());
  }
}
