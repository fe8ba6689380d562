package io.goldennonce.warehouse;

import io.goldennonce.search.LedgerRow;
import io.goldennonce.search.LedgerStore;
import io.goldennonce.search.SearchSpec;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one run of a search in a warehouse. Where there is no warehouse yet, one is made at
 * the first checkpoint: a search that is over before leaves nothing behind.
 */
public final class WarehouseLedger implements LedgerStore, AutoCloseable {
  private final Supplier<Warehouse> warehouse;
  private final SearchSpec spec;
  private final Duration timeToLive;
  private final boolean everyRun;
  private final String runId = UUID.randomUUID().toString();
  private List<LedgerRow> earlier = List.of();
  private @Nullable RangeTable table;
  private @Nullable SearchLease lease;
  private volatile boolean kept;

  /**
   * @param warehouse opens it, and makes it where there is none
   * @param timeToLive a run that kept no checkpoint for so long is taken for dead
   * @param everyRun whether to keep even what will never be resumed
   */
  public WarehouseLedger(
      Supplier<Warehouse> warehouse, SearchSpec spec, Duration timeToLive, boolean everyRun) {
    this.warehouse = warehouse;
    this.spec = spec;
    this.timeToLive = timeToLive;
    this.everyRun = everyRun;
  }

  /**
   * Takes up what earlier runs have left.
   *
   * @param fresh whether to forget it instead
   * @throws SearchTakenException if another process is running this search
   */
  public void resume(boolean fresh) {
    RangeTable ranges = open();
    if (fresh) {
      ranges.forget(spec.id());
    } else {
      earlier = List.copyOf(ranges.rows(spec.id()));
    }
  }

  @Override
  public List<LedgerRow> earlier() {
    return earlier;
  }

  @Override
  public void save(List<LedgerRow> rows) {
    RangeTable ranges = open();
    ranges.replace(spec.id(), runId, rows);
    kept = true;
    if (lease != null) {
      lease.renew();
    }
  }

  @Override
  public boolean wantsShortRuns() {
    return everyRun;
  }

  /** Whether anything of this run is kept. */
  public boolean isKept() {
    return kept;
  }

  @Override
  public void close() {
    if (lease != null) {
      lease.release();
    }
  }

  private RangeTable open() {
    RangeTable ranges = table;
    if (ranges == null) {
      Warehouse opened = warehouse.get();
      ranges = new RangeTable(opened);
      String part = spec.id() + "-" + spec.keyspace().from() + "-" + spec.keyspace().to();
      lease = opened.lease(part, runId, timeToLive);
      table = ranges;
    }
    return ranges;
  }
}
