package io.goldennonce.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.apache.spark.sql.SparkSession;
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
  private static final String SUFFIX = ".parquet";

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
  void append(SparkSession session, String name, List<Row> rows, StructType schema) {
    // Spark's readers skip names that begin with an underscore.
    Path staging = new Path(path, "_staging-" + UUID.randomUUID());
    try {
      session
          .createDataFrame(rows, schema)
          .coalesce(1)
          .write()
          .option("compression", "zstd")
          .parquet(staging.toString());
      for (FileStatus file : fileSystem.listStatus(staging, ParquetTable::isData)) {
        Path target = new Path(path, name + "-" + UUID.randomUUID() + SUFFIX);
        if (!fileSystem.rename(file.getPath(), target)) {
          throw new IOException("could not move " + file.getPath() + " to " + target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not append to " + path + ": " + e.getMessage(), e);
    } finally {
      deleteQuietly(staging);
    }
  }

  /**
   * Adds a file, whole or not at all.
   *
   * @param name the file's name, which no other has
   * @param writer writes the file it is given
   */
  void add(String name, Consumer<HadoopOutputFile> writer) {
    Path staging = new Path(path, "_staging-" + UUID.randomUUID());
    try {
      writer.accept(HadoopOutputFile.fromPath(staging, fileSystem.getConf()));
      Path target = new Path(path, name + SUFFIX);
      if (!fileSystem.rename(staging, target)) {
        throw new IOException("could not move " + staging + " to " + target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + path + ": " + e.getMessage(), e);
    } finally {
      deleteQuietly(staging);
    }
  }

  /** Deletes one of the table's files. */
  void delete(Path file) {
    try {
      fileSystem.delete(file, false);
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete " + file + ": " + e.getMessage(), e);
    }
  }

  /** The table's files, by name; none if there is no table yet. */
  List<Path> files() {
    return fileStatuses().stream().map(FileStatus::getPath).toList();
  }

  /** The same with their lengths. */
  List<FileStatus> fileStatuses() {
    try {
      List<FileStatus> files =
          new ArrayList<>(List.of(fileSystem.listStatus(path, ParquetTable::isData)));
      files.sort(Comparator.comparing(file -> file.getPath().getName()));
      return files;
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("could not list " + path + ": " + e.getMessage(), e);
    }
  }

  /** What its file system was opened with, which reads its files too. */
  private Configuration hadoop() {
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

  private static boolean isData(Path file) {
    String name = file.getName();
    return name.endsWith(SUFFIX) && !name.startsWith("_") && !name.startsWith(".");
  }
}
