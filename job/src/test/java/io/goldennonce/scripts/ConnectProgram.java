package io.goldennonce.scripts;

import org.apache.spark.sql.SparkSession;

/**
 * A client of Spark Connect, with none of this project's classes: prints the answers to SQL
 * statements as JSON. Arguments: the server's URL, statements.
 */
public final class ConnectProgram {
  private ConnectProgram() {}

  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().remote(arguments[0]).getOrCreate();
    for (int i = 1; i < arguments.length; i++) {
      spark.sql(arguments[i]).toJSON().collectAsList().forEach(System.out::println);
    }
  }
}
