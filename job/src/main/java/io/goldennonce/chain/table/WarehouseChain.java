package io.goldennonce.chain.table;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.BranchBlock;
import io.goldennonce.chain.ChainRules;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.warehouse.Warehouse;
import io.goldennonce.warehouse.WarehouseException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The own chain in a warehouse. */
public final class WarehouseChain implements BlockStore {
  private static final Logger LOG = LoggerFactory.getLogger(WarehouseChain.class);

  private final RecordTable<BlockRow> blocks;
  private final BlockTable table;
  private final BestBlock best;
  private final BlockIndex index;
  private final BranchBlocks branches;
  private final PendingBlocks pending;
  private final ChainRoots roots;
  private final ChainRules rules;

  /**
   * Opens the chain.
   *
   * @param rules the first block, and how the difficulty changes
   * @throws WarehouseException if a block of the best branch is missing: blocks mined on it would
   *     never be on the chain
   */
  public WarehouseChain(Warehouse warehouse, ChainRules rules) {
    this.blocks = warehouse.table(BlockTable.SCHEMA);
    this.table = new BlockTable(warehouse);
    this.best = new BestBlock(blocks);
    this.rules = rules;
    this.index = new BlockIndex(blocks);
    this.branches = new BranchBlocks(warehouse);
    this.pending = new PendingBlocks(warehouse.storage());
    branches.add(rules.genesis());
    this.roots = new ChainRoots(branches);
    best.look().ifPresent(tip -> roots.start(wholeBranch(tip)));
  }

  /** Returns the tip; the first block if nothing was mined yet. */
  @Override
  public Optional<BlockIndexEntry> tip() {
    return best.last().or(() -> Optional.of(rules.genesis().indexEntry()));
  }

  @Override
  public Optional<BlockIndexEntry> look() {
    best.look();
    return tip();
  }

  @Override
  public Optional<CompactBits> demandedBits(BlockIndexEntry parent) {
    if (rules.retarget().isFixed()) {
      return Optional.empty();
    }
    Optional<CompactBits> bits =
        parent.hash().equals(rules.genesis().hash())
            ? Optional.of(rules.limit())
            : index
                .find(parent.hash(), parent.height())
                .flatMap(link -> rules.bitsAfter(link, index::parentOf));
    if (bits.isEmpty()) {
      throw new WarehouseException(
          "the difficulty after block %d is unknown, as blocks before it are missing; verify names them"
              .formatted(parent.height()));
    }
    return bits;
  }

  @Override
  public BranchBlock block(Hash256 hash) {
    return branches.get(hash);
  }

  /** Writes the first block together with the first one mined; it is the same for all miners. */
  @Override
  public void append(Block block) {
    if (block.height() == 1 && best.look().isEmpty()) {
      add(rules.genesis());
      best.appended(rules.genesis());
    }
    add(block);
    index.appended(block);
    branches.appended(block);
    best.appended(block);
  }

  private void add(Block block) {
    table.append(BlockRow.of(block, root(block)));
  }

  /** Returns the root; null if a block below is missing or unreadable. The block is still saved. */
  private @Nullable String root(Block block) {
    try {
      return roots.with(block).head().root().toHex();
    } catch (WarehouseException | UncheckedIOException e) {
      LOG.warn("block {} has no chain_root: {}", block.hash().toDisplay(), e.getMessage());
      return null;
    }
  }

  @Override
  public Optional<Start> started(String block) {
    return pending.started(block);
  }

  @Override
  public void start(String block, Start start) {
    pending.start(block, start);
  }

  @Override
  public void ended(String block) {
    pending.end(block);
  }

  /** Reads the hashes of the branch, from the tip down. */
  private List<Hash256> wholeBranch(BlockIndexEntry tip) {
    Map<Hash256, Hash256> parents = new HashMap<>();
    blocks.read(
        Selection.of(List.of("hash", "previous_hash")),
        row ->
            parents.put(
                Hash256.ofDisplay(row.getString("hash")),
                Hash256.ofDisplay(row.getString("previous_hash"))));
    List<Hash256> branch = new ArrayList<>();
    Hash256 hash = tip.hash();
    for (long height = tip.height(); !hash.equals(Hash256.ZERO); height--) {
      Hash256 parent = parents.get(hash);
      if (parent == null) {
        throw new WarehouseException(
            "block %d %s is missing, or its file is damaged: blocks mined after block %d would not be on the chain; restore the file, or choose another warehouse with --warehouse"
                .formatted(height, hash.toDisplay(), tip.height()));
      }
      branch.add(hash);
      hash = parent;
    }
    return branch;
  }
}
