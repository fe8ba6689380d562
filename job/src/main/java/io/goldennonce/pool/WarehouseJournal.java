package io.goldennonce.pool;

import io.goldennonce.chain.ChainEvent;
import io.goldennonce.chain.table.EventTable;
import io.goldennonce.pow.Hash256;
import io.goldennonce.warehouse.Warehouse;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What was read from pools, in a warehouse: the tables {@code events} and {@code rejected}. */
public final class WarehouseJournal implements PoolJournal {
  private final EventTable events;
  private final RejectedTable rejected;
  private final String miner;

  /**
   * @param miner who reads the pool
   */
  public WarehouseJournal(Warehouse warehouse, String miner) {
    this.events = new EventTable(warehouse);
    this.rejected = new RejectedTable(warehouse.table(RejectedTable.SCHEMA));
    this.miner = miner;
  }

  @Override
  public Set<Hash256> knownTransactions() {
    return events.all(ChainEvent.Kind.TRANSACTION_ADDED).stream()
        .map(event -> Hash256.ofDisplay(event.subject()))
        .collect(Collectors.toSet());
  }

  @Override
  public Set<Hash256> knownRejections() {
    return rejected.ids();
  }

  @Override
  public void added(List<Pooled> transactions) {
    events.append(miner, transactions.stream().map(WarehouseJournal::event).toList());
  }

  @Override
  public void rejected(List<Rejection> rejections) {
    rejected.append(miner, rejections);
  }

  /** With the whole transaction, so that it can be put back should its file be lost. */
  private static ChainEvent event(Pooled pooled) {
    return ChainEvent.now(
        ChainEvent.Kind.TRANSACTION_ADDED,
        pooled.id().toDisplay(),
        null,
        PoolLine.of(pooled.transaction()));
  }
}
