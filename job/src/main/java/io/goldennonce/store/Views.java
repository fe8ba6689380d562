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
  private Views() {}

  /**
   * Registers the temporary views {@code blocks}, {@code chain}, {@code searches}, {@code ranges}
   * and {@code submissions}.
   */
  public static void register(SparkSession session, Warehouse warehouse) {
    Dataset<Row> blocks = new BlockTable(warehouse).read(session);
    blocks.createOrReplaceTempView("blocks");
    chain(session, blocks).createOrReplaceTempView("chain");
    new SearchTable(warehouse).read(session).createOrReplaceTempView("searches");
    new RangeTable(warehouse).read(session).createOrReplaceTempView("ranges");
    new SubmissionTable(() -> warehouse).read(session).createOrReplaceTempView("submissions");
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
