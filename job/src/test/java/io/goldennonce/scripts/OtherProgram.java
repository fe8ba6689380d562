package io.goldennonce.scripts;

import io.goldennonce.api.BatchSolver;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A Spark program as a user may write it, which knows of the catalog what its settings say: prints
 * the answers to its arguments, one SQL statement each, as JSON, and solves a table of templates.
 * docs/sql.md shows it.
 */
public final class OtherProgram {
  private OtherProgram() {}

  public static void main(String[] statements) {
    SparkSession spark = SparkSession.builder().appName("other program").getOrCreate();
    for (String statement : statements) {
      spark.sql(statement).toJSON().collectAsList().forEach(System.out::println);
    }
    Dataset<Row> templates =
        spark.sql(
            "SELECT id, concat('template ', id, ' nonce ') AS prefix, 'decimal' AS encoding,"
                + " 'sha256' AS hash_function, 12 AS zero_bits FROM range(0, 1000, 1, 8)");
    Dataset<Row> solved = BatchSolver.solve(templates);
    solved
        .selectExpr("count_if(outcome = 'found') AS found", "sum(hashes) AS hashes")
        .toJSON()
        .collectAsList()
        .forEach(System.out::println);
    spark.stop();
  }
}
