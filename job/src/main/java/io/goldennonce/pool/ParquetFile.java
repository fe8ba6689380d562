package io.goldennonce.pool;

import io.goldennonce.base.Failures;
import io.goldennonce.pow.Hash256;
import io.goldennonce.table.parquet.TooLargeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;

/** A Parquet file, which is read when it is whole. */
final class ParquetFile implements PoolFile {
  private final ParquetRecords records;
  private final Duration settleTime;
  private boolean done;
  private long length;
  private long modified;

  ParquetFile(ParquetRecords records, Duration settleTime) {
    this.records = records;
    this.settleTime = settleTime;
  }

  @Override
  public void readOn(FileStatus now, Consumer<RawRecord> consumer) throws IOException {
    if (done) {
      return;
    }
    List<RawRecord> rows = new ArrayList<>();
    try {
      records.read(now.getPath(), rows::add);
    } catch (IOException e) {
      boolean isWhole = e instanceof TooLargeException;
      if (!isWhole
          && System.currentTimeMillis() - now.getModificationTime() < settleTime.toMillis()) {
        return; // It is being written.
      }
      String name = now.getPath().getName();
      Hash256 hash = Hash256.sha256d((name + " " + now.getLen()).getBytes(StandardCharsets.UTF_8));
      rows.clear();
      rows.add(
          new RawRecord(
              0,
              null,
              isWhole ? Failures.line(e) : "the file must be whole Parquet: " + Failures.line(e),
              hash,
              name));
    }
    done = true;
    length = now.getLen();
    modified = now.getModificationTime();
    rows.forEach(consumer);
  }

  @Override
  public boolean isReplacedBy(FileStatus now) {
    return done && (now.getLen() != length || now.getModificationTime() != modified);
  }
}
