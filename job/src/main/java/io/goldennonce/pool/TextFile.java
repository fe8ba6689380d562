package io.goldennonce.pool;

import io.goldennonce.chain.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines. A last line without a line break may be incomplete: it is read once the file has
 * not changed for a while.
 */
final class TextFile implements PoolFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final FileSystem fileSystem;
  private final Function<String, Optional<Transaction>> format;
  private final int maxBytes;
  private final Duration settleTime;
  private final ReadBytes known = new ReadBytes();
  private long offset;
  private long modified;
  private long length;
  private boolean meaningless;

  /**
   * @param format reads the transaction of each line, in order; empty for a line without one, such
   *     as a header; throws an {@link IllegalArgumentException} with the reason for an invalid line
   */
  TextFile(
      FileSystem fileSystem,
      Function<String, Optional<Transaction>> format,
      int maxBytes,
      Duration settleTime) {
    this.fileSystem = fileSystem;
    this.format = format;
    this.maxBytes = maxBytes;
    this.settleTime = settleTime;
  }

  @Override
  public void readOn(FileStatus now, Consumer<RawRecord> consumer) throws IOException {
    modified = now.getModificationTime();
    length = now.getLen();
    if (length <= offset || meaningless) {
      return;
    }
    boolean settled =
        System.currentTimeMillis() - now.getModificationTime() >= settleTime.toMillis();
    try (FSDataInputStream in = fileSystem.open(now.getPath())) {
      in.seek(offset);
      LineReader lines = new LineReader(in, offset, maxBytes);
      Optional<Line> line = lines.next();
      while (line.isPresent() && (lines.isBroken() || settled) && !meaningless) {
        offset = lines.offset();
        read(line.get(), consumer);
        line = lines.next();
      }
      known.remember(in, offset);
    }
  }

  /** A longer file may be another one, too: compares the bytes that were read. */
  @Override
  public boolean isReplacedBy(FileStatus now) throws IOException {
    if (now.getLen() < offset) {
      return true;
    }
    if (now.getLen() == length && now.getModificationTime() == modified) {
      return false;
    }
    try (FSDataInputStream in = fileSystem.open(now.getPath())) {
      return !known.isIn(in);
    }
  }

  private void read(Line line, Consumer<RawRecord> consumer) {
    if (line.isBlank()) {
      return;
    }
    try {
      format
          .apply(withoutMark(line))
          .ifPresent(transaction -> consumer.accept(record(line, transaction, null)));
    } catch (IllegalArgumentException e) {
      consumer.accept(record(line, null, String.valueOf(e.getMessage())));
      meaningless = format instanceof CsvFormat csv && !csv.hasHeader();
    }
  }

  private static RawRecord record(
      Line line, @Nullable Transaction transaction, @Nullable String refused) {
    return new RawRecord(line.offset(), transaction, refused, line.hash(), line.excerpt());
  }

  private static String withoutMark(Line line) {
    String text = line.text();
    return line.offset() == 0 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }
}
