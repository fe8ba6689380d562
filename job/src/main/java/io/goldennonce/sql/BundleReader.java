package io.goldennonce.sql;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a bundle's files one after the other. Of one that turns out to be damaged, what is behind
 * the damage is left out with a warning.
 */
final class BundleReader implements PartitionReader<InternalRow> {
  private final Iterator<FileBundle.Part> parts;
  private final RowMaker maker;
  private final FilterCompat.Filter filter;
  private final Configuration hadoop;

  private FileBundle.Part part;
  private @Nullable ParquetReader<Group> file;
  private Iterator<InternalRow> rows = Collections.emptyIterator();
  private InternalRow row = new GenericInternalRow(0);

  /**
   * @param bundle at least one file
   */
  BundleReader(
      List<FileBundle.Part> bundle,
      RowMaker maker,
      FilterCompat.Filter filter,
      Configuration hadoop) {
    this.parts = bundle.iterator();
    this.part = bundle.get(0);
    this.maker = maker;
    this.filter = filter;
    this.hadoop = hadoop;
  }

  @Override
  public boolean next() throws IOException {
    while (!rows.hasNext()) {
      if (file == null && !parts.hasNext()) {
        return false;
      }
      readOn();
    }
    row = rows.next();
    return true;
  }

  @Override
  public InternalRow get() {
    return row;
  }

  /** The file that the row is of. */
  FileBundle.Part part() {
    return part;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  /** Takes the next row of the open file, or opens the next one, or closes it at its end. */
  private void readOn() throws IOException {
    try {
      if (file == null) {
        part = parts.next();
        file = open();
      }
      Group group = file.read();
      if (group == null) {
        close();
      } else {
        rows = maker.rows(group, part);
      }
    } catch (FileNotFoundException | NoSuchFileException e) {
      // The second from a local disk, where a file is opened once more to read parts of it.
      throw new IOException(
          part.path() + " is gone: the table was changed while it was read; ask again", e);
    } catch (IOException | RuntimeException e) {
      ParquetTable.skipDamaged(new Path(part.path()), e);
      close();
    }
  }

  private ParquetReader<Group> open() throws IOException {
    return new Opening(HadoopInputFile.fromPath(new Path(part.path()), hadoop), maker.reads())
        .withFilter(filter)
        .withFileRange(part.from(), part.to())
        .build();
  }

  /** A builder made of a path instead parses Hadoop's default settings anew for every file. */
  private static final class Opening extends ParquetReader.Builder<Group> {
    private final List<RowMaker.StoredColumn> columns;

    Opening(InputFile file, List<RowMaker.StoredColumn> columns) {
      super(file);
      this.columns = columns;
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new ColumnReadSupport(columns);
    }
  }
}
