package io.goldennonce.store;

import io.goldennonce.chain.BestChain;
import io.goldennonce.chain.BestChain.Link;
import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.Hash256;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Opens a warehouse's tables to Spark SQL. */
public final class Views {
  /**
   * Coins and rates by minute and miner. A row that overlaps one before it in the stretch of its
   * seed, 2⁴² candidates, is left out, so that no candidate, and with it no hash, counts twice.
   */
  private static final String WALLET =
      """
      WITH ordered AS (
        SELECT *, max(`to`) OVER (PARTITION BY shiftright(`from`, 42)
                                  ORDER BY `from`, ended_at
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
        FROM coins
      )
      SELECT date_trunc('MINUTE', ended_at) AS minute, miner,
             sum(coins) AS coins, sum(hashes) AS hashes, sum(seconds) AS seconds,
             sum(hashes) / sum(seconds) AS hashes_per_second,
             sum(coins) / sum(seconds) AS coins_per_second,
             min(lowest_hash) AS lowest_hash
      FROM ordered
      WHERE reached IS NULL OR `from` >= reached
      GROUP BY date_trunc('MINUTE', ended_at), miner
      """;

  private Views() {}

  /**
   * Registers the temporary views {@code blocks}, {@code chain}, {@code transactions}, {@code
   * searches}, {@code ranges}, {@code coins}, {@code wallet}, {@code events}, {@code rejected},
   * {@code submissions} and {@code solutions}.
   */
  public static void register(SparkSession session, Warehouse warehouse) {
    Dataset<Row> blocks = new BlockTable(warehouse).read(session);
    blocks.createOrReplaceTempView("blocks");
    Dataset<Row> chain = chain(session, blocks);
    chain.createOrReplaceTempView("chain");
    TransactionTable.of(blocks, chain).createOrReplaceTempView("transactions");
    new SearchTable(warehouse).read(session).createOrReplaceTempView("searches");
    new RangeTable(warehouse).read(session).createOrReplaceTempView("ranges");
    new SubmissionTable(() -> warehouse).read(session).createOrReplaceTempView("submissions");
    new SolutionTable(() -> warehouse).read(session).createOrReplaceTempView("solutions");
    new CoinTable(warehouse).read(session).createOrReplaceTempView("coins");
    session.sql(WALLET).createOrReplaceTempView("wallet");
    new EventTable(warehouse).read(session).createOrReplaceTempView("events");
    new RejectedTable(warehouse).read(session).createOrReplaceTempView("rejected");
  }

  /** The blocks on the branch with the most work. */
  private static Dataset<Row> chain(SparkSession session, Dataset<Row> blocks) {
    List<Link> links =
        blocks
            .select("hash", "previous_hash", "height", "chain_work", "mined_at")
            .collectAsList()
            .stream()
            .map(Views::link)
            .toList();
    List<Row> hashes =
        BestChain.of(links).stream()
            .map(link -> RowFactory.create(link.hash().toDisplay()))
            .toList();
    Dataset<Row> onChain = session.createDataFrame(hashes, StructType.fromDDL("hash STRING"));
    return blocks.join(onChain, blocks.col("hash").equalTo(onChain.col("hash")), "left_semi");
  }

  private static Link link(Row row) {
    return new Link(
        Hash256.ofDisplay(row.getString(0)),
        Hash256.ofDisplay(row.getString(1)),
        row.getLong(2),
        ChainWork.ofHex(row.getString(3)),
        row.getTimestamp(4).toInstant());
  }
}
