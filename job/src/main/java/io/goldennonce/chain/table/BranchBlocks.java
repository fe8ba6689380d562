package io.goldennonce.chain.table;

import io.goldennonce.base.LatestMap;
import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.chain.BranchBlock;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.Hash256;
import io.goldennonce.table.Part;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.StoredParquet;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.warehouse.Warehouse;
import io.goldennonce.warehouse.WarehouseException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of a warehouse as parts of branches, read without Spark. The table is listed once, and
 * again only after all listed files were read. Each file is read at most once, when it is needed,
 * those with the most work first. Thread-safe.
 */
public final class BranchBlocks {
  private static final Selection COLUMNS =
      Selection.of(List.of("height", "hash", "previous_hash", "transactions"));

  /** Number of appended blocks that are cached. */
  private static final int APPENDED = 1_000;

  private final RecordTable<BlockRow> table;
  private final Map<Hash256, BranchBlock> blocks = new HashMap<>();
  private final Set<String> read = new HashSet<>();
  private final Deque<Part> unread = new ArrayDeque<>();
  private final Map<Hash256, BranchBlock> appended = new LatestMap<>(APPENDED);

  public BranchBlocks(Warehouse warehouse) {
    this.table = warehouse.table(BlockTable.SCHEMA);
  }

  /** Adds a block that is not in the table, or not yet. */
  synchronized void add(Block block) {
    blocks.putIfAbsent(block.hash(), BranchBlock.of(block));
  }

  /** Adds a block that was appended. */
  synchronized void appended(Block block) {
    appended.put(block.hash(), BranchBlock.of(block));
  }

  /**
   * Returns a block.
   *
   * @throws WarehouseException if the table does not have it
   */
  public synchronized BranchBlock get(Hash256 hash) {
    BranchBlock block = find(hash);
    if (block == null) {
      list();
      block = find(hash);
    }
    if (block == null) {
      throw new WarehouseException(
          "block %s is missing, or its file is damaged; see what verify says"
              .formatted(hash.toDisplay()));
    }
    return block;
  }

  /** Returns all blocks. */
  public synchronized Collection<BranchBlock> all() {
    list();
    readAll();
    return Collections.unmodifiableCollection(blocks.values());
  }

  /** Returns the transactions with these ids, from all blocks. */
  public List<Transaction> transactions(Set<Hash256> ids) {
    Map<Hash256, Transaction> found = new HashMap<>();
    table
        .read(
            Selection.of(List.of("transactions")),
            row ->
                row.getBinaries("transactions").stream()
                    .map(Transaction::ofBytes)
                    .filter(transaction -> ids.contains(transaction.id()))
                    .toList())
        .forEach(each -> each.forEach(transaction -> found.put(transaction.id(), transaction)));
    return List.copyOf(found.values());
  }

  private @Nullable BranchBlock find(Hash256 hash) {
    BranchBlock own = appended.get(hash);
    if (own != null) {
      return own;
    }
    while (!blocks.containsKey(hash) && !unread.isEmpty()) {
      readNext();
    }
    return blocks.get(hash);
  }

  private void list() {
    unread.clear();
    List<Part> parts = new ArrayList<>(table.snapshot().parts());
    Collections.reverse(parts);
    parts.stream().filter(part -> !read.contains(part.file().name())).forEach(unread::add);
  }

  private void readAll() {
    while (!unread.isEmpty()) {
      readNext();
    }
  }

  private void readNext() {
    Part part = unread.remove();
    try {
      table
          .read(part, COLUMNS, BranchBlocks::of)
          .forEach(block -> blocks.putIfAbsent(block.hash(), block));
      read.add(part.file().name());
    } catch (UncheckedIOException e) {
      if (!StoredParquet.isGone(e)) {
        throw e;
      }
      list(); // a merged file has its blocks
    }
  }

  private static BranchBlock of(StoredRow row) {
    return new BranchBlock(
        row.getLong("height"),
        Hash256.ofDisplay(row.getString("hash")),
        Hash256.ofDisplay(row.getString("previous_hash")),
        row.getBinaries("transactions").stream()
            .map(payload -> Transaction.ofBytes(payload).id())
            .toList());
  }
}
