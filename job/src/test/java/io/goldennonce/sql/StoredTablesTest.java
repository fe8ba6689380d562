package io.goldennonce.sql;

import static io.goldennonce.testing.Blocks.EASY;
import static io.goldennonce.testing.Blocks.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.ChainEvent;
import io.goldennonce.chain.Transaction;
import io.goldennonce.chain.Transfer;
import io.goldennonce.chain.table.BlockTable;
import io.goldennonce.chain.table.EventTable;
import io.goldennonce.plan.Expectation;
import io.goldennonce.pool.Pooled;
import io.goldennonce.pool.Rejection;
import io.goldennonce.pool.WarehouseJournal;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Target;
import io.goldennonce.search.HeaderTemplate;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.search.table.PlannedRuns;
import io.goldennonce.search.table.SearchTable;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.testing.LocalSpark;
import io.goldennonce.testing.Tables;
import io.goldennonce.testing.Warnings;
import io.goldennonce.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
@Tag("spark")
class StoredTablesTest {
  private static final Instant NOON = Instant.parse("2024-05-06T12:00:00Z");
  private static final BlockHeader HEADER = block(null, "any", EASY, NOON).header();

  private final Path directory;
  private final JavaSparkContext context;
  private final SparkSession session;
  private final Warehouse warehouse;

  StoredTablesTest(@TempDir Path directory, JavaSparkContext context) {
    this.directory = directory;
    this.context = context;
    this.session = SqlSession.of(context);
    this.warehouse = Warehouse.openOrCreate(directory.toString(), context.hadoopConfiguration());
  }

  @Test
  void tables_emptyWarehouse_haveNoRowsAndAllColumns() {
    register();
    for (String view : StoredTables.names()) {
      assertThat(session.table(view).collectAsList()).as(view).isEmpty();
    }
    assertThat(session.table("chain").schema()).isEqualTo(session.table("blocks").schema());
    assertThat(session.table("blocks").columns()).startsWith("height", "hash");
    assertThat(session.table("transactions").columns())
        .containsExactly(TransactionRows.SCHEMA.fieldNames());
    assertThat(session.table("searches").columns()).startsWith("search_id", "command");
  }

  @Test
  void chain_ofABlockFileThatIsCorrupt_isTheRest() throws IOException {
    Block first = block(null, "first", EASY, NOON);
    new BlockTable(warehouse).append(first);
    Path bad = Files.write(directory.resolve("blocks").resolve("bad.parquet"), new byte[99]);
    try (Warnings warnings = new Warnings("io.goldennonce.table")) {
      register();
      assertThat(query("SELECT hash FROM chain")).containsExactly(first.hash().toDisplay());
      assertThat(warnings.messages())
          .singleElement()
          .asString()
          .contains("blocks/" + bad.getFileName());
    }
  }

  @Test
  void chain_ofAFork_leavesTheStaleBlockToBlocks() {
    Block first = block(null, "first", EASY, NOON);
    Block second = block(first.indexEntry(), "second", EASY, NOON.plusSeconds(2));
    Block stale = block(first.indexEntry(), "stale", EASY, NOON.plusSeconds(3));
    Block third = block(second.indexEntry(), "third", EASY, NOON.plusSeconds(4));
    for (Block block : List.of(stale, first, third, second)) {
      new BlockTable(warehouse).append(block);
    }
    register();
    assertThat(query("SELECT hash FROM chain ORDER BY height"))
        .containsExactly(
            first.hash().toDisplay(), second.hash().toDisplay(), third.hash().toDisplay());
    assertThat(query("SELECT string(transactions[0]) FROM blocks ORDER BY mined_at"))
        .containsExactly("first", "second", "stale", "third");
    assertThat(
            query("SELECT string(transactions[0]) FROM blocks b LEFT ANTI JOIN chain USING (hash)"))
        .containsExactly("stale");
    assertThat(query("SELECT string(mined_at) FROM chain WHERE height = 0"))
        .containsExactly("2024-05-06 12:00:00");
  }

  @Test
  void searches_foundAndNot_areReadBackColumnByColumn() {
    SearchSpec spec =
        new SearchSpec(
            new HeaderTemplate(HEADER, 1),
            Target.ofZeroBits(4),
            new NonceRange(5, 1L << 33),
            ResultMode.LOWEST_NONCE);
    Solution found = new Solution((1L << 32) + 9, 1, 9, HEADER.hash());
    SearchTable table = new SearchTable(warehouse);
    table.append(
        List.of(
            new SearchTable.Run(
                new SearchTable.Application(context.sc().applicationId(), context.version()),
                "grind",
                spec,
                new SearchResult(
                    Outcome.FOUND,
                    List.of(found),
                    new SearchResult.Work(123, 123, 77, Duration.ofMillis(2500)),
                    NOON,
                    Duration.ofMillis(1500),
                    Optional.of(Duration.ofNanos(2_500_000)),
                    2,
                    Optional.of("scalar"),
                    new SearchResult.Evidence(24, 7, 1000, List.of("3 on host"))),
                Optional.of(
                    new Expectation(
                        3,
                        4,
                        5.5,
                        OptionalDouble.of(60),
                        OptionalDouble.of(0.75),
                        1,
                        2,
                        Double.POSITIVE_INFINITY)))));
    table.append(
        List.of(
            new SearchTable.Run(
                new SearchTable.Application(context.sc().applicationId(), context.version()),
                "solve",
                spec,
                new SearchResult(
                    Outcome.DEADLINE,
                    List.of(),
                    new SearchResult.Work(5, 9, 0, Duration.ZERO),
                    NOON.plusSeconds(1),
                    Duration.ZERO,
                    Optional.empty(),
                    8,
                    Optional.empty(),
                    SearchResult.Evidence.NONE),
                Optional.empty())));
    register();
    List<Row> rows = session.sql("SELECT * FROM searches ORDER BY started_at").collectAsList();
    assertThat(rows).hasSize(2);
    Row first = rows.get(0);
    assertThat(first.<Integer>getAs("planned_workers")).isEqualTo(3);
    assertThat(first.<Integer>getAs("planned_cores")).isEqualTo(4);
    assertThat(first.<Double>getAs("planned_rate")).isEqualTo(5.5);
    assertThat(first.<Double>getAs("planned_limit_seconds")).isEqualTo(60);
    assertThat(first.<Double>getAs("planned_probability")).isEqualTo(0.75);
    assertThat(first.<Double>getAs("planned_p50_seconds")).isEqualTo(1);
    assertThat(first.<Double>getAs("planned_p95_seconds")).isEqualTo(2);
    assertThat(first.<Double>getAs("planned_p99_seconds")).isInfinite();
    assertThat(rows.get(1).isNullAt(rows.get(1).fieldIndex("planned_workers"))).isTrue();
    assertThat(first.<Integer>getAs("share_bits")).isEqualTo(24);
    assertThat(first.<Long>getAs("audits")).isEqualTo(7);
    assertThat(first.<Long>getAs("audited_hashes")).isEqualTo(1000);
    assertThat(first.<String>getAs("excluded_executors")).isEqualTo("3 on host");
    assertThat(rows.get(1).isNullAt(rows.get(1).fieldIndex("excluded_executors"))).isTrue();
    assertThat(first.<String>getAs("search_id")).isEqualTo(spec.id());
    assertThat(first.<String>getAs("command")).isEqualTo("grind");
    assertThat(first.<String>getAs("template")).isEqualTo(spec.template().canonicalText());
    assertThat(first.<String>getAs("target")).isEqualTo("0" + "f".repeat(63));
    assertThat(first.<Long>getAs("keyspace_from")).isEqualTo(5);
    assertThat(first.<Long>getAs("keyspace_to")).isEqualTo(1L << 33);
    assertThat(first.<String>getAs("result")).isEqualTo("lowest");
    assertThat(first.<String>getAs("outcome")).isEqualTo("found");
    assertThat(first.<Long>getAs("position")).isEqualTo((1L << 32) + 9);
    assertThat(first.<Long>getAs("nonce")).isEqualTo(9);
    assertThat(first.<String>getAs("hash")).isEqualTo(HEADER.hash().toDisplay());
    assertThat(first.<Long>getAs("hashes")).isEqualTo(123);
    assertThat(first.<Boolean>getAs("hashes_exact")).isTrue();
    assertThat(first.<Double>getAs("expected_hashes")).isEqualTo(16);
    assertThat(first.<Timestamp>getAs("started_at").toInstant()).isEqualTo(NOON);
    assertThat(first.<Double>getAs("seconds")).isEqualTo(1.5);
    assertThat(first.<Double>getAs("stop_latency_ms")).isEqualTo(2.5);
    assertThat(first.<Integer>getAs("slots")).isEqualTo(2);
    assertThat(first.<String>getAs("kernel")).isEqualTo("scalar");
    assertThat(first.<String>getAs("application_id"))
        .isEqualTo(session.sparkContext().applicationId());
    assertThat(first.<String>getAs("spark_version")).isEqualTo(session.version());
    assertThat(first.<Long>getAs("resumed_hashes")).isEqualTo(77);
    assertThat(first.<Double>getAs("resumed_seconds")).isEqualTo(2.5);
    Row second = rows.get(1);
    assertThat(second.<Long>getAs("hashes")).isEqualTo(5);
    assertThat(second.<Long>getAs("hashes_at_most")).isEqualTo(9);
    assertThat(second.<String>getAs("outcome")).isEqualTo("deadline");
    assertThat(second.<Boolean>getAs("hashes_exact")).isFalse();
    for (String column : List.of("position", "nonce", "hash", "stop_latency_ms", "kernel")) {
      assertThat(second.<Object>getAs(column)).as(column).isNull();
    }
  }

  /** A limit is of runs, not of files, whatever batches and merges do to them. */
  @Test
  void last_ofFilesWithSeveralRuns_areTheLatestRuns() {
    SearchTable table = new SearchTable(warehouse);
    table.append(List.of(run(1), run(4)));
    table.append(List.of(run(3), run(2), run(6)));
    table.append(List.of(run(5)));
    for (int round = 0; round < 2; round++) {
      assertThat(table.last(4))
          .extracting(summary -> summary.startedAt().getEpochSecond() - NOON.getEpochSecond())
          .containsExactly(6L, 5L, 4L, 3L);
      assertThat(table.last(100)).hasSize(6);
      assertThat(table.last(0)).isEmpty();
      warehouse.table(SearchTable.SCHEMA).compact(Duration.ZERO);
    }
  }

  private static SearchTable.Run run(long seconds) {
    return new SearchTable.Run(
        new SearchTable.Application("application", "4.2.0"),
        "mine",
        SearchSpec.of(new HeaderTemplate(HEADER, 1), Target.ofZeroBits(4), ResultMode.ANY),
        new SearchResult(
            Outcome.DEADLINE,
            List.of(),
            new SearchResult.Work(5, 9, 0, Duration.ZERO),
            NOON.plusSeconds(seconds),
            Duration.ZERO,
            Optional.empty(),
            8,
            Optional.empty(),
            SearchResult.Evidence.NONE),
        Optional.empty());
  }

  @Test
  void transactions_ofAFork_sayWhichAreOnTheChainAndWhatTransfersAre() {
    Transfer transfer = new Transfer("b\"ob", "größer", 5, "7", 1_700_000_000_123L);
    Block first = block(null, transfer.canonicalText(), EASY, NOON);
    Block second = block(first.indexEntry(), "{\"amount\":5}", EASY, NOON);
    Block stale =
        block(
            first.indexEntry(),
            transfer.canonicalText().replace("5,", "0,"),
            EASY,
            NOON.plusSeconds(9));
    for (Block block : List.of(first, second, stale)) {
      new BlockTable(warehouse).append(block);
    }
    register();
    List<Row> rows =
        session.sql("SELECT * FROM transactions ORDER BY height, on_chain DESC").collectAsList();
    assertThat(rows)
        .extracting(
            row -> row.<String>getAs("id"),
            row -> row.<Long>getAs("height"),
            row -> row.<String>getAs("block_hash"),
            row -> row.<Integer>getAs("position"),
            row -> row.<Boolean>getAs("on_chain"),
            row -> row.<String>getAs("from"))
        .containsExactly(
            tuple(
                transfer.transaction().id().toDisplay(),
                0L,
                first.hash().toDisplay(),
                0,
                true,
                "größer"),
            tuple(
                Transaction.ofText("{\"amount\":5}").id().toDisplay(),
                1L,
                second.hash().toDisplay(),
                0,
                true,
                null),
            tuple(
                stale.transactions().get(0).id().toDisplay(),
                1L,
                stale.hash().toDisplay(),
                0,
                false,
                null));
    Row row = rows.get(0);
    assertThat(row.<String>getAs("to")).isEqualTo("b\"ob");
    assertThat(row.<Long>getAs("amount")).isEqualTo(5);
    assertThat(row.<String>getAs("transfer_id")).isEqualTo("7");
    assertThat(row.<Timestamp>getAs("date").getTime()).isEqualTo(1_700_000_000_123L);
    assertThat(row.<byte[]>getAs("payload")).isEqualTo(transfer.transaction().payload());
  }

  @Test
  void journal_whatItKept_isInTheTablesAndKnown() {
    WarehouseJournal journal = new WarehouseJournal(warehouse, "me");
    assertThat(journal.knownTransactions()).isEmpty();
    assertThat(journal.knownRejections()).isEmpty();
    Transaction transaction = new Transfer("b", "a", 5, "7", 1).transaction();
    Transaction bytes = Transaction.ofBytes(new byte[] {-1});
    journal.added(
        List.of(
            new Pooled(transaction, transaction.id(), NOON, 0),
            new Pooled(bytes, bytes.id(), NOON, 0)));
    journal.rejected(
        List.of(new Rejection(NOON, bytes.id(), "a.csv", 77, "too bad", "how it\nbegins")));
    new EventTable(warehouse)
        .append(
            "you",
            List.of(new ChainEvent(NOON, ChainEvent.Kind.BLOCK_STALE, "feed", 5L, "overtaken")));
    assertThat(journal.knownTransactions()).containsExactlyInAnyOrder(transaction.id(), bytes.id());
    assertThat(journal.knownRejections()).containsExactly(bytes.id());
    register();
    assertThat(query("SELECT detail FROM events WHERE miner = 'me' ORDER BY detail"))
        .containsExactly(
            "{\"amount\":5,\"date\":1,\"from\":\"a\",\"id\":\"7\",\"to\":\"b\"}",
            "{\"payload\":\"/w==\"}");
    assertThat(
            query(
                "SELECT concat_ws(' ', time, kind, subject, height, detail) FROM events"
                    + " WHERE miner = 'you'"))
        .containsExactly("2024-05-06 12:00:00 block_stale feed 5 overtaken");
    assertThat(
            query("SELECT concat_ws(' ', time, id, source, position, reason, miner) FROM rejected"))
        .containsExactly("2024-05-06 12:00:00 " + bytes.id().toDisplay() + " a.csv 77 too bad me");
  }

  @Test
  void table_changedAfterAQueryWasPlanned_failsIt() throws IOException {
    new BlockTable(warehouse).append(block(null, "first", EASY, NOON));
    Dataset<Row> rows = Tables.read(session, warehouse, "blocks");
    // Plans the read of the file that is there now.
    assertThat(rows.queryExecution().executedPlan().toString()).contains("1 files");
    try (Stream<Path> files = Files.list(directory.resolve("blocks"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    assertThatThrownBy(rows::collectAsList)
        .hasStackTraceContaining("the table changed during the query; run it again");
    assertThat(Tables.read(session, warehouse, "blocks").collectAsList()).isEmpty();
  }

  /** As views, which a test can join by name. */
  private void register() {
    for (String table : StoredTables.names()) {
      Tables.read(session, warehouse, table).createOrReplaceTempView(table);
    }
  }

  private List<String> query(String sql) {
    return session.sql(sql).collectAsList().stream().map(row -> row.getString(0)).toList();
  }

  @Test
  void searches_fileOfBeforePlans_readsAsUnplanned() throws Exception {
    TableSchema<Instant> old = TableSchema.named("searches");
    for (TableSchema.Column<SearchTable.Run> column : SearchTable.SCHEMA.columns()) {
      String name = column.name();
      if (column.required()) {
        old =
            old.required(
                name,
                column.type(),
                time ->
                    switch (column.type()) {
                      case STRING -> "first";
                      case LONG -> 1L;
                      case INT -> 2;
                      case DOUBLE -> 3.0;
                      case BOOLEAN -> true;
                      default -> time;
                    });
      } else if (!name.startsWith("planned_") && !name.equals("resumed_seconds")) {
        old = old.optional(name, column.type(), time -> null);
      }
    }
    new RecordTable<>(warehouse.storage(), old).append("old", List.of(NOON));
    register();
    Row row = session.sql("SELECT * FROM searches").first();
    assertThat(row.<String>getAs("command")).isEqualTo("first");
    assertThat(row.isNullAt(row.fieldIndex("planned_workers"))).isTrue();
    assertThat(row.isNullAt(row.fieldIndex("planned_p99_seconds"))).isTrue();
    assertThat(new PlannedRuns(warehouse).all()).isEmpty();
    assertThat(new PlannedRuns(warehouse).rates(1))
        .containsExactly(new PlannedRuns.MeasuredRate(2, 1, 1 / 3.0));
  }
}
