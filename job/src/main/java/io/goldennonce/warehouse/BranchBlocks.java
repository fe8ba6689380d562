package io.goldennonce.warehouse;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BranchBlock;
import io.goldennonce.chain.StoredBlock;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.Hash256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/**
 * The blocks of a warehouse as their branches see them, without Spark. Each file is read once,
 * those with the most work first, and no more of them than are asked for.
 */
public final class BranchBlocks {
  private final BlockTable table;
  private final Map<Hash256, BranchBlock> blocks = new HashMap<>();
  private final Set<Path> read = new HashSet<>();

  public BranchBlocks(Warehouse warehouse) {
    this(new BlockTable(warehouse));
  }

  BranchBlocks(BlockTable table) {
    this.table = table;
  }

  /** Knows a block that is not in the table, or not yet. */
  public void add(Block block) {
    blocks.putIfAbsent(block.hash(), BranchBlock.of(block));
  }

  /**
   * A block.
   *
   * @throws WarehouseException if it is not there
   */
  public BranchBlock get(Hash256 hash) {
    if (!blocks.containsKey(hash)) {
      for (Path file : unread()) {
        readFile(file);
        if (blocks.containsKey(hash)) {
          break;
        }
      }
    }
    BranchBlock block = blocks.get(hash);
    if (block == null) {
      throw new WarehouseException(
          "block "
              + hash.toDisplay()
              + " is missing, or its file is damaged; see what verify says");
    }
    return block;
  }

  /** All blocks. */
  public Collection<BranchBlock> all() {
    unread().forEach(this::readFile);
    return Collections.unmodifiableCollection(blocks.values());
  }

  /** The transactions with these ids, from all blocks. */
  public List<Transaction> transactions(Set<Hash256> ids) {
    Map<Hash256, Transaction> found = new HashMap<>();
    for (Path file : table.files()) {
      forEach(
          file,
          block ->
              block.transactions().stream()
                  .map(Transaction::ofBytes)
                  .filter(transaction -> ids.contains(transaction.id()))
                  .forEach(transaction -> found.put(transaction.id(), transaction)));
    }
    return List.copyOf(found.values());
  }

  private List<Path> unread() {
    List<Path> files = new ArrayList<>(table.files());
    files.removeAll(read);
    Collections.reverse(files);
    return files;
  }

  private void readFile(Path file) {
    forEach(
        file,
        block -> {
          BranchBlock seen = of(block);
          blocks.putIfAbsent(seen.hash(), seen);
        });
    read.add(file);
  }

  private void forEach(Path file, Consumer<StoredBlock> reader) {
    try {
      table.forEachBlock(file, reader);
    } catch (IOException | RuntimeException e) {
      // Where it is gone, a larger file has what it had.
      if (!table.isGone(file)) {
        ParquetTable.skipDamaged(file, e);
      }
    }
  }

  private static BranchBlock of(StoredBlock block) {
    return new BranchBlock(
        block.height(),
        Hash256.ofDisplay(block.hash()),
        Hash256.ofDisplay(block.previousHash()),
        block.transactions().stream().map(payload -> Transaction.ofBytes(payload).id()).toList());
  }
}
