package io.goldennonce.sql;

import java.nio.file.Path;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Creates the Spark SQL session of an application. */
public final class SqlSession {
  /** Where Spark's own catalog keeps the tables that a statement creates. */
  private static final String TABLES = "spark.sql.warehouse.dir";

  private SqlSession() {}

  /** The application's session, configured for our tables; created by the first call. */
  public static SparkSession of(JavaSparkContext context) {
    SparkSession.Builder builder = SparkSession.builder().sparkContext(context.sc());
    if (!context.getConf().contains(TABLES)) {
      // Spark's default is a directory that every query would leave where the user stands.
      builder.config(TABLES, Path.of(SparkFiles.getRootDirectory(), "tables").toUri().toString());
    }
    SparkSession session = builder.getOrCreate();
    // The default, INT96, is deprecated in Parquet and can't be filtered.
    session.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    // The same output on every machine.
    session.conf().set("spark.sql.session.timeZone", "UTC");
    return session;
  }
}
