package io.goldennonce.table;

import io.goldennonce.table.parquet.ParquetFile;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the rows that count of a part; the fallbacks stand in for a file that is damaged. */
public final class PartReader {
  private static final Logger LOG = LoggerFactory.getLogger(PartReader.class);

  private PartReader() {}

  /**
   * A row and where it is.
   *
   * @param file the part's file, or that of a fallback
   * @param position of the row in the file, from 0
   * @param values in the order of the columns selected
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier that nobody compares
  public record Row(StoredFile file, long position, @Nullable Object[] values) {}

  /**
   * Reads a part. A damaged file without fallbacks gives no row but a warning.
   *
   * @throws java.io.FileNotFoundException if the file is gone: the table must be listed again
   * @throws IOException if the storage fails
   */
  public static List<Row> read(Storage storage, Part part, Selection selection) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (ParquetFile file = StoredParquet.open(storage, part.file(), selection)) {
      for (@Nullable Object[] row = file.read(); row != null; row = file.read()) {
        if (part.holds(file.position())) {
          rows.add(new Row(part.file(), file.position(), row));
        }
      }
    } catch (IOException | RuntimeException e) {
      if (!StoredParquet.isDamage(e)) {
        throw e;
      }
      LOG.warn(
          "{}/{} is no readable Parquet file and is left out: {}",
          storage.location(),
          part.file().path(),
          String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip());
      rows.clear();
      for (Part fallback : part.fallbacks()) {
        rows.addAll(read(storage, fallback, selection));
      }
    }
    return rows;
  }
}
