package io.goldennonce.chain.table;

import static io.goldennonce.table.parquet.ColumnType.BINARIES;
import static io.goldennonce.table.parquet.ColumnType.BINARY;
import static io.goldennonce.table.parquet.ColumnType.DOUBLE;
import static io.goldennonce.table.parquet.ColumnType.INT;
import static io.goldennonce.table.parquet.ColumnType.LONG;
import static io.goldennonce.table.parquet.ColumnType.STRING;
import static io.goldennonce.table.parquet.ColumnType.TIMESTAMP;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import io.goldennonce.table.Part;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.warehouse.Warehouse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The table {@code blocks}: every block ever found, append-only.
 *
 * <p>A file's name begins with the greatest chain work in it, in 64 hex digits. So a listing and
 * one small file are enough to find the tip, without Spark SQL, whose first query takes longer than
 * many searches.
 */
public final class BlockTable {
  /** Its columns. A block is identified by {@code hash}. */
  public static final TableSchema<BlockRow> SCHEMA =
      TableSchema.<BlockRow>named("blocks")
          .required("height", LONG, BlockRow::height)
          .required("hash", STRING, BlockRow::hash)
          .required("previous_hash", STRING, BlockRow::previousHash)
          .required("merkle_root", STRING, BlockRow::merkleRoot)
          .required("version", INT, BlockRow::version)
          .required("time", LONG, BlockRow::time)
          .required("bits", STRING, BlockRow::bits)
          .required("nonce", LONG, BlockRow::nonce)
          .required("extra_nonce", LONG, BlockRow::extraNonce)
          .required("header", BINARY, BlockRow::header)
          .required("difficulty", DOUBLE, BlockRow::difficulty)
          .required("chain_work", STRING, BlockRow::chainWork)
          .required("transactions", BINARIES, BlockRow::transactions)
          .required("miner", STRING, BlockRow::miner)
          .required("search_id", STRING, BlockRow::searchId)
          .required("mined_at", TIMESTAMP, BlockRow::minedAt)
          .optional("chain_root", STRING, BlockRow::chainRoot);

  /** The columns of a {@link BlockIndexEntry}. */
  public static final List<String> INDEX_COLUMNS =
      List.of("height", "hash", "previous_hash", "time", "bits", "chain_work", "mined_at");

  private static final int WORK_DIGITS = 64;
  private static final int RECENT = 20;

  private final RecordTable<BlockRow> table;

  public BlockTable(Warehouse warehouse) {
    this.table = warehouse.table(SCHEMA);
  }

  /**
   * Appends a block, unless its file exists. The file is named after the block, so a block that two
   * processes find is appended once.
   */
  public void append(Block block) {
    append(BlockRow.of(block));
  }

  /** Appends a block with the root of its chain. */
  void append(BlockRow block) {
    table.appendOnce(name(block.chainWork(), block.hash()), List.of(block));
  }

  /** Returns the name of a block's file, without its extension. */
  static String name(Block block) {
    return name(block.chainWork().toHex(), block.hash().toDisplay());
  }

  private static String name(String work, String hash) {
    return work + "-" + hash;
  }

  /** Returns the parts that hold the blocks, to be read by tasks. */
  public List<Part> parts() {
    return table.snapshot().parts();
  }

  /**
   * Returns the block with the most chain work, the earliest mined on a tie; empty if there are no
   * blocks. A file that can't be read is skipped with a warning.
   */
  public Optional<BlockIndexEntry> tip() {
    return new BestBlock(table).look();
  }

  /** Returns the latest blocks, including stale ones: those with the most work, highest first. */
  public List<BlockRow> recent() {
    Optional<BlockIndexEntry> tip = tip();
    if (tip.isEmpty()) {
      return List.of();
    }
    long height = tip.get().height();
    Selection last =
        Selection.of(SCHEMA.names()).between("height", height - RECENT + 1, Long.MAX_VALUE);
    List<Part> parts = new ArrayList<>(parts());
    parts.sort(Comparator.comparing((Part part) -> work(part.file().name())).reversed());
    List<BlockRow> blocks = new ArrayList<>();
    for (Part part : parts.subList(0, Math.min(RECENT, parts.size()))) {
      blocks.addAll(table.read(part, last, BlockTable::block));
    }
    blocks.sort(Comparator.comparingLong(BlockRow::height).reversed());
    return blocks.subList(0, Math.min(RECENT, blocks.size()));
  }

  /** Returns the index entries of all blocks, in no particular order. */
  public List<BlockIndexEntry> index() {
    return table.read(Selection.of(INDEX_COLUMNS), part -> true, BlockTable::indexEntry);
  }

  /**
   * Returns the blocks with a value in a column.
   *
   * @param column {@code hash} or {@code search_id}
   */
  public List<BlockRow> with(String column, String value) {
    Selection equal = Selection.of(SCHEMA.names()).equal(column, value);
    return table.read(equal, part -> true, BlockTable::block);
  }

  /** Returns the greatest work in a file, as its name states it. */
  static String work(String name) {
    return name.substring(0, Math.min(name.length(), WORK_DIGITS));
  }

  /** Reads a block without checking it. */
  public static BlockRow block(StoredRow row) {
    return new BlockRow(
        row.getLong("height"),
        row.getString("hash"),
        row.getString("previous_hash"),
        row.getString("merkle_root"),
        row.getInt("version"),
        row.getLong("time"),
        row.getString("bits"),
        row.getLong("nonce"),
        row.getLong("extra_nonce"),
        row.getBytes("header"),
        row.getDouble("difficulty"),
        row.getString("chain_work"),
        row.getBinaries("transactions"),
        row.getString("miner"),
        row.getString("search_id"),
        row.getInstant("mined_at"),
        row.optional("chain_root", StoredRow::getString).orElse(null));
  }

  /** Reads an index entry, from {@link #INDEX_COLUMNS}. */
  public static BlockIndexEntry indexEntry(StoredRow row) {
    return new BlockIndexEntry(
        row.getLong("height"),
        Hash256.ofDisplay(row.getString("hash")),
        Hash256.ofDisplay(row.getString("previous_hash")),
        row.getLong("time"),
        CompactBits.ofHex(row.getString("bits")),
        ChainWork.ofHex(row.getString("chain_work")),
        row.getInstant("mined_at"));
  }
}
