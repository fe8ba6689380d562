package io.goldennonce.search.table;

import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.search.ledger.LedgerStore;
import io.goldennonce.table.storage.Lease;
import io.goldennonce.table.storage.LeaseLostException;
import io.goldennonce.warehouse.SearchTakenException;
import io.goldennonce.warehouse.Warehouse;
import io.goldennonce.warehouse.WarehouseException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of one run of a search in a warehouse. The run takes the search's lease when it
 * resumes, or else at its first checkpoint, so a search that ends earlier needs no file of its own.
 * The warehouse is created then, if there is none.
 */
public final class WarehouseLedger implements LedgerStore {
  private static final Logger LOG = LoggerFactory.getLogger(WarehouseLedger.class);

  /** A run is considered dead after missing this number of checkpoints in a row. */
  private static final int MISSED_CHECKPOINTS = 3;

  private final Supplier<Warehouse> warehouse;
  private final SearchSpec spec;
  private final Settings settings;
  private final String runId = UUID.randomUUID().toString();
  private final long started;
  private List<LedgerRow> earlier = List.of();
  private @Nullable Consumer<List<LedgerRow>> file;
  private @Nullable Lease lease;
  private List<RangeTable.Entry> unsaved = List.of();
  private boolean kept;
  private volatile boolean lost;

  /**
   * Settings of a run's ledger.
   *
   * @param checkpointInterval how often {@link #save} is called
   * @param shortRuns receives the rows of a run that found a solution before its first checkpoint;
   *     empty if they need not be saved
   * @param firstCheckpoint called before the first checkpoint; saves what a restart needs to resume
   * @param nanoTime clock in nanoseconds
   */
  public record Settings(
      Duration checkpointInterval,
      Optional<Consumer<List<RangeTable.Entry>>> shortRuns,
      Runnable firstCheckpoint,
      LongSupplier nanoTime) {}

  /**
   * @param warehouse opens the warehouse, or creates it if there is none
   */
  public WarehouseLedger(Supplier<Warehouse> warehouse, SearchSpec spec, Settings settings) {
    this.warehouse = warehouse;
    this.spec = spec;
    this.settings = settings;
    this.started = settings.nanoTime().getAsLong();
  }

  /**
   * Takes the lease and reads the rows of earlier runs.
   *
   * @param fresh whether to delete these rows instead
   * @throws SearchTakenException if another process is running this search
   */
  public synchronized void resume(boolean fresh) {
    open();
    RangeTable ranges = new RangeTable(warehouse.get());
    if (fresh) {
      ranges.forget(spec.id(), spec.keyspace());
    } else {
      earlier = List.copyOf(ranges.rows(spec.id()));
    }
  }

  @Override
  public List<LedgerRow> earlier() {
    return earlier;
  }

  /**
   * Saves the rows; durable on return. Does nothing once the lease is lost: another process
   * continues from the rows saved before.
   */
  @Override
  public synchronized void save(List<LedgerRow> rows) {
    boolean isShort =
        settings.nanoTime().getAsLong() - started < settings.checkpointInterval().toNanos();
    if (file == null && isShort && settings.shortRuns().isPresent()) {
      unsaved = rows.stream().map(row -> new RangeTable.Entry(spec.id(), runId, row)).toList();
    } else {
      saveNow(rows);
    }
  }

  @Override
  public boolean wantsShortRuns() {
    return settings.shortRuns().isPresent();
  }

  /** Whether any rows of this run are saved. */
  public synchronized boolean hasSaved() {
    return kept;
  }

  @Override
  public StopSignal lost() {
    return StopSignal.when(StopReason.OUTDATED, () -> lost);
  }

  /**
   * Saves the remaining rows and releases the lease. The rows of a short run that found a solution
   * are written with those of others, as it will not be resumed.
   */
  @Override
  public synchronized void close() {
    try {
      List<RangeTable.Entry> rows = unsaved;
      unsaved = List.of();
      if (rows.stream().anyMatch(entry -> entry.row().solution() != null)) {
        settings.shortRuns().ifPresent(appends -> appends.accept(rows));
      } else if (!rows.isEmpty()) {
        saveNow(rows.stream().map(RangeTable.Entry::row).toList());
      }
    } finally {
      if (lease != null) {
        lease.close();
      }
    }
  }

  private void saveNow(List<LedgerRow> rows) {
    try {
      if (!lost) {
        Consumer<List<LedgerRow>> ranges = open();
        if (lease != null) {
          lease.renew();
        }
        ranges.accept(rows);
        kept = true;
      }
    } catch (SearchTakenException | LeaseLostException e) {
      lost = true;
      LOG.warn("search {} ends here: {}", spec.id(), e.getMessage());
    } catch (IOException e) {
      throw new WarehouseException("the lease could not be renewed: " + e.getMessage(), e);
    }
  }

  private Consumer<List<LedgerRow>> open() {
    Consumer<List<LedgerRow>> run = file;
    if (run == null) {
      Warehouse opened = warehouse.get();
      String part = spec.id() + "-" + spec.keyspace().from() + "-" + spec.keyspace().to();
      lease = opened.lease(part, settings.checkpointInterval().multipliedBy(MISSED_CHECKPOINTS));
      settings.firstCheckpoint().run();
      run = new RangeTable(opened).run(spec.id(), runId);
      file = run;
    }
    return run;
  }
}
