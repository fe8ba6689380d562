package io.goldennonce.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.udf;

import io.goldennonce.pow.Hash256;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The view {@code transactions}: those of every block, with what a transfer says in columns. It is
 * computed from the blocks, never stored.
 */
public final class TransactionTable {
  /** Its columns; the last five are null where the payload is no transfer. */
  public static final StructType SCHEMA =
      StructType.fromDDL(
          "id STRING, height BIGINT, block_hash STRING, position INT, on_chain BOOLEAN,"
              + " payload BINARY, `to` STRING, `from` STRING, amount BIGINT, transfer_id STRING,"
              + " date TIMESTAMP");

  private static final UserDefinedFunction ID =
      udf(
          (UDF1<byte[], String>) payload -> Hash256.sha256d(payload).toDisplay(),
          DataTypes.StringType);

  /** A payload is a transfer's if it is the canonical form of a valid one. */
  private static final String FIELDS =
      "from_json(string(payload), 'amount BIGINT, date BIGINT, `from` STRING, id STRING,"
          + " `to` STRING')";

  private static final String IS_TRANSFER =
      "fields.amount > 0 AND fields.`from` <> fields.`to` AND fields.date >= 0"
          + " AND fields.id <> '' AND to_json(fields) = string(payload)";

  private TransactionTable() {}

  /**
   * The view.
   *
   * @param blocks all blocks
   * @param chain those on the best branch
   */
  public static Dataset<Row> of(Dataset<Row> blocks, Dataset<Row> chain) {
    Dataset<Row> best = chain.select(col("hash").as("best_hash")).distinct();
    return blocks
        .join(best, col("hash").equalTo(col("best_hash")), "left")
        .select(
            col("height"),
            col("hash").as("block_hash"),
            col("best_hash").isNotNull().as("on_chain"),
            posexplode(col("transactions")).as(new String[] {"position", "payload"}))
        .withColumn("id", ID.apply(col("payload")))
        .withColumn("fields", expr(FIELDS))
        .withColumn("fields", expr("IF(" + IS_TRANSFER + ", fields, NULL)"))
        .select(
            col("id"),
            col("height"),
            col("block_hash"),
            col("position"),
            col("on_chain"),
            col("payload"),
            col("fields.to").as("to"),
            col("fields.from").as("from"),
            col("fields.amount").as("amount"),
            col("fields.id").as("transfer_id"),
            expr("timestamp_millis(fields.date)").as("date"));
  }
}
