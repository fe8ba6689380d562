package io.goldennonce.table;

import io.goldennonce.simulation.DiskModel;
import io.goldennonce.simulation.HdfsModel;
import io.goldennonce.simulation.S3Model;
import io.goldennonce.simulation.Scheduler;
import io.goldennonce.simulation.StoreModel;
import io.goldennonce.table.storage.Hooks;
import io.goldennonce.table.storage.Safeguard;
import io.goldennonce.table.storage.Simulated;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A storage and the processes on it, some on other hosts. The storage's implementations are the
 * real ones; what is below them is simulated.
 */
final class World {
  /** What the warehouse is on. */
  enum Kind {
    DISK,
    HDFS,
    S3
  }

  private static final int RANDOM_PAUSES = 3;

  private final Scheduler scheduler;
  private final Kind kind;
  private final Hooks hooks;
  private final DiskModel disk;
  private final @Nullable StoreModel store;
  private final boolean faults;
  private long ids;

  /**
   * @param faultOneIn a call fails once in N times; 0 for never
   */
  World(Scheduler scheduler, Kind kind, Set<Safeguard> safeguards, int faultOneIn) {
    this.scheduler = scheduler;
    this.kind = kind;
    this.faults = faultOneIn > 0;
    this.hooks = new Hooks(safeguards, this::id, this::pause);
    this.disk = new DiskModel(scheduler, faultOneIn);
    this.store =
        switch (kind) {
          case DISK -> null;
          case HDFS -> new HdfsModel(scheduler, faultOneIn);
          case S3 -> new S3Model(scheduler, faultOneIn);
        };
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Kind kind() {
    return kind;
  }

  /** Whether calls may fail. */
  boolean hasFaults() {
    return faults;
  }

  /**
   * The storage as a new process sees it.
   *
   * @param host only processes of one host see on a disk at once that another has died
   */
  Storage storage(String host) {
    return switch (kind) {
      case DISK -> Simulated.disk(disk, host, hooks);
      case HDFS -> Simulated.hdfs(Objects.requireNonNull(store), hooks);
      case S3 -> Simulated.s3(Objects.requireNonNull(store), hooks);
    };
  }

  /** Lets the storage keep something else than the next data file, and say nothing of it. */
  void damageNextFile() {
    if (store == null) {
      disk.damageNextFile();
    } else {
      store.damageNextFile();
    }
  }

  /** Damages a file where it lies. */
  void damage(StoredFile file) throws IOException {
    if (store == null) {
      disk.damage("/warehouse/" + file.path());
    } else {
      store.damage("/warehouse/" + file.path());
    }
  }

  /** Loses what is not durable, in any subset. */
  void cutPower() {
    if (store == null) {
      disk.cutPower();
    } else {
      store.cutPower();
    }
  }

  /** Not in the order in which they are drawn, as random ones are not. */
  private String id() {
    long mixed = ++ids * 0x9E3779B97F4A7C15L;
    return String.format("%016x%016x", mixed, ids);
  }

  private void pause(long limitMillis) {
    scheduler.sleep(1 + scheduler.choices().next(RANDOM_PAUSES) * (limitMillis - 1) / 2);
  }
}
