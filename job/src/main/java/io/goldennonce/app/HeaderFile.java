package io.goldennonce.app;

import io.goldennonce.audit.HeaderAudit;
import io.goldennonce.output.FailureText;
import io.goldennonce.table.storage.Locations;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A file of headers for {@code verify --headers}. */
public final class HeaderFile {
  private final String path;

  public HeaderFile(String path) {
    this.path = path;
  }

  /** Checks that the file exists and has a known format, without Spark. */
  public void requireThere(Configuration hadoop) {
    try {
      Path file = Locations.path(path);
      FileSystem fileSystem = Locations.fileSystem(file, hadoop);
      if (fileSystem.exists(file)) {
        requireKnown(fileSystem, file);
        return;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException("--headers: can't read " + path + ": " + e.getMessage(), e);
    }
    throw new UsageException("--headers: there is no file " + path);
  }

  /** Checks the format, as Spark's own message would be long. */
  private void requireKnown(FileSystem fileSystem, Path file) throws IOException {
    if (isCsv()) {
      return;
    }
    for (FileStatus part : fileSystem.listStatus(file)) {
      String name = part.getPath().getName();
      // Spark reads all of a directory's files but these.
      if (part.isFile() && !name.startsWith("_") && !name.startsWith(".")) {
        requireParquet(fileSystem, part.getPath());
      }
    }
  }

  private void requireParquet(FileSystem fileSystem, Path file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, fileSystem.getConf()))) {
      reader.getRecordCount();
    } catch (RuntimeException e) {
      throw new UsageException(
          "--headers: can't read "
              + path
              + ": it must be a .csv, a .csv.gz or a Parquet file, or a directory of Parquet files",
          e);
    }
  }

  private boolean isCsv() {
    String name = new Path(path).getName();
    return name.endsWith(".csv") || name.contains(".csv.");
  }

  public HeaderAudit.Report audit(SparkSession session) {
    try {
      return HeaderAudit.run(table(session));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--headers: " + path + ": " + e.getMessage(), e);
    } catch (Exception e) {
      // Spark's Scala code throws checked exceptions undeclared; they wrap what the reader threw.
      throw new UsageException("--headers: can't read " + path + ": " + innermost(e), e);
    }
  }

  /** Reads a CSV file with a header line, by its name, or else Parquet. */
  private Dataset<Row> table(SparkSession session) {
    var reader =
        session
            .read()
            .option("header", "true")
            // An option of Spark: the path is one file's name, not a pattern.
            .option("__globPaths__", "false")
            .option("ignoreCorruptFiles", "false")
            .option("ignoreMissingFiles", "false");
    return isCsv() ? reader.csv(path) : reader.parquet(path);
  }

  private static String innermost(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return FailureText.of(cause);
  }
}
