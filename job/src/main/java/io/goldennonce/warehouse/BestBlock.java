package io.goldennonce.warehouse;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.ChainTip;
import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.Hash256;
import io.goldennonce.table.Part;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.table.storage.StoredFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * The best block seen so far: the one with the most chain work, the earliest mined on a tie. It is
 * only ever replaced by a better one, so looks may overlap with each other and with appends.
 * Thread-safe.
 */
final class BestBlock {
  private static final List<String> COLUMNS =
      List.of("height", "hash", "chain_work", "time", "mined_at");

  private final RecordTable<Block> table;
  private @Nullable Candidate best;

  /** The files whose names promise as much work as the best block has, and that were read. */
  private Set<String> read = new HashSet<>();

  private record Candidate(ChainTip tip, Instant minedAt) {
    static final Comparator<Candidate> BEST_FIRST =
        Comparator.<Candidate, ChainWork>comparing(candidate -> candidate.tip().chainWork())
            .reversed()
            .thenComparing(Candidate::minedAt)
            .thenComparing(candidate -> candidate.tip().hash().toDisplay());

    String work() {
      return tip.chainWork().toHex();
    }
  }

  BestBlock(RecordTable<Block> table) {
    this.table = table;
  }

  /** The best block of the last look or append, without any. */
  synchronized Optional<ChainTip> last() {
    return Optional.ofNullable(best).map(Candidate::tip);
  }

  /** Takes a block that was appended. */
  synchronized void appended(Block block) {
    consider(
        new Candidate(
            new ChainTip(block.height(), block.hash(), block.chainWork(), block.header().time()),
            block.minedAt()));
    read.add(BlockTable.name(block) + ".parquet");
  }

  /**
   * Looks at what others have appended. As a rule that is one pass over the names, which tells that
   * none promises more; else a listing follows, and each file whose name promises as much work as
   * the best block has is read once. A pass over names may miss a file that is retired meanwhile;
   * the next look finds what replaced it.
   */
  Optional<ChainTip> look() {
    if (table.names().stream().noneMatch(this::promises)) {
      return last();
    }
    List<StoredFile> files = new ArrayList<>(table.files());
    files.sort(Comparator.comparing((StoredFile file) -> BlockTable.work(file)).reversed());
    for (StoredFile file : files) {
      String least = least();
      if (BlockTable.work(file).compareTo(least) < 0) {
        break;
      }
      if (promises(file.name())) {
        Selection better =
            Selection.of(
                COLUMNS,
                FilterApi.gtEq(FilterApi.binaryColumn("chain_work"), Binary.fromString(least)));
        List<Candidate> candidates =
            table.read(new Part(file, List.of(), List.of()), better, BestBlock::candidate);
        synchronized (this) {
          candidates.forEach(this::consider);
          read.add(file.name());
        }
      }
    }
    return last();
  }

  private synchronized String least() {
    return best == null ? "" : best.work();
  }

  private synchronized boolean promises(String name) {
    return BlockTable.work(name).compareTo(least()) >= 0 && !read.contains(name);
  }

  private void consider(Candidate candidate) {
    Candidate before = best;
    if (before == null || Candidate.BEST_FIRST.compare(candidate, before) < 0) {
      best = candidate;
      if (before != null && !before.work().equals(candidate.work())) {
        read.removeIf(name -> name.compareTo(candidate.work()) < 0);
      }
    }
  }

  private static Candidate candidate(StoredRow row) {
    ChainTip tip =
        new ChainTip(
            row.getLong("height"),
            Hash256.ofDisplay(row.getString("hash")),
            ChainWork.ofHex(row.getString("chain_work")),
            row.getLong("time"));
    return new Candidate(tip, row.getInstant("mined_at"));
  }
}
