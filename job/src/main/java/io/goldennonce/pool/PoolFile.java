package io.goldennonce.pool;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;

/** A file of a pool, read as far as it goes; more of it is read when it has grown. */
interface PoolFile {
  /**
   * Gives the records that are new since the last call.
   *
   * @param now what the file is now
   */
  void readOn(FileStatus now, Consumer<RawRecord> consumer) throws IOException;

  /** Whether what is there now is another file of the same name, to be read from its beginning. */
  boolean isReplacedBy(FileStatus now) throws IOException;
}
