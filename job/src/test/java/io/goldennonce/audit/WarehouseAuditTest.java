package io.goldennonce.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.chain.ChainState;
import io.goldennonce.chain.Transaction;
import io.goldennonce.chain.Violation;
import io.goldennonce.chain.table.BlockTable;
import io.goldennonce.chain.table.WarehouseChain;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.table.SearchTable;
import io.goldennonce.sql.SqlSession;
import io.goldennonce.testing.AtOnce;
import io.goldennonce.testing.Blocks;
import io.goldennonce.testing.Chains;
import io.goldennonce.testing.LocalSpark;
import io.goldennonce.testing.Results;
import io.goldennonce.warehouse.Warehouse;
import io.goldennonce.work.BlockSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
@Tag("spark")
class WarehouseAuditTest {
  private static final List<Block> CHAIN = Chains.chain(9, Blocks.EASY);

  private static final BlockTemplate TEMPLATE =
      BlockTemplate.of(
          Chains.GENESIS.indexEntry(),
          List.of(Transaction.ofText("1")),
          Blocks.EASY,
          Chains.BEGIN.getEpochSecond(),
          "me");
  private static final SearchSpec SEARCH =
      SearchSpec.of(new BlockSearch(TEMPLATE, 0), TEMPLATE.target(), ResultMode.ANY);

  private final Path directory;
  private final JavaSparkContext context;
  private final SparkSession session;

  WarehouseAuditTest(@TempDir Path directory, JavaSparkContext context) {
    this.directory = directory;
    this.context = context;
    this.session = SqlSession.of(context);
  }

  @Test
  void run_soundChainWithAStaleBlock_findsNothing() {
    CHAIN.forEach(table()::append);
    BlockIndexEntry parent = CHAIN.get(3).indexEntry();
    table().append(Chains.block(parent, Blocks.EASY, parent.time(), List.of("s"), "late"));
    WarehouseAudit.Report report = audit();
    assertThat(report.faults()).isEmpty();
    assertThat(report.links()).hasSize(11);
    assertThat(report.state().chain()).hasSize(10);
    assertThat(report.state().stale()).isEqualTo(1);
  }

  @Test
  void run_rolledVersion_isSoundIfTheSearchRollsItsBits() {
    table().append(Chains.GENESIS);
    table().append(rolled(0, 3));
    assertThat(audit().faults()).isEmpty();
    table().append(rolled(1, 2));
    assertThat(audit().faults()).extracting(Violation::rule).containsExactly("search_id");
  }

  /** A block with the third of the bits that may roll. */
  private static Block rolled(long extraNonce, int versionBits) {
    BlockSearch search = new BlockSearch(TEMPLATE, 0, versionBits);
    int version = 0x2000_8000;
    long nonce = 0;
    while (!TEMPLATE.header(extraNonce).withVersion(version).withNonce(nonce).meetsTarget()) {
      nonce++;
    }
    String id = SearchSpec.of(search, TEMPLATE.target(), ResultMode.ANY).id();
    return TEMPLATE.solve(version, extraNonce, nonce, id, Chains.BEGIN.plusSeconds(1));
  }

  @Test
  void run_noBlocks_findsNothing() {
    assertThat(audit().faults()).isEmpty();
  }

  /** A column, what takes its place, and the rule that it breaks. */
  private record Tampering(String column, String value, String rule) {}

  private static final List<Tampering> TAMPERINGS =
      List.of(
          new Tampering("height", "height + 1", "height"),
          new Tampering("hash", "reverse(hash)", "hash"),
          new Tampering("previous_hash", "reverse(previous_hash)", "previous_hash"),
          new Tampering("merkle_root", "upper(merkle_root)", "merkle_root"),
          new Tampering("version", "version + 1", "version"),
          new Tampering("time", "time + 1", "time"),
          new Tampering("bits", "upper(bits)", "bits"),
          new Tampering("nonce", "nonce + 1", "nonce"),
          new Tampering("extra_nonce", "extra_nonce + 1", "merkle_root"),
          new Tampering("header", "unhex(concat(substr(hex(header), 1, 158), 77))", "nonce"),
          new Tampering("difficulty", "difficulty * 1.0000000001D", "difficulty"),
          new Tampering("chain_work", "translate(chain_work, 0, 1)", "chain_work"),
          new Tampering("transactions", "reverse(transactions)", "merkle_root"),
          new Tampering("transactions", "slice(transactions, 1, 1)", "merkle_root"),
          new Tampering("miner", "concat(miner, 1)", "merkle_root"),
          new Tampering("search_id", "reverse(search_id)", "search_id"),
          new Tampering("mined_at", "mined_at - interval 1 day", "time"));

  /** Each column of a block of its own, changed in the file itself. */
  @Test
  void run_eachColumnTampered_isToldWithItsRule() throws IOException {
    List<Block> chain = Chains.chain(2 * TAMPERINGS.size(), Blocks.EASY);
    tamper(chain, TAMPERINGS);
    List<Violation> faults = audit().faults();
    for (int i = 0; i < TAMPERINGS.size(); i++) {
      Block victim = chain.get(2 * i + 1);
      String rule = TAMPERINGS.get(i).rule();
      assertThat(faults)
          .as("%s of block %d", TAMPERINGS.get(i).column(), victim.height())
          .anySatisfy(
              fault -> {
                assertThat(fault.rule()).isEqualTo(rule);
                assertThat(fault.height()).isIn(victim.height(), victim.height() + 1);
              });
    }
  }

  /** A root is checked where the chain before it is sound. */
  @Test
  void run_chainRootTampered_isTold() throws IOException {
    tamper(
        Chains.chain(4, Blocks.EASY),
        List.of(new Tampering("chain_root", "repeat('0', 64)", "chain_root")));
    assertThat(audit().faults())
        .extracting(Violation::height, Violation::rule)
        .contains(tuple(1L, "chain_root"));
  }

  /** Changes the second block by the first tampering, the fourth by the second, and so on. */
  private void tamper(List<Block> chain, List<Tampering> tamperings) throws IOException {
    chain.forEach(table()::append);
    Path blocks = directory.resolve("blocks");
    Path sound = directory.resolve("sound");
    Files.move(blocks, sound);
    Dataset<Row> rows = session.read().parquet(sound.toString());
    Dataset<Row> tampered = rows.withColumn("sound", rows.col("header"));
    for (int i = 0; i < tamperings.size(); i++) {
      Tampering tampering = tamperings.get(i);
      // Every other one, so that what a child says of its parent is not in doubt.
      Block victim = chain.get(2 * i + 1);
      Column value = functions.expr(tampering.value()).cast(type(rows, tampering.column()));
      tampered =
          tampered.withColumn(
              tampering.column(),
              functions
                  .when(functions.col("sound").equalTo(victim.header().toBytes()), value)
                  .otherwise(functions.col(tampering.column())));
    }
    Files.createDirectories(blocks);
    String name = chain.get(chain.size() - 1).chainWork().toHex() + "-tampered.parquet";
    write(tampered.drop("sound"), blocks.resolve(name));
  }

  @Test
  void run_blockTakenOutOrTwice_isTold() throws IOException {
    CHAIN.forEach(table()::append);
    Path file = file(CHAIN.get(5));
    Path twin = file.resolveSibling(file.getFileName().toString().replace(".parquet", "2.parquet"));
    Files.copy(file, twin);
    assertThat(audit().faults())
        .extracting(Violation::height, Violation::rule)
        .containsExactly(tuple(5L, "unique"));
    Files.delete(file);
    Files.delete(twin);
    assertThat(audit().faults())
        .extracting(Violation::height, Violation::rule)
        .containsExactly(tuple(6L, "link"));
  }

  @Test
  void run_filesThatCantBeRead_areTold() throws IOException {
    CHAIN.forEach(table()::append);
    byte[] bytes = Files.readAllBytes(file(CHAIN.get(5)));
    Path blocks = directory.resolve("blocks");
    Files.write(blocks.resolve("empty.parquet"), new byte[0]);
    Files.write(blocks.resolve("half.parquet"), Arrays.copyOf(bytes, bytes.length / 2));
    session.range(3).write().parquet(directory.resolve("other").toString());
    Files.move(parquet(directory.resolve("other")), blocks.resolve("foreign.parquet"));
    List<Violation> faults = audit().faults();
    assertThat(faults).extracting(Violation::rule).containsExactly("file", "file", "file");
    assertThat(faults)
        .extracting(Violation::found)
        .anyMatch(found -> found.contains("empty.parquet"))
        .anyMatch(found -> found.contains("half.parquet"))
        .anyMatch(found -> found.contains("foreign.parquet"));
  }

  /** The tip is looked for by names. */
  @Test
  void run_fileUnderAnotherName_isTold() throws IOException {
    CHAIN.forEach(table()::append);
    Files.move(file(CHAIN.get(5)), directory.resolve("blocks/0000-a.parquet"));
    assertThat(audit().faults()).extracting(Violation::rule).containsExactly("file");
  }

  /** A miner needs nothing but the tables: neither pending blocks nor leases. */
  @Test
  void restore_withoutThePendingFiles_isTheSame() throws IOException {
    WarehouseChain chain = new WarehouseChain(warehouse(), Chains.RETARGETED);
    mine(chain, 9);
    chain.start("feed", new BlockStore.Start(Chains.BEGIN, 0, 3));
    Files.createDirectories(directory.resolve("_running"));
    Files.writeString(directory.resolve("_running/x.json"), "{}");
    ChainState before = restore();
    for (String aside : List.of("_pending", "_running")) {
      try (Stream<Path> files = Files.walk(directory.resolve(aside))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    assertThat(restore()).isEqualTo(before);
    assertThat(before.chain()).hasSize(10);
    // The next block is the same to a miner that starts now and to the one that mined all.
    WarehouseChain another = new WarehouseChain(warehouse(), Chains.RETARGETED);
    BlockIndexEntry tip = another.tip().orElseThrow();
    assertThat(tip.hash()).isEqualTo(before.tip().orElseThrow().hash());
    assertThat(another.demandedBits(tip)).contains(Objects.requireNonNull(before.nextBits()));
    assertThat(chain.demandedBits(tip)).isEqualTo(another.demandedBits(tip));
    assertThat(WarehouseAudit.run(context, warehouse(), Chains.RETARGETED).faults()).isEmpty();
  }

  @Test
  void append_firstBlockOfTwoMiners_keepsOneGenesis() {
    WarehouseChain one = new WarehouseChain(warehouse(), Chains.RULES);
    WarehouseChain other = new WarehouseChain(warehouse(), Chains.RULES);
    BlockIndexEntry genesis = one.tip().orElseThrow();
    assertThat(other.tip()).contains(genesis).contains(Chains.GENESIS.indexEntry());
    one.append(Chains.block(genesis, Blocks.EASY, genesis.time(), List.of("1"), "one"));
    other.append(Chains.block(genesis, Blocks.EASY, genesis.time(), List.of("2"), "two"));
    new BlockTable(warehouse()).append(Chains.GENESIS);
    WarehouseAudit.Report report = audit();
    assertThat(report.faults()).isEmpty();
    assertThat(report.links()).hasSize(3);
  }

  /** As two processes that look for the very same block find it, each at its own moment. */
  @Test
  void append_blockThatAnotherFoundToo_keepsItOnce() {
    WarehouseChain one = new WarehouseChain(warehouse(), Chains.RULES);
    WarehouseChain other = new WarehouseChain(warehouse(), Chains.RULES);
    Block block = ofEverybody(Chains.BEGIN.plusSeconds(9));
    Block later = ofEverybody(Chains.BEGIN.plusSeconds(10));
    one.append(block);
    other.append(later);
    warehouse().table(BlockTable.SCHEMA).compact(Duration.ZERO);
    assertThat(table().parts()).as("in one file with the first").hasSize(1);
    other.append(later);
    new WarehouseChain(warehouse(), Chains.RULES).append(later);

    assertThat(audit().faults()).isEmpty();
    assertThat(audit().links())
        .extracting(BlockIndexEntry::minedAt)
        .containsExactlyInAnyOrder(Chains.GENESIS.minedAt(), block.minedAt());
  }

  @Test
  void append_sameBlockByFourThreadsAtOnce_keepsItOnce() throws Exception {
    Block block = ofEverybody(Chains.BEGIN.plusSeconds(9));
    List<WarehouseChain> miners = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      miners.add(new WarehouseChain(warehouse(), Chains.RULES));
    }
    AtOnce.run(miners.size(), miner -> miners.get(miner).append(block));
    assertThat(audit().faults()).isEmpty();
    assertThat(audit().links()).hasSize(2);
  }

  @Test
  void run_foundWhenASearchSays_isSoundAndElseToldWithAllThatSayIt() {
    SearchResult result = Results.solved(SEARCH);
    Instant found = result.startedAt().plus(result.elapsed());
    Block block = ofEverybody(found);
    new WarehouseChain(warehouse(), Chains.RULES).append(block);
    record(result, 7);
    assertThat(audit().faults())
        .containsExactly(
            new Violation(
                1L,
                block.hash().toDisplay(),
                "mined_at",
                found.plusSeconds(7).toString(),
                found.toString()));
    record(result, 8);
    assertThat(audit().faults())
        .extracting(Violation::expected)
        .singleElement()
        .asString()
        .contains(found.plusSeconds(7).toString(), found.plusSeconds(8).toString());
    record(result, 0);
    assertThat(audit().faults()).isEmpty();
  }

  private void record(SearchResult result, int secondsLater) {
    SearchResult later =
        new SearchResult(
            result.outcome(),
            result.solutions(),
            result.work(),
            result.startedAt().plusSeconds(secondsLater),
            result.elapsed(),
            result.stopLatency(),
            result.slots(),
            result.kernel(),
            result.evidence());
    new SearchTable(warehouse())
        .append(
            List.of(
                new SearchTable.Run(
                    new SearchTable.Application("application", "4.2.0"),
                    "mine",
                    SEARCH,
                    later,
                    Optional.empty())));
  }

  /** The block after the first that all who look for it find. */
  private static Block ofEverybody(Instant minedAt) {
    long nonce = Results.solved(SEARCH).found().orElseThrow().nonce();
    return TEMPLATE.solve(0, nonce, SEARCH.id(), minedAt);
  }

  private static void mine(WarehouseChain chain, int blocks) {
    for (int i = 0; i < blocks; i++) {
      BlockIndexEntry tip = chain.tip().orElseThrow();
      CompactBits bits = chain.demandedBits(tip).orElseThrow();
      chain.append(Chains.block(tip, bits, tip.time() + 5, List.of("b" + i), "m"));
    }
  }

  private ChainState restore() {
    return WarehouseAudit.restore(context, warehouse(), Chains.RETARGETED);
  }

  private WarehouseAudit.Report audit() {
    return WarehouseAudit.run(context, warehouse(), Chains.RULES);
  }

  private Warehouse warehouse() {
    return Warehouse.openOrCreate(directory.toString(), context.hadoopConfiguration());
  }

  private BlockTable table() {
    return new BlockTable(warehouse());
  }

  private Path file(Block block) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("blocks"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(block.chainWork().toHex()))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Path parquet(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".parquet"))
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  private void write(Dataset<Row> rows, Path target) throws IOException {
    Path aside = directory.resolve("aside");
    Column[] all = Stream.of(rows.columns()).map(rows::col).toArray(Column[]::new);
    rows.select(all).coalesce(1).write().mode("overwrite").parquet(aside.toString());
    Files.move(parquet(aside), target, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(target.resolveSibling("." + target.getFileName() + ".crc"));
  }

  private static String type(Dataset<Row> rows, String column) {
    return rows.schema().apply(column).dataType().sql();
  }
}
