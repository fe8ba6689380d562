package io.goldennonce.chain.table;

import static io.goldennonce.testing.Blocks.EASY;
import static io.goldennonce.testing.Blocks.HARDER;
import static io.goldennonce.testing.Blocks.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.ChainWork;
import io.goldennonce.sql.SqlSession;
import io.goldennonce.testing.AtOnce;
import io.goldennonce.testing.Blocks;
import io.goldennonce.testing.LocalSpark;
import io.goldennonce.testing.Tables;
import io.goldennonce.testing.Warnings;
import io.goldennonce.warehouse.Warehouse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocalSpark.class)
@Tag("spark")
class BlockTableTest {
  private static final Instant NOON = Instant.parse("2024-05-06T12:00:00.123456Z");

  private final Path directory;
  private final SparkSession session;
  private final BlockTable table;

  BlockTableTest(@TempDir Path directory, JavaSparkContext context) {
    this.directory = directory;
    this.session = SqlSession.of(context);
    this.table = open();
  }

  @Test
  void append_block_isReadBackColumnByColumn() {
    BlockTemplate template =
        BlockTemplate.of(
            null,
            List.of(Transaction.ofBytes(new byte[] {0, -1, 10}), Transaction.ofText("größer")),
            EASY,
            4_000_000_000L,
            "Jürgen");
    long nonce = 0;
    while (!template.header(1L << 40).withNonce(nonce).meetsTarget()) {
      nonce++;
    }
    Block block = template.solve(1L << 40, nonce, "feed", NOON);

    table.append(block);

    List<Row> rows = read().collectAsList();
    assertThat(rows).hasSize(1);
    Row row = rows.get(0);
    assertThat(row.schema().fieldNames())
        .containsExactly(
            "height",
            "hash",
            "previous_hash",
            "merkle_root",
            "version",
            "time",
            "bits",
            "nonce",
            "extra_nonce",
            "header",
            "difficulty",
            "chain_work",
            "transactions",
            "miner",
            "search_id",
            "mined_at",
            "chain_root");
    assertThat(row.<Long>getAs("height")).isZero();
    assertThat(row.<String>getAs("hash")).isEqualTo(block.hash().toDisplay());
    assertThat(row.<String>getAs("previous_hash")).isEqualTo("0".repeat(64));
    assertThat(row.<String>getAs("merkle_root")).isEqualTo(block.header().merkleRoot().toDisplay());
    assertThat(row.<Integer>getAs("version")).isEqualTo(0x2000_0000);
    assertThat(row.<Long>getAs("time")).isEqualTo(4_000_000_000L);
    assertThat(row.<String>getAs("bits")).isEqualTo("207fffff");
    assertThat(row.<Long>getAs("nonce")).isEqualTo(nonce);
    assertThat(row.<Long>getAs("extra_nonce")).isEqualTo(1L << 40);
    assertThat(row.<byte[]>getAs("header")).isEqualTo(block.header().toBytes());
    // Regtest's difficulty as bitcoin-cli shows it.
    assertThat(row.<Double>getAs("difficulty")).isCloseTo(4.656542373906925e-10, within(1e-24));
    assertThat(row.<String>getAs("chain_work")).isEqualTo("0".repeat(63) + "2");
    assertThat(row.<byte[]>getList(row.fieldIndex("transactions")))
        .containsExactly(new byte[] {0, -1, 10}, "größer".getBytes(StandardCharsets.UTF_8));
    assertThat(row.<String>getAs("miner")).isEqualTo("Jürgen");
    assertThat(row.<String>getAs("search_id")).isEqualTo("feed");
    assertThat(row.<Timestamp>getAs("mined_at").toInstant()).isEqualTo(NOON);
  }

  @Test
  void tip_ofNoBlocks_isNone() {
    assertThat(table.tip()).isEmpty();
    assertThat(read().collectAsList()).isEmpty();
  }

  @Test
  void tip_ofAChain_isItsLastBlockAndGoesOn() {
    Block first = block(null, "a", EASY, NOON);
    Block second = block(first.indexEntry(), "b", EASY, NOON.plusSeconds(1));
    table.append(second);
    table.append(first);
    assertThat(table.tip()).contains(second.indexEntry());
  }

  @Test
  void tip_ofAFork_isTheBlockWithMostWorkNotHeight() {
    Block first = block(null, "a", EASY, NOON);
    Block second = block(first.indexEntry(), "b", EASY, NOON);
    Block third = block(second.indexEntry(), "c", EASY, NOON);
    Block heavy = block(first.indexEntry(), "h", HARDER, NOON.plusSeconds(9));
    for (Block block : List.of(first, second, heavy, third)) {
      table.append(block);
    }
    assertThat(heavy.chainWork()).isGreaterThan(third.chainWork());
    assertThat(table.tip()).contains(heavy.indexEntry());
  }

  @Test
  void tip_ofEqualWork_isTheEarliestMined() {
    Block late = block(null, "late", EASY, NOON.plusMillis(1));
    Block early = block(null, "early", EASY, NOON);
    Block latest = block(null, "latest", EASY, NOON.plusMillis(2));
    for (Block block : List.of(late, early, latest)) {
      table.append(block);
    }
    assertThat(table.tip()).contains(early.indexEntry());
  }

  /** Work past 2^64, so that it is compared as the number and not as a long. */
  @Test
  void tip_ofGreatWork_isComparedAsANumber() {
    Block light = block(parent("f".repeat(15)), "light", EASY, NOON);
    Block heavy = block(parent("1" + "0".repeat(40)), "heavy", EASY, NOON.plusSeconds(1));
    table.append(light);
    table.append(heavy);
    assertThat(table.tip()).contains(heavy.indexEntry());
  }

  @Test
  void append_fourWritersAtOnce_loseNothing() throws Exception {
    int writers = 4;
    int blocks = 3;
    List<String> expected = new ArrayList<>();
    List<List<Block>> mined = new ArrayList<>();
    List<BlockTable> tables = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      List<Block> mine = new ArrayList<>();
      for (int i = 0; i < blocks; i++) {
        mine.add(block(null, writer + " " + i, EASY, NOON));
        expected.add(mine.get(i).hash().toDisplay());
      }
      mined.add(mine);
      tables.add(open());
    }
    AtOnce.run(writers, writer -> mined.get(writer).forEach(tables.get(writer)::append));
    assertThat(hashes()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(files()).hasSize(writers * blocks).allMatch(name -> name.endsWith(".parquet"));
  }

  @Test
  void read_corruptFiles_areNamedAndLeftOut() throws IOException {
    Block first = block(null, "a", EASY, NOON);
    table.append(first);
    Path good = directory.resolve("blocks").resolve(files().get(0));
    byte[] bytes = Files.readAllBytes(good);
    byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
    // With more work in their names than any block has, so that a tip is looked for in them first.
    List<Path> bad =
        List.of(
            corrupt("fffe-truncated", Arrays.copyOf(bytes, bytes.length / 2)),
            corrupt("fffe-garbage", new byte[500]),
            corrupt("fffe-empty", new byte[0]),
            corrupt("fffe-footer-too-long", join(magic, new byte[] {1, 2, -1, -1, -1, 127}, magic)),
            corrupt(
                "fffe-footer-garbage",
                join(magic, new byte[100], new byte[] {50, 0, 0, 0}, magic)));
    try (Warnings warnings = new Warnings("io.goldennonce.table")) {
      assertThat(hashes()).containsExactly(first.hash().toDisplay());
      assertThat(warnings.messages()).hasSize(bad.size());
      assertThat(table.tip()).contains(first.indexEntry());
      assertThat(warnings.messages()).hasSize(2 * bad.size());
      for (Path file : bad) {
        assertThat(warnings.messages())
            .filteredOn(message -> message.contains(file.toString()))
            .hasSize(2)
            .allMatch(message -> message.contains("is left out: "));
      }
    }
  }

  @Test
  void append_afterACorruptFile_goesOn() throws IOException {
    Files.createDirectories(directory.resolve("blocks"));
    corrupt("fffe-garbage", new byte[64]);
    Block first = block(null, "a", EASY, NOON);
    table.append(first);
    assertThat(table.tip()).contains(first.indexEntry());
  }

  /**
   * A search that goes on after a power cut finds the very block again whose file the cut has
   * damaged.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 3_000})
  void append_blockWhoseFileIsDamaged_writesItAgain(int zeros) throws IOException {
    Block first = block(null, "a", EASY, NOON);
    table.append(first);
    Path file = directory.resolve("blocks/" + BlockTable.name(first) + ".parquet");
    Files.write(file, new byte[zeros]);
    assertThat(table.tip()).isEmpty();

    table.append(first);

    assertThat(table.tip()).contains(first.indexEntry());
  }

  /** As S3 with the job's own credentials: only these settings know the file system. */
  @Test
  void tip_fileSystemOfTheJobsOwnSettings_isReadWithThem() {
    var hadoop = session.sparkContext().hadoopConfiguration();
    hadoop.setClass("fs.known.impl", KnownFileSystem.class, LocalFileSystem.class);
    // Else another's opening of it, kept in the cache, would do.
    hadoop.setBoolean("fs.known.impl.disable.cache", true);
    BlockTable known =
        new BlockTable(Warehouse.openOrCreate("known://" + directory + "/known", hadoop));
    Block first = block(null, "a", EASY, NOON);
    known.append(first);
    assertThat(known.tip()).contains(first.indexEntry());
  }

  /** The local file system under another scheme. */
  public static class KnownFileSystem extends LocalFileSystem {
    public KnownFileSystem() {
      super(
          new RawLocalFileSystem() {
            @Override
            public URI getUri() {
              return URI.create("known:///");
            }

            @Override
            public String getScheme() {
              return "known";
            }
          });
    }

    @Override
    public String getScheme() {
      return "known";
    }
  }

  private BlockTable open() {
    return new BlockTable(
        Warehouse.openOrCreate(directory.toString(), session.sparkContext().hadoopConfiguration()));
  }

  private Dataset<Row> read() {
    return Tables.read(
        session,
        Warehouse.open(directory.toString(), session.sparkContext().hadoopConfiguration()),
        "blocks");
  }

  private static BlockIndexEntry parent(String work) {
    Block any = block(null, "any", EASY, NOON);
    return Blocks.entry(0, any.hash(), ChainWork.ofHex("0".repeat(64 - work.length()) + work));
  }

  private List<String> hashes() {
    return read().select("hash").collectAsList().stream().map(row -> row.getString(0)).toList();
  }

  /** All files but check sums, hidden by a leading dot. */
  private List<String> files() throws IOException {
    try (Stream<Path> entries = Files.list(directory.resolve("blocks"))) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    }
  }

  private Path corrupt(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve("blocks").resolve(name + ".parquet"), bytes);
  }

  private static byte[] join(byte[]... parts) {
    int length = Stream.of(parts).mapToInt(part -> part.length).sum();
    byte[] joined = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }
}
