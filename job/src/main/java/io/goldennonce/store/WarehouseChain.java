package io.goldennonce.store;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.ChainTip;
import java.time.Instant;
import java.util.Optional;

/** The own chain in a warehouse. */
public final class WarehouseChain implements BlockStore {
  private final Warehouse warehouse;
  private final BlockTable table;

  public WarehouseChain(Warehouse warehouse) {
    this.warehouse = warehouse;
    this.table = new BlockTable(warehouse);
  }

  @Override
  public Optional<ChainTip> tip() {
    return table.tip();
  }

  @Override
  public void append(Block block) {
    table.append(block);
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
