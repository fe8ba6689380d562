package io.goldennonce.sql;

import io.goldennonce.table.StoredParquet;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.BitSet;
import java.util.Collections;
import java.util.Iterator;
import org.apache.parquet.io.InvalidRecordException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a bundle's files in turn; damaged ones are skipped with a warning. */
final class BundleReader implements PartitionReader<InternalRow> {
  private static final Logger LOG = LoggerFactory.getLogger(BundleReader.class);

  private final Storage storage;
  private final RowMaker maker;
  private final Selection selection;
  private final Iterator<FileBundle.Item> items;

  private FileBundle.Item item;
  private Iterator<StoredParquet.Row> stored = Collections.emptyIterator();
  private Iterator<InternalRow> rows = Collections.emptyIterator();
  private InternalRow row = new GenericInternalRow(0);

  /**
   * @param bundle at least one file
   * @param selection the columns that the maker reads, and a filter on rows
   */
  BundleReader(FileBundle bundle, Storage storage, RowMaker maker, Selection selection) {
    this.items = bundle.items().iterator();
    this.item = bundle.items().get(0);
    this.storage = storage;
    this.maker = maker;
    this.selection = selection;
  }

  @Override
  public boolean next() throws IOException {
    while (!rows.hasNext()) {
      if (stored.hasNext()) {
        rows = make(stored.next());
      } else if (items.hasNext()) {
        item = items.next();
        stored = read().iterator();
      } else {
        return false;
      }
    }
    row = rows.next();
    return true;
  }

  @Override
  public InternalRow get() {
    return row;
  }

  @Override
  public void close() {
    // Files are read whole.
  }

  private Iterable<StoredParquet.Row> read() throws IOException {
    try {
      return StoredParquet.read(storage, item.part(), selection);
    } catch (FileNotFoundException e) {
      throw new IOException(
          item.part().file().path() + " is gone: the table changed during the query; run it again",
          e);
    }
  }

  private Iterator<InternalRow> make(StoredParquet.Row next) {
    try {
      BitSet onChain = item.onChain().get(next.file());
      return maker.rows(
          next.values(), onChain != null && onChain.get(Math.toIntExact(next.position())));
    } catch (InvalidRecordException e) {
      LOG.warn(
          "{} is not a file of this table and is left out: {}", next.file().path(), e.getMessage());
      stored = Collections.emptyIterator();
      return Collections.emptyIterator();
    }
  }
}
