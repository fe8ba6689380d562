package io.goldennonce.warehouse;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.BranchBlock;
import io.goldennonce.chain.ChainRules;
import io.goldennonce.chain.ChainTip;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import java.time.Instant;
import java.util.Optional;

/** The own chain in a warehouse. */
public final class WarehouseChain implements BlockStore {
  private final Warehouse warehouse;
  private final BlockTable table;
  private final BlockIndex index;
  private final ChainRules rules;
  private final BranchBlocks branches;

  /**
   * @param rules the first block, and how the difficulty changes
   */
  public WarehouseChain(Warehouse warehouse, ChainRules rules) {
    this.warehouse = warehouse;
    this.table = new BlockTable(warehouse);
    this.rules = rules;
    this.index = new BlockIndex(table);
    this.branches = new BranchBlocks(table);
    branches.add(rules.genesis());
  }

  /** The first block where nothing is mined yet. */
  @Override
  public Optional<ChainTip> tip() {
    return table.tip().or(() -> Optional.of(rules.genesis().tip()));
  }

  @Override
  public Optional<CompactBits> demandedBits(ChainTip parent) {
    if (rules.retarget().isFixed()) {
      return Optional.empty();
    }
    Optional<CompactBits> bits =
        parent.hash().equals(rules.genesis().hash())
            ? Optional.of(rules.limit())
            : index
                .find(parent.hash(), parent.chainWork())
                .flatMap(link -> rules.bitsAfter(link, index::parentOf));
    if (bits.isEmpty()) {
      throw new WarehouseException(
          "the difficulty after block "
              + parent.height()
              + " can't be told, as blocks before it are missing; see what verify says");
    }
    return bits;
  }

  @Override
  public BranchBlock block(Hash256 hash) {
    return branches.get(hash);
  }

  /** The first block is written with the first that is mined: it is the same whoever writes it. */
  @Override
  public void append(Block block) {
    if (block.height() == 1 && table.tip().isEmpty()) {
      table.append(rules.genesis());
    }
    // It may be there already, and its file compacted.
    if (index.find(block.hash(), block.chainWork()).isEmpty()) {
      table.append(block);
    }
  }

  @Override
  public Instant begun(String block) {
    return warehouse.blockBegun(block);
  }

  @Override
  public void ended(String block) {
    warehouse.blockEnded(block);
  }
}
