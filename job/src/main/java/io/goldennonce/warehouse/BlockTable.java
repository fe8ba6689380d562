package io.goldennonce.warehouse;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockSummary;
import io.goldennonce.chain.ChainTip;
import io.goldennonce.chain.StoredBlock;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.Difficulty;
import io.goldennonce.pow.Hash256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The table {@code blocks}: every block ever found, append-only.
 *
 * <p>A file's name begins with the greatest chain work in it, in 64 hex digits. So a listing alone
 * tells where the tip is, and a miner starts on it after reading one small file, without Spark SQL,
 * whose first query takes longer than many a search.
 */
public final class BlockTable {
  static final StructType SCHEMA =
      StructType.fromDDL(
          "height BIGINT NOT NULL, hash STRING NOT NULL, previous_hash STRING NOT NULL,"
              + " merkle_root STRING NOT NULL, version INT NOT NULL, time BIGINT NOT NULL,"
              + " bits STRING NOT NULL, nonce BIGINT NOT NULL, extra_nonce BIGINT NOT NULL,"
              + " header BINARY NOT NULL, difficulty DOUBLE NOT NULL, chain_work STRING NOT NULL,"
              + " transactions ARRAY<BINARY> NOT NULL, miner STRING NOT NULL,"
              + " search_id STRING NOT NULL, mined_at TIMESTAMP NOT NULL");

  private static final int WORK_DIGITS = 64;
  private static final int RECENT = 20;

  private static final int ATTEMPTS = 10;

  private static final String NAME = "blocks";

  private final Warehouse warehouse;
  private final ParquetTable table;

  public BlockTable(Warehouse warehouse) {
    this.warehouse = warehouse;
    this.table = warehouse.table(NAME);
  }

  /** The files of a warehouse's blocks. */
  static List<FileStatus> files(Warehouse warehouse) {
    return warehouse.table(NAME).fileStatuses();
  }

  /**
   * Appends a block, unless a file of its own is there. The file is named after the block, as two
   * processes may find the very same one at the same moment.
   */
  public void append(Block block) {
    String name = block.chainWork().toHex() + "-" + block.hash().toDisplay();
    table.appendOnce(name, List.of(row(block)), SCHEMA);
  }

  /** The paths of the files that hold the blocks, for tasks to read. */
  public List<String> paths() {
    return table.files().stream().map(Path::toString).toList();
  }

  /** All blocks. */
  Dataset<Row> read(SparkSession session) {
    return StoredTables.read(session, warehouse, NAME);
  }

  /**
   * The block with the most chain work, the earliest mined on a tie; nothing where there are no
   * blocks. A file that can't be read is left out with a warning.
   */
  public Optional<ChainTip> tip() {
    for (int attempt = 1; ; attempt++) {
      try {
        return tipOnce();
      } catch (UncheckedIOException e) {
        // Mostly a compaction that has deleted what was listed before: look again.
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Optional<ChainTip> tipOnce() {
    List<Path> files = new ArrayList<>(table.files());
    files.sort(Comparator.comparing(BlockTable::work).reversed());
    Optional<Candidate> best = Optional.empty();
    for (Path file : files) {
      if (best.isPresent() && work(file).compareTo(best.get().tip().chainWork().toHex()) < 0) {
        break;
      }
      for (Candidate candidate : candidates(file)) {
        if (best.isEmpty() || Candidate.BEST_FIRST.compare(candidate, best.get()) < 0) {
          best = Optional.of(candidate);
        }
      }
    }
    return best.map(Candidate::tip);
  }

  /** The last blocks: those with the most chain work, stale ones included, the highest first. */
  public List<BlockSummary> recent() {
    List<Path> files = new ArrayList<>(table.files());
    files.sort(Comparator.comparing(BlockTable::work).reversed());
    List<BlockSummary> blocks = new ArrayList<>();
    for (Path file : files.subList(0, Math.min(RECENT, files.size()))) {
      readEach(file, row -> blocks.add(summary(row)));
    }
    blocks.sort(Comparator.comparingLong(BlockSummary::height).reversed());
    return blocks.subList(0, Math.min(RECENT, blocks.size()));
  }

  private static BlockSummary summary(Group row) {
    Group transactions = row.getGroup("transactions", 0);
    List<byte[]> first =
        transactions.getFieldRepetitionCount(0) == 0
            ? List.of()
            : List.of(transactions.getGroup(0, 0).getBinary(0, 0).getBytes());
    return new BlockSummary(
        row.getLong("height", 0),
        Hash256.ofDisplay(row.getString("hash", 0)),
        Hash256.ofDisplay(row.getString("previous_hash", 0)),
        row.getDouble("difficulty", 0),
        row.getLong("nonce", 0),
        row.getString("miner", 0),
        ParquetTable.instant(row, "mined_at"),
        BlockSummary.text(first));
  }

  /** The files, in the order of the greatest work in them. */
  List<Path> files() {
    return table.files();
  }

  /** Reads a file's blocks as they are. */
  void forEachBlock(Path file, Consumer<StoredBlock> reader) throws IOException {
    table.forEachRow(file, row -> reader.accept(BlockFile.block(row)));
  }

  /** Whether a file that was listed is not there any more. */
  boolean isGone(Path file) {
    return table.isGone(file);
  }

  static String work(Path file) {
    String name = file.getName();
    return name.substring(0, Math.min(name.length(), WORK_DIGITS));
  }

  private record Candidate(ChainTip tip, long minedAtMicros) {
    static final Comparator<Candidate> BEST_FIRST =
        Comparator.<Candidate, ChainWork>comparing(candidate -> candidate.tip().chainWork())
            .reversed()
            .thenComparing(Candidate::minedAtMicros)
            .thenComparing(candidate -> candidate.tip().hash().toDisplay());
  }

  private List<Candidate> candidates(Path file) {
    List<Candidate> candidates = new ArrayList<>();
    readEach(file, row -> candidates.add(candidate(row)));
    return candidates;
  }

  private void readEach(Path file, Consumer<Group> reader) {
    try {
      table.forEachRow(file, reader);
    } catch (IOException | RuntimeException e) {
      ParquetTable.skipDamaged(file, e);
    }
  }

  private static Candidate candidate(Group row) {
    ChainTip tip =
        new ChainTip(
            row.getLong("height", 0),
            Hash256.ofDisplay(row.getString("hash", 0)),
            ChainWork.ofHex(row.getString("chain_work", 0)),
            row.getLong("time", 0));
    return new Candidate(tip, row.getLong("mined_at", 0));
  }

  private static Row row(Block block) {
    var header = block.header();
    return RowFactory.create(
        block.height(),
        block.hash().toDisplay(),
        header.previousHash().toDisplay(),
        header.merkleRoot().toDisplay(),
        header.version(),
        header.time(),
        header.bits().toString(),
        header.nonce(),
        block.extraNonce(),
        header.toBytes(),
        Difficulty.ofTarget(header.target()).value(),
        block.chainWork().toHex(),
        block.transactions().stream().map(Transaction::payload).toArray(byte[][]::new),
        block.miner(),
        block.searchId(),
        Timestamp.from(block.minedAt()));
  }
}
