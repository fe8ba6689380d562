package io.goldennonce.sql;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Creates the Spark SQL session of an application. */
public final class SqlSession {
  private SqlSession() {}

  /** The application's session, configured for our tables; created by the first call. */
  public static SparkSession of(JavaSparkContext context) {
    SparkSession session = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
    // The default, INT96, is deprecated in Parquet and can't be filtered.
    session.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    // The same output on every machine.
    session.conf().set("spark.sql.session.timeZone", "UTC");
    return session;
  }
}
