package io.goldennonce.app;

import io.goldennonce.chain.BestChain;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.table.BlockTable;
import io.goldennonce.pow.Hash256;
import io.goldennonce.proof.file.BlockProofFile;
import io.goldennonce.proof.file.SearchProofFile;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.search.table.RangeTable;
import io.goldennonce.search.table.SearchRecord;
import io.goldennonce.warehouse.Warehouse;
import java.util.List;

/** Makes proof files of what is in a warehouse: {@code prove}. */
public final class ProofFiles {
  private ProofFiles() {}

  /**
   * The proof file of a search.
   *
   * @throws UsageException if it is not in the warehouse
   */
  public static SearchProofFile ofSearch(Warehouse warehouse, String searchId) {
    List<SearchRecord> runs = SearchRecord.of(warehouse, searchId);
    if (runs.isEmpty()) {
      throw new UsageException(
          "--search must be the search_id of a search in the warehouse, got " + searchId);
    }
    List<LedgerRow> rows = new RangeTable(warehouse).rows(searchId);
    return new SearchProofFile(
        searchId,
        runs.get(0).template(),
        runs.get(0).target(),
        rows,
        runs.stream().flatMap(run -> run.told().stream()).toList(),
        new BlockTable(warehouse).with("search_id", searchId).stream().findFirst());
  }

  /**
   * The proof file of a block of the chain.
   *
   * @throws UsageException if the chain is not as high
   */
  public static BlockProofFile ofBlock(Warehouse warehouse, long height) {
    BlockTable table = new BlockTable(warehouse);
    List<Hash256> chain = BestChain.of(table.index()).stream().map(BlockIndexEntry::hash).toList();
    if (height < 0 || height >= chain.size()) {
      throw new UsageException(
          "--block must be a height of the chain, 0 to %s, got %s"
              .formatted(chain.size() - 1, height));
    }
    String hash = chain.get((int) height).toDisplay();
    return new BlockProofFile(chain, table.with("hash", hash).get(0));
  }
}
