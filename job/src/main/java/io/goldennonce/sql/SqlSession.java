package io.goldennonce.sql;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** The Spark SQL session that tables are written and read with. */
public final class SqlSession {
  private SqlSession() {}

  /** The application's session, set up for our tables; made at the first call. */
  public static SparkSession of(JavaSparkContext context) {
    SparkSession session = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
    // The default, INT96, is deprecated in Parquet and has no order to filter by.
    session.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    // Times are shown the same everywhere.
    session.conf().set("spark.sql.session.timeZone", "UTC");
    return session;
  }
}
