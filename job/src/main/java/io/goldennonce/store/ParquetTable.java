package io.goldennonce.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only table: a directory of Parquet files. Each append is written aside and then moved
 * into the table file by file, under a name that no other writer uses. So writers need no lock, a
 * crash leaves no half row in sight, and no writer's clean-up touches another's files, as Spark's
 * own append would (its commit deletes the directory that concurrent jobs write under).
 */
final class ParquetTable {
  private static final Logger LOG = LoggerFactory.getLogger(ParquetTable.class);
  static final String SUFFIX = ".parquet";

  /** Each means that a compaction has ended in just that moment. */
  private static final int ATTEMPTS = 10;

  private final Path path;
  private final FileSystem fileSystem;

  ParquetTable(Path path, FileSystem fileSystem) {
    this.path = path;
    this.fileSystem = fileSystem;
  }

  /**
   * Appends rows as one file.
   *
   * @param name what the file's name begins with
   */
  void append(String name, List<Row> rows, StructType schema) {
    put(name + "-" + UUID.randomUUID(), rows, schema);
  }

  /** Adds rows as a file of a name that no other has. */
  void put(String name, List<Row> rows, StructType schema) {
    add(name, file -> new RowWriter(schema).write(file, rows));
  }

  /**
   * Appends rows as one file, unless it is there.
   *
   * @param name the file's name; all who write it write the same
   */
  void appendOnce(String name, List<Row> rows, StructType schema) {
    if (isGone(file(name))) {
      put(name, rows, schema);
    }
  }

  /**
   * Adds a file, whole or not at all.
   *
   * @param name the file's name, which no other has, or which others write the same under
   * @param writer writes the file it is given
   */
  void add(String name, Consumer<HadoopOutputFile> writer) {
    Path staging = new Path(path, "_staging-" + UUID.randomUUID());
    try {
      writer.accept(HadoopOutputFile.fromPath(staging, fileSystem.getConf()));
      Path target = file(name);
      if (!fileSystem.rename(staging, target) && !fileSystem.exists(target)) {
        throw new IOException("could not move " + staging + " to " + target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + path + ": " + e.getMessage(), e);
    } finally {
      deleteQuietly(staging);
    }
  }

  /** Where a file that was added is. */
  Path file(String name) {
    return new Path(path, name + SUFFIX);
  }

  /** Deletes one of the table's files, if it is there. */
  void delete(Path file) {
    try {
      fileSystem.delete(file, false);
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete " + file + ": " + e.getMessage(), e);
    }
  }

  /** Merges the table's small files. */
  Compaction compaction(Duration grace) {
    return new Compaction(path, fileSystem, grace);
  }

  /**
   * The table's files, by name, less those that larger ones have replaced; none if no table yet.
   */
  List<Path> files() {
    return fileStatuses().stream().map(FileStatus::getPath).toList();
  }

  /** The same with their lengths. */
  List<FileStatus> fileStatuses() {
    try {
      List<FileStatus> files = new ArrayList<>(visible());
      files.sort(Comparator.comparing(file -> file.getPath().getName()));
      return files;
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("could not list " + path + ": " + e.getMessage(), e);
    }
  }

  private List<FileStatus> visible() throws IOException {
    for (int attempt = 1; ; attempt++) {
      FileStatus[] listing = fileSystem.listStatus(path, ParquetTable::isDataOrNote);
      try {
        return Replacements.visible(fileSystem, listing);
      } catch (FileNotFoundException e) {
        // A compaction has ended at this moment.
        if (attempt == ATTEMPTS) {
          throw new IOException(e.getMessage(), e);
        }
      }
    }
  }

  /** What its file system was opened with, which reads its files too. */
  Configuration hadoop() {
    return fileSystem.getConf();
  }

  /**
   * Leaves a file out if it is damaged, with a warning; what ails the storage itself is thrown, as
   * nobody may take a table for shorter than it is.
   */
  static void skipDamaged(Path file, Exception reason) {
    if (!isDamage(reason)) {
      throw new UncheckedIOException(
          "could not read " + file + ": " + reason.getMessage(), (IOException) reason);
    }
    LOG.warn("{} is no readable Parquet file and is left out: {}", file, Warehouse.oneLine(reason));
  }

  /**
   * Whether a file is damaged, and not its storage. Parquet's parser tells of damage by unchecked
   * exceptions, and by a plain IOException for metadata that it can't make out.
   */
  static boolean isDamage(Exception reason) {
    Throwable cause = reason.getCause();
    return !(reason instanceof IOException)
        || reason instanceof ChecksumException
        || (cause != null && cause.getClass().getName().contains("parquet"));
  }

  /** Reads a file's rows by itself, without Spark, and with the application's Hadoop settings. */
  void forEachRow(Path file, Consumer<Group> reader) throws IOException {
    try (ParquetReader<Group> rows =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(hadoop()).build()) {
      for (Group row = rows.read(); row != null; row = rows.read()) {
        reader.accept(row);
      }
    }
  }

  /** A timestamp of a row, in microseconds as {@link SqlSession} has Spark write them. */
  static Instant instant(Group row, String column) {
    return Instant.EPOCH.plus(row.getLong(column, 0), ChronoUnit.MICROS);
  }

  /** Reads the rows of all files that can be read, without Spark. */
  void forEachRow(Consumer<Group> reader) {
    for (Path file : files()) {
      try {
        forEachRow(file, reader);
      } catch (IOException | RuntimeException e) {
        if (!isGone(file)) {
          skipDamaged(file, e);
        }
      }
    }
  }

  /** Whether a file that was listed is not there any more, as a newer one has taken its place. */
  boolean isGone(Path file) {
    try {
      return !fileSystem.exists(file);
    } catch (IOException e) {
      return false; // whatever ails the storage, the first reading has told
    }
  }

  private void deleteQuietly(Path staging) {
    try {
      fileSystem.delete(staging, true);
    } catch (IOException e) {
      LOG.warn("could not delete {}: {}", staging, Warehouse.oneLine(e));
    }
  }

  static boolean isDataOrNote(Path file) {
    return isData(file) || Replacements.isNote(file);
  }

  private static boolean isData(Path file) {
    String name = file.getName();
    return name.endsWith(SUFFIX) && !name.startsWith("_") && !name.startsWith(".");
  }
}
