package io.goldennonce.warehouse;

import io.goldennonce.base.Failures;
import io.goldennonce.table.BackgroundCompaction;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.Sweep;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.table.storage.Lease;
import io.goldennonce.table.storage.LeaseHeldException;
import io.goldennonce.table.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;

/**
 * A directory of ours on any Hadoop file system. A marker file makes it one, so that no other
 * directory is ever written into by mistake. Keep one per process, as its tables remember what they
 * have read.
 */
public final class Warehouse {
  private static final String RUNNING = "_running";
  private static final String PENDING = "_pending";

  /** No lease lives on that was not renewed for this time. */
  private static final Duration DEAD = Duration.ofDays(1);

  /** Nobody resumes the search for a block that was started before that. */
  private static final Duration FORGOTTEN = Duration.ofDays(90);

  /** S3 tells full seconds, and renewing may take some. */
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(15);

  private final Storage storage;
  private final Map<String, RecordTable<?>> tables = new ConcurrentHashMap<>();

  /** On a storage that holds one. */
  public Warehouse(Storage storage) {
    this.storage = storage;
  }

  /**
   * Opens a warehouse to write to; makes it where there is nothing or an empty directory.
   *
   * @throws WarehouseException if it holds something else or can't be written
   */
  public static Warehouse openOrCreate(String location, Configuration conf) {
    try {
      Warehouse warehouse = new Warehouse(Storage.at(location, conf));
      int version = Format.version(warehouse.storage);
      if (version == 0) {
        warehouse.requireEmpty();
        warehouse.storage.publish(Format.MARKER, Format.marker());
      } else if (version < Format.VERSION) {
        Upgrade.run(warehouse.storage);
      }
      // Permissions alone do not tell on every file system whether it can be written.
      warehouse.storage.now("");
      return warehouse;
    } catch (IOException e) {
      throw new WarehouseException(
          "the warehouse must be a directory that can be written, got %s (%s); choose another with --warehouse"
              .formatted(location, Failures.line(e)),
          e);
    }
  }

  /**
   * Opens a warehouse to read from. One of an older format is upgraded, which writes.
   *
   * @throws WarehouseException if there is none, or one that must be upgraded and can't be written
   */
  public static Warehouse open(String location, Configuration conf) {
    try {
      return open(location, Storage.at(location, conf));
    } catch (IOException e) {
      throw unreadable(location, e);
    }
  }

  static Warehouse open(String location, Storage storage) throws IOException {
    int version = Format.version(storage);
    if (version == 0) {
      throw new WarehouseException(
          "no warehouse at %s; mine into it first, or choose another with --warehouse"
              .formatted(location));
    }
    if (version < Format.VERSION) {
      try {
        Upgrade.run(storage);
      } catch (IOException e) {
        throw new WarehouseException(
            "a warehouse of format %d must be upgraded before it is read, which failed at %s (%s); run compact once as a user who can write to it"
                .formatted(version, location, Failures.line(e)),
            e);
      }
    }
    return new Warehouse(storage);
  }

  /**
   * Whether there is a warehouse of ours at a place.
   *
   * @throws WarehouseException if that can't be told: nobody may take its work for not done
   */
  public static boolean isAt(String location, Configuration conf) {
    try {
      return Format.version(Storage.at(location, conf)) > 0;
    } catch (IOException e) {
      throw unreadable(location, e);
    }
  }

  /** A table, which need not exist. */
  @SuppressWarnings("unchecked") // a name has one schema
  public <R> RecordTable<R> table(TableSchema<R> schema) {
    return (RecordTable<R>)
        tables.computeIfAbsent(schema.name(), name -> new RecordTable<>(storage, schema));
  }

  /**
   * Starts to merge the small files of the tables that this process uses, in the background.
   *
   * @param files how many small files of a table are merged, at least 2; 0 for never
   */
  public BackgroundCompaction compactInBackground(int files) {
    return new BackgroundCompaction(
            () -> tables.values().stream().map(RecordTable::table).toList(), this::sweep, files)
        .start();
  }

  /** Deletes what processes that were killed have left beside the tables. */
  public void sweep() {
    try {
      Sweep.olderThan(storage, "", "_probe-", DEAD);
      Sweep.olderThan(storage, RUNNING, "", DEAD);
      Sweep.olderThan(storage, PENDING, "", FORGOTTEN);
    } catch (IOException e) {
      throw new UncheckedIOException("could not sweep the warehouse: " + e.getMessage(), e);
    }
  }

  /** The fully qualified path. */
  public String location() {
    return storage.location();
  }

  /** Where its files are. */
  public Storage storage() {
    return storage;
  }

  /**
   * Takes the lease of a search.
   *
   * @throws SearchTakenException if another process holds it
   */
  public Lease lease(String search, Duration timeToLive) {
    byte[] holder = RunningSearch.holder(host(), ProcessHandle.current().pid());
    try {
      Duration lifetime = timeToLive.compareTo(SHORTEST_LEASE) < 0 ? SHORTEST_LEASE : timeToLive;
      return Lease.take(storage, RUNNING, search, holder, lifetime);
    } catch (LeaseHeldException e) {
      RunningSearch running = RunningSearch.of(e.held(), Instant.now());
      throw new SearchTakenException(
          "this search is being run by process %d on %s, last seen %d s ago; wait for it, or share the keyspace with --shard I/N"
              .formatted(running.pid(), running.host(), e.held().age().toSeconds()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("could not take the lease of a search: " + e.getMessage(), e);
    }
  }

  /** The searches that are being run. */
  public List<RunningSearch> running() {
    Instant now = Instant.now();
    try {
      return Lease.held(storage, RUNNING).stream()
          .map(held -> RunningSearch.of(held, now))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("could not list the leases: " + e.getMessage(), e);
    }
  }

  private static WarehouseException unreadable(String location, IOException e) {
    return new WarehouseException(
        "the warehouse can't be read: %s (%s); choose another with --warehouse"
            .formatted(location, Failures.line(e)),
        e);
  }

  private void requireEmpty() throws IOException {
    List<String> names = storage.names("");
    // Another process may have started it meanwhile: the mark is the first of what it writes.
    if (!names.isEmpty() && Format.version(storage) == 0) {
      throw new WarehouseException(
          "the warehouse must be empty or one of ours, but %s holds %s; choose another with --warehouse, such as a new directory in it"
              .formatted(location(), names.get(0)));
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
