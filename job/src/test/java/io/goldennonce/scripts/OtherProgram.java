package io.goldennonce.scripts;

import io.goldennonce.api.BatchSolver;
import io.goldennonce.api.NonceSearch;
import io.goldennonce.api.SearchResult;
import io.goldennonce.api.Target;
import io.goldennonce.api.Template;
import java.time.Duration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A Spark program as a user may write it, which knows of the catalog what its settings say: prints
 * the answers to its arguments, one SQL statement each, as JSON, solves a table of templates, and
 * searches for nonces.
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
    search(spark);
    spark.stop();
  }

  /**
   * Once to the end, and once for a time in which no task ends, so that all of the count is of
   * killed tasks. On a busy machine no task has started after a second.
   */
  private static void search(SparkSession spark) {
    Template template = Template.text("hello {nonce}");
    SearchResult lowest =
        NonceSearch.of(template, Target.ofZeroBits(16)).withLowestNonce().runOn(spark);
    System.out.println("lowest " + lowest.solutions());
    NonceSearch hopeless =
        NonceSearch.of(template, Target.ofZeroBits(256))
            .withSetting("first-range", "1000000000000");
    SearchResult stopped = hopeless.withTimeout(Duration.ofSeconds(1)).runOn(spark);
    for (int seconds = 2; stopped.hashes() == 0 && seconds <= 32; seconds *= 2) {
      stopped = hopeless.withTimeout(Duration.ofSeconds(seconds)).runOn(spark);
    }
    System.out.println(
        stopped.outcome()
            + (stopped.hashes() > 0 ? " with" : " without")
            + (stopped.hashes() == stopped.hashesAtMost() ? " its exact count" : " a bound"));
  }
}
