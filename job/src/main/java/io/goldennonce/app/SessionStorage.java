package io.goldennonce.app;

import io.goldennonce.chain.ChainEvent;
import io.goldennonce.chain.EventLog;
import io.goldennonce.chain.table.EventBatch;
import io.goldennonce.config.Configuration;
import io.goldennonce.pool.Pool;
import io.goldennonce.puzzle.wallet.CoinWallet;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.table.RangeTable;
import io.goldennonce.search.table.SearchTable;
import io.goldennonce.search.table.WarehouseLedger;
import io.goldennonce.table.BackgroundCompaction;
import io.goldennonce.table.BatchedAppends;
import io.goldennonce.warehouse.Warehouse;
import io.goldennonce.work.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The storage of a session: its warehouse, opened at the first use, and batches of rows. */
public final class SessionStorage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionStorage.class);

  private final Configuration configuration;
  private final org.apache.hadoop.conf.Configuration hadoop;
  private @Nullable Warehouse warehouse;
  private @Nullable BackgroundCompaction compaction;
  private final BatchedAppends<SearchTable.Run> runs;
  private final BatchedAppends<RangeTable.Entry> ranges;
  private final EventBatch events;

  SessionStorage(Configuration configuration, org.apache.hadoop.conf.Configuration hadoop) {
    this.configuration = configuration;
    this.hadoop = hadoop;
    Duration interval = configuration.search().checkpointInterval();
    this.runs =
        new BatchedAppends<>(
            "searches", rows -> new SearchTable(warehouse()).append(rows), interval);
    this.ranges =
        new BatchedAppends<>("ranges", rows -> new RangeTable(warehouse()).append(rows), interval);
    this.events = new EventBatch(this::warehouse, configuration.chain().miner(), interval);
  }

  /** A search's ledger in the configured warehouse, with the rows of earlier runs. */
  public WarehouseLedger ledger(SearchSpec spec, SearchSettings settings, boolean everyRun) {
    WarehouseLedger ledger = ledger(spec, everyRun, () -> {});
    if (everyRun || Warehouse.isAt(configuration.warehouse(), hadoop)) {
      ledger.resume(settings.fresh());
    }
    return ledger;
  }

  /** The ledger of resumable work, with the rows of earlier runs. */
  public WarehouseLedger ledger(Work work, SearchSettings settings) {
    WarehouseLedger ledger = ledger(work.search(), true, work::started);
    if (!work.isNew()) {
      ledger.resume(settings.fresh());
    }
    return ledger;
  }

  private WarehouseLedger ledger(SearchSpec spec, boolean everyRun, Runnable firstCheckpoint) {
    return new WarehouseLedger(
        this::warehouse,
        spec,
        new WarehouseLedger.Settings(
            configuration.search().checkpointInterval(),
            everyRun ? Optional.of(ranges::add) : Optional.empty(),
            firstCheckpoint,
            System::nanoTime));
  }

  CoinWallet wallet(NonceRange candidates) {
    return new CoinWallet(
        warehouse(),
        candidates,
        configuration.chain().miner(),
        configuration.search().checkpointInterval());
  }

  /** Writes the row of a run with the next batch; adds an event if the search has failed. */
  void record(SearchTable.Run run) {
    runs.add(List.of(run));
    if (run.result().isFailure(run.search())) {
      failed(run.search(), run.result().outcome().label());
    }
  }

  /** Records that a search has failed, or ended without the solutions asked for. */
  void failed(SearchSpec spec, String why) {
    events.append(List.of(ChainEvent.now(ChainEvent.Kind.SEARCH_FAILED, spec.id(), null, why)));
  }

  /** The configured warehouse for writing; created if it does not exist. */
  public synchronized Warehouse warehouse() {
    Warehouse opened = warehouse;
    if (opened == null) {
      opened = Warehouse.openOrCreate(configuration.warehouse(), hadoop);
      warehouse = opened;
      compaction = opened.compactInBackground(configuration.compactFiles());
    }
    return opened;
  }

  public Warehouse existingWarehouse() {
    return Warehouse.open(configuration.warehouse(), hadoop);
  }

  /** Opens a pool of transactions without reading it. */
  public Pool pool(String location) {
    return Pool.open(
        location,
        hadoop,
        new Pool.Settings(
            configuration.pool().maxTransaction(), configuration.pool().settleTime()));
  }

  /** The log of the chain's events, in the warehouse. */
  public EventLog events() {
    return events;
  }

  /** The configured warehouse for reading, if it exists. */
  public Optional<Warehouse> warehouseIfAny() {
    return Warehouse.isAt(configuration.warehouse(), hadoop)
        ? Optional.of(existingWarehouse())
        : Optional.empty();
  }

  /** Writes the remaining rows. */
  @Override
  public void close() {
    events.close();
    try (ranges;
        runs) {
      LOG.debug("the last rows are written");
    } finally {
      if (compaction != null) {
        compaction.close();
      }
    }
  }
}
