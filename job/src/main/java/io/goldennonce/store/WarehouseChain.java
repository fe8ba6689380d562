package io.goldennonce.store;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.ChainTip;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** The own chain in a warehouse. */
public final class WarehouseChain implements BlockStore {
  private final Warehouse warehouse;
  private final BlockTable table;
  private final Supplier<SparkSession> sql;

  /**
   * @param sql opens Spark SQL, which takes seconds the first time; asked for when the first block
   *     is written
   */
  public WarehouseChain(Warehouse warehouse, Supplier<SparkSession> sql) {
    this.warehouse = warehouse;
    this.table = new BlockTable(warehouse);
    this.sql = sql;
  }

  @Override
  public Optional<ChainTip> tip() {
    return table.tip();
  }

  @Override
  public void append(Block block) {
    table.append(sql.get(), block);
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
