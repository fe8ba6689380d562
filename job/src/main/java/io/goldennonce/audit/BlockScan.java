package io.goldennonce.audit;

import io.goldennonce.base.Failures;
import io.goldennonce.chain.BlockCheck;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.chain.Genesis;
import io.goldennonce.chain.Violation;
import io.goldennonce.chain.table.BlockTable;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.table.Part;
import io.goldennonce.table.StoredParquet;
import io.goldennonce.table.parquet.ParquetFile;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.work.BlockSearch;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks the blocks of one file, each by itself, in a task. */
final class BlockScan {
  private final Hash256 genesis;
  private final List<Violation> faults = new ArrayList<>();
  private final List<BlockIndexEntry> links = new ArrayList<>();
  private final HashMap<Hash256, String> roots = new HashMap<>();
  private String greatestWork = "";

  private BlockScan(Hash256 genesis) {
    this.genesis = genesis;
  }

  /**
   * The result for a part of the table.
   *
   * @param roots what blocks say of their chains' roots, by hash
   * @param gone whether the file no longer exists, as the listing is outdated
   */
  record Result(
      List<Violation> faults, List<BlockIndexEntry> links, Map<Hash256, String> roots, boolean gone)
      implements Serializable {}

  /**
   * Scans a part of the table. If a file is damaged, checks the rows before the damage and the
   * files that replace it.
   *
   * @param genesis the hash of the genesis block
   */
  static Result of(Part part, Storage storage, Hash256 genesis) {
    BlockScan scan = new BlockScan(genesis);
    boolean gone = scan.scan(part, storage);
    return new Result(scan.faults, scan.links, scan.roots, gone);
  }

  private boolean scan(Part part, Storage storage) {
    String path = storage.location() + "/" + part.file().path();
    List<String> columns = BlockTable.SCHEMA.names();
    Function<@Nullable Object[], StoredRow> rows = StoredRow.of(columns);
    greatestWork = "";
    try (ParquetFile file = StoredParquet.open(storage, part.file(), Selection.of(columns))) {
      for (@Nullable Object[] row = file.read(); row != null; row = file.read()) {
        BlockRow block = BlockTable.block(rows.apply(row));
        if (block.chainWork().compareTo(greatestWork) > 0) {
          greatestWork = block.chainWork();
        }
        if (part.holds(file.position())) {
          check(block);
        }
      }
      if (!part.file().name().startsWith(greatestWork)) {
        fileFault("a name that begins with its greatest work, " + greatestWork, path);
      }
      return false;
    } catch (IOException | RuntimeException e) {
      if (StoredParquet.isGone(e)) {
        return true;
      }
      fileFault("a Parquet file of blocks", path + ": " + Failures.line(e));
      boolean gone = false;
      for (Part fallback : part.fallbacks()) {
        gone |= scan(fallback, storage);
      }
      return gone;
    }
  }

  private void check(BlockRow block) {
    BlockCheck.Result result = BlockCheck.of(block);
    faults.addAll(result.faults());
    result.link().ifPresent(links::add);
    if (block.chainRoot() != null) {
      result.link().ifPresent(link -> roots.put(link.hash(), block.chainRoot()));
    }
    result
        .template()
        .ifPresent(
            template -> {
              String hash = result.link().map(link -> link.hash().toDisplay()).orElse("");
              List<String> ids =
                  hash.equals(genesis.toDisplay())
                      ? List.of(Genesis.SEARCH_ID)
                      : BlockSearch.finding(template, block.extraNonce(), block.version())
                          .map(
                              search ->
                                  SearchSpec.of(search, template.target(), ResultMode.ANY).id())
                          .toList();
              if (!ids.contains(block.searchId())) {
                String expected = String.join(" or ", ids);
                faults.add(
                    new Violation(block.height(), hash, "search_id", expected, block.searchId()));
              }
            });
  }

  private void fileFault(String expected, String found) {
    faults.add(new Violation(null, "", "file", expected, found));
  }
}
