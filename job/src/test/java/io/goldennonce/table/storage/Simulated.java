package io.goldennonce.table.storage;

import io.goldennonce.simulation.DiskModel;
import java.io.IOException;
import java.time.Duration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The real storages and leases on what simulates the rest. */
public final class Simulated {
  private Simulated() {}

  /** A local disk as the processes of a host see it. */
  public static Storage disk(DiskModel disk, String host, Hooks hooks) {
    return new DiskStorage("/warehouse", new SimulatedDisk(disk, host), hooks);
  }

  /** HDFS. */
  public static Storage hdfs(FileSystem files, Hooks hooks) {
    return new HadoopStorage(files, root(files), hooks);
  }

  /** S3. */
  public static Storage s3(FileSystem files, Hooks hooks) {
    return new ObjectStorage(files, root(files), hooks);
  }

  /** Takes a lease. */
  public static Lease lease(Storage storage, String name, Duration timeToLive)
      throws IOException, LeaseHeldException {
    return Lease.take(storage, "leases", name, new byte[] {1}, timeToLive);
  }

  /** The token of a lease's claim. */
  public static long token(Lease lease) {
    return lease.token();
  }

  private static Path root(FileSystem files) {
    return new Path(files.getUri() + "/warehouse");
  }
}
