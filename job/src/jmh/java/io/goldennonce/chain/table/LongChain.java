package io.goldennonce.chain.table;

import io.goldennonce.warehouse.Warehouse;

import io.goldennonce.search.table.SearchTable;
import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.work.BlockSearch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Extends the chain in a warehouse by many easy, valid blocks, with a run in {@code searches} for
 * each, to measure what commands cost on a long chain. No benchmark by itself: docs/storage.md has
 * the commands and figures.
 *
 * <p>Arguments: the warehouse, which has a block already ({@code mine}), how many blocks, and how
 * many rows per file; by default a thousand, as compactions leave them.
 */
public final class LongChain {
  /** Every other hash meets it. */
  private static final CompactBits EASY = CompactBits.ofHex("207fffff");

  private static final int ROWS = 1_000;

  private LongChain() {}

  public static void main(String[] arguments) {
    Warehouse warehouse = Warehouse.open(arguments[0], new Configuration());
    int count = Integer.parseInt(arguments[1]);
    int rows = arguments.length > 2 ? Integer.parseInt(arguments[2]) : ROWS;
    BlockIndexEntry tip = new BlockTable(warehouse).tip().orElseThrow();
    SearchTable searches = new SearchTable(warehouse);
    List<Block> blocks = new ArrayList<>();
    List<SearchTable.Run> runs = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 1; i <= count; i++) {
      BlockTemplate template =
          BlockTemplate.of(
              tip, List.of(Transaction.ofText("block " + i)), EASY, tip.time(), "LongChain");
      SearchSpec search =
          SearchSpec.of(new BlockSearch(template, 0), template.target(), ResultMode.ANY);
      long nonce = 0;
      while (!template.header(0).withNonce(nonce).meetsTarget()) {
        nonce++;
      }
      Instant started = Instant.ofEpochSecond(tip.time()).plusMillis(i);
      Block block = template.solve(0, nonce, search.id(), started.plusSeconds(1));
      blocks.add(block);
      runs.add(run(search, nonce, started));
      tip = block.indexEntry();
      if (blocks.size() == rows || i == count) {
        warehouse
            .table(BlockTable.SCHEMA)
            .append(BlockTable.name(block), blocks.stream().map(BlockRow::of).toList());
        searches.append(runs);
        blocks.clear();
        runs.clear();
      }
    }
    System.out.printf("%d blocks in %.1f s%n", count, (System.nanoTime() - start) * 1e-9);
  }

  private static SearchTable.Run run(SearchSpec search, long nonce, Instant started) {
    return new SearchTable.Run(
        new SearchTable.Application("LongChain", "none"),
        "mine",
        search,
        new SearchResult(
            Outcome.FOUND,
            List.of(Solution.confirm(search, nonce).orElseThrow()),
            new SearchResult.Work(nonce + 1, nonce + 1, 0, Duration.ZERO),
            started,
            Duration.ofSeconds(1),
            Optional.empty(),
            1,
            Optional.empty(),
            SearchResult.Evidence.NONE),
        Optional.empty());
  }
}
