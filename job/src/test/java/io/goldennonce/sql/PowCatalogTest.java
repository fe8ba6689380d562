package io.goldennonce.sql;

import static io.goldennonce.testing.Blocks.EASY;
import static io.goldennonce.testing.Blocks.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.Transaction;
import io.goldennonce.chain.table.BlockTable;
import io.goldennonce.testing.LocalSpark;
import io.goldennonce.warehouse.Warehouse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
@Tag("spark")
class PowCatalogTest {
  private static final Instant NOON = Instant.parse("2024-05-06T12:00:00Z");
  private static final Block FIRST = block(null, "first", EASY, NOON);
  private static final Block SECOND =
      block(FIRST.indexEntry(), "second", EASY, NOON.plusSeconds(2));
  private static final Block STALE = block(FIRST.indexEntry(), "stale", EASY, NOON.plusSeconds(3));
  private static final Block THIRD = block(SECOND.indexEntry(), "third", EASY, NOON.plusSeconds(4));

  private static String location = "set before all";

  private final SparkSession session;

  PowCatalogTest(JavaSparkContext context) {
    this.session = SqlSession.of(context).newSession();
    session.conf().set("spark.sql.catalog.pow", PowCatalog.class.getName());
    session.conf().set("spark.sql.catalog.pow.warehouse", location);
  }

  @BeforeAll
  static void fillAWarehouse(@TempDir Path directory, JavaSparkContext context) {
    location = directory.toString();
    append(context, location, FIRST, STALE, THIRD, SECOND);
  }

  private static void append(JavaSparkContext context, String location, Block... blocks) {
    BlockTable table =
        new BlockTable(Warehouse.openOrCreate(location, context.hadoopConfiguration()));
    for (Block block : blocks) {
      table.append(block);
    }
  }

  @Test
  void tables_ofACatalogSetUpByTwoSettings_areReadByTheirNames() {
    assertThat(session.sql("SHOW TABLES IN pow").collectAsList())
        .extracting(row -> row.getString(1))
        .contains("blocks", "chain", "searches", "ranges", "transactions");
    assertThat(texts("SELECT hash FROM pow.chain ORDER BY height"))
        .containsExactly(hash(FIRST), hash(SECOND), hash(THIRD));
    assertThat(texts("SELECT hash FROM pow.BLOCKS EXCEPT SELECT hash FROM pow.chain"))
        .containsExactly(hash(STALE));
    assertThat(session.sql("SELECT count(*) FROM pow.blocks").first().getLong(0)).isEqualTo(4);
    assertThat(session.sql("SELECT * FROM pow.searches").collectAsList()).isEmpty();
  }

  @Test
  void chain_afterAFurtherBlock_isReadAnew(@TempDir Path directory, JavaSparkContext context) {
    append(context, directory.toString(), FIRST, STALE);
    session.conf().set("spark.sql.catalog.growing", PowCatalog.class.getName());
    session.conf().set("spark.sql.catalog.growing.warehouse", directory.toString());
    String query = "SELECT hash FROM growing.chain ORDER BY height";
    assertThat(texts(query)).containsExactly(hash(FIRST), hash(STALE));
    append(context, directory.toString(), THIRD);
    assertThat(texts(query)).as("its parent is not there").hasSize(2);
    append(context, directory.toString(), SECOND);
    assertThat(texts(query)).containsExactly(hash(FIRST), hash(SECOND), hash(THIRD));
  }

  @Test
  void transactions_ofBlocksOnAndOffTheChain_haveARowEach() {
    List<Row> rows =
        session
            .sql(
                "SELECT height, block_hash, position, id, string(payload), on_chain"
                    + " FROM pow.transactions ORDER BY height, on_chain")
            .collectAsList();
    assertThat(rows)
        .extracting(row -> row.getLong(0), row -> row.getString(4), row -> row.getBoolean(5))
        .containsExactly(
            tuple(0L, "first", true),
            tuple(1L, "stale", false),
            tuple(1L, "second", true),
            tuple(2L, "third", true));
    Row first = rows.get(0);
    assertThat(first.getString(1)).isEqualTo(hash(FIRST));
    assertThat(first.getInt(2)).isZero();
    assertThat(first.getString(3)).isEqualTo(Transaction.ofText("first").id().toDisplay());
    assertThat(texts("SELECT string(payload) FROM pow.transactions WHERE height = 2"))
        .containsExactly("third");
  }

  @Test
  void height_inAFilter_isLeftToParquet() {
    String query = "SELECT hash FROM pow.blocks WHERE height > 1 AND miner = 'a miner'";
    assertThat(texts(query)).containsExactly(hash(THIRD));
    assertThat(plan("EXPLAIN " + query))
        .contains("PushedFilters: [GreaterThan(height,1), EqualTo(miner,a miner)]");
    for (String filter :
        List.of("height = 2", "height >= 2", "NOT height <= 1", "NOT height < 2", "version > 0")) {
      assertThat(texts("SELECT hash FROM pow.chain WHERE height > 1 AND " + filter))
          .as(filter)
          .containsExactly(hash(THIRD));
    }
  }

  @Test
  void functions_overTables_agreeWithTheColumns() {
    Row row =
        session
            .sql(
                "SELECT count_if(pow.block_hash(header) = hash),"
                    + " count_if(pow.meets_target(header)), count_if(pow.difficulty(bits) ="
                    + " difficulty), string(sum(pow.work(bits))),"
                    // The first leaf is the coinbase record, see BlockTemplate.
                    + " count_if(pow.merkle_root(concat("
                    + "array(pow.sha256d(concat(unhex(lpad(hex(height), 2, '0')), X'000000',"
                    + " X'0000000000000000', encode(miner, 'UTF-8')))),"
                    + " transform(transactions, t -> pow.sha256d(t)))) = merkle_root)"
                    + " FROM pow.blocks")
            .first();
    assertThat(List.of(row.get(0), row.get(1), row.get(2), row.get(4)))
        .containsExactly(4L, 4L, 4L, 4L);
    assertThat(row.getString(3)).isEqualTo("8");
  }

  @Test
  void functions_inAQuery_areCalledByTheGeneratedCode() {
    String code =
        plan(
            "EXPLAIN CODEGEN SELECT pow.sha256d(header), pow.block_hash(header), pow.target(bits),"
                + " pow.difficulty(bits), pow.work(bits), pow.meets_target(header),"
                + " pow.merkle_root(transactions) FROM pow.blocks");
    assertThat(code)
        .contains(
            "Sha256dFunction.invoke(",
            "BlockHashFunction.invoke(",
            "TargetFunction.invoke(",
            "DifficultyFunction.invoke(",
            "WorkFunction.invoke(",
            "MeetsTargetFunction.invoke(",
            "MerkleRootFunction.invoke(");
  }

  @Test
  void catalog_asTheCurrentOne_takesNamesWithoutPrefix() {
    PowCatalog.use(session, Warehouse.open(location, session.sparkContext().hadoopConfiguration()));
    assertThat(texts("SELECT block_hash(header) FROM chain ORDER BY height"))
        .containsExactly(hash(FIRST), hash(SECOND), hash(THIRD));
    assertThat(session.sql("SELECT pow(2, 3)").first().getDouble(0)).isEqualTo(8);
  }

  @Test
  void catalog_toldToChange_refuses() {
    for (String change :
        List.of(
            "DROP TABLE pow.blocks",
            "CREATE TABLE pow.mine (a INT)",
            "ALTER TABLE pow.blocks RENAME TO pow.bricks",
            "ALTER TABLE pow.blocks ADD COLUMN a INT")) {
      assertThatThrownBy(() -> session.sql(change).collectAsList())
          .as(change)
          .hasStackTraceContaining("the catalog pow is read-only");
    }
    assertThatThrownBy(() -> session.sql("DELETE FROM pow.blocks").collectAsList())
        .hasMessageContaining("delete");
    assertThatThrownBy(() -> session.sql("SELECT * FROM pow.bricks").collectAsList())
        .hasMessageContaining("bricks");
    assertThatThrownBy(() -> session.sql("SELECT pow.sha1(header) FROM pow.blocks"))
        .hasMessageContaining("sha1");
  }

  @Test
  void catalog_withoutAWarehouse_saysWhichSettingNamesIt() {
    session.conf().set("spark.sql.catalog.bare", PowCatalog.class.getName());
    assertThatThrownBy(() -> session.sql("SELECT * FROM bare.blocks"))
        .hasStackTraceContaining("spark.sql.catalog.bare.warehouse must be the path");
    session.conf().set("spark.sql.catalog.lost", PowCatalog.class.getName());
    session.conf().set("spark.sql.catalog.lost.warehouse", location + "/none");
    assertThatThrownBy(() -> session.sql("SELECT * FROM lost.blocks"))
        .hasStackTraceContaining("no warehouse at");
  }

  private String plan(String explain) {
    return String.join("\n", texts(explain));
  }

  private List<String> texts(String sql) {
    return session.sql(sql).collectAsList().stream().map(row -> row.getString(0)).toList();
  }

  private static String hash(Block block) {
    return block.hash().toDisplay();
  }
}
