package io.goldennonce.table;

import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.parquet.io.InvalidRecordException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table of records. Keep one per table and process, as it remembers what it has seen of merged
 * files. Thread-safe. Storage errors are an {@code UncheckedIOException}; damaged files, and rows
 * of which a reader can't make anything, are left out with a warning.
 *
 * @param <R> what a row is written from
 */
public final class RecordTable<R> {
  private static final Logger LOG = LoggerFactory.getLogger(RecordTable.class);

  private final Storage storage;
  private final TableSchema<R> schema;
  private final Table table;

  /** Opens a table, which need not exist. */
  public RecordTable(Storage storage, TableSchema<R> schema) {
    this.storage = storage;
    this.schema = schema;
    this.table = new Table(storage, schema.name(), schema.isVersioned());
  }

  private interface Write {
    void run() throws IOException;
  }

  /** Its files. */
  public Table table() {
    return table;
  }

  /** Appends records as one file, which is durable on return. */
  public void append(String name, List<? extends R> records) {
    write(() -> table.append(name, schema.write(records)));
  }

  /**
   * The same, unless the file is there already and sound.
   *
   * @param name under which others may append the same records at the same time
   */
  public void appendOnce(String name, List<? extends R> records) {
    String path = table.path(FileName.appended(name));
    if (access("read", () -> storage.exists(path))) {
      if (access("read", () -> StoredParquet.rows(storage, path)) >= 0) {
        return;
      }
      write(() -> storage.delete(path));
    }
    append(name, records);
  }

  /**
   * Saves the records of a key, each time in place of those saved before; durable when it returns.
   *
   * @param key which no other process saves at the same time
   * @param last the highest version there is, 0 for a new key
   */
  public Consumer<List<R>> saver(String key, int last) {
    Versions versions = table.versions(key, last);
    return records -> write(() -> versions.save(schema.write(records)));
  }

  /**
   * Merges small files, whoever else does so or writes meanwhile.
   *
   * @param grace how long what is merged stays readable for those who listed it before
   */
  public Compaction.Result compact(Duration grace) {
    return access("compact", () -> table.compaction(grace).run());
  }

  /** Which rows count now. */
  public Snapshot snapshot() {
    return access("list", table::snapshot);
  }

  /** The names of the table's files, in no order: a look that costs little and proves nothing. */
  public List<String> names() {
    return access("list", () -> storage.names(schema.name())).stream()
        .filter(FileName::isData)
        .toList();
  }

  /** All files of the table, by name: those that were merged, too. */
  public List<StoredFile> files() {
    return access("list", () -> storage.list(schema.name())).stream()
        .filter(file -> FileName.isData(file.name()))
        .sorted(Comparator.comparing(StoredFile::name))
        .toList();
  }

  /** Reads what a function makes of each row; rows for which it returns null are left out. */
  public <T> List<T> read(Function<StoredRow, @Nullable T> reader) {
    return read(Selection.of(schema.names()), reader);
  }

  /** The same of some columns or rows. */
  public <T> List<T> read(Selection selection, Function<StoredRow, @Nullable T> reader) {
    return read(selection, part -> true, reader);
  }

  /** The same of some parts of the table. */
  public <T> List<T> read(
      Selection selection, Predicate<Part> parts, Function<StoredRow, @Nullable T> reader) {
    return access(
        "read",
        () ->
            StoredParquet.retryIfGone(
                () -> {
                  List<T> rows = new ArrayList<>();
                  for (Part part : table.snapshot().parts()) {
                    if (parts.test(part)) {
                      rows.addAll(readOnce(part, selection, reader));
                    }
                  }
                  return rows;
                }));
  }

  /**
   * The same of one part.
   *
   * @throws UncheckedIOException around a {@link FileNotFoundException} if its file is gone, so
   *     that a new snapshot is needed
   */
  public <T> List<T> read(Part part, Selection selection, Function<StoredRow, @Nullable T> reader) {
    return access("read", () -> readOnce(part, selection, reader));
  }

  private <T> List<T> readOnce(
      Part part, Selection selection, Function<StoredRow, @Nullable T> reader) throws IOException {
    Function<@Nullable Object[], StoredRow> rows = StoredRow.of(selection.columns());
    List<T> read = new ArrayList<>();
    for (StoredParquet.Row row : StoredParquet.read(storage, part, selection)) {
      try {
        T value = reader.apply(rows.apply(row.values()));
        if (value != null) {
          read.add(value);
        }
      } catch (InvalidRecordException | IllegalArgumentException e) {
        LOG.warn("row {} of {} is left out: {}", row.position(), row.file().path(), e.getMessage());
      }
    }
    return read;
  }

  private void write(Write write) {
    var unused =
        access(
            "write",
            () -> {
              write.run();
              return table;
            });
  }

  private <T> T access(String verb, StoredParquet.Reading<T> access) {
    try {
      return access.run();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "could not %s %s/%s: %s"
              .formatted(verb, storage.location(), schema.name(), e.getMessage()),
          e);
    }
  }
}
