package io.goldennonce.pool;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;

/** A file of a pool, read to its end, and further when it has grown. */
interface PoolFile {
  /** Reads the records that are new since the last call. */
  void readOn(FileStatus now, Consumer<RawRecord> consumer) throws IOException;

  /** Whether another file with the same name has replaced it, to be read from the start. */
  boolean isReplacedBy(FileStatus now) throws IOException;
}
