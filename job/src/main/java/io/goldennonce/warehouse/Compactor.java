package io.goldennonce.warehouse;

import java.time.Duration;
import java.util.UUID;

/** Compacts a warehouse's tables, one process at a time. */
public final class Compactor implements AutoCloseable {
  /** A compaction that did not say for so long that it is alive is taken for dead. */
  private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

  private final Warehouse warehouse;
  private final SearchLease lease;

  private Compactor(Warehouse warehouse, SearchLease lease) {
    this.warehouse = warehouse;
    this.lease = lease;
  }

  /**
   * Begins.
   *
   * @throws WarehouseException if another process compacts the warehouse
   */
  public static Compactor of(Warehouse warehouse) {
    try {
      return new Compactor(
          warehouse, warehouse.lease("compact", UUID.randomUUID().toString(), TIME_TO_LIVE));
    } catch (WarehouseException e) {
      throw new WarehouseException(
          "another process compacts " + warehouse.location() + "; wait for it", e);
    }
  }

  /**
   * Compacts a table.
   *
   * @param name {@code blocks} or {@code searches}: tables whose files are never replaced otherwise
   * @param grace how long replaced files stay, for those who have begun to read them
   */
  public Compacted run(String name, Duration grace) {
    return warehouse.table(name).compaction(grace).run(lease::renew);
  }

  @Override
  public void close() {
    lease.release();
  }
}
