package io.goldennonce.scripts;

import io.goldennonce.chain.BlockRow;
import io.goldennonce.pow.Hash256;
import io.goldennonce.pow.Target;
import io.goldennonce.proof.TreeHead;
import io.goldennonce.proof.file.SearchProofFile;
import io.goldennonce.search.LowestHash;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.SearchTemplate;
import io.goldennonce.search.Shares;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.search.ledger.LedgerTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A search whose ledger is as honest executors fill it, each row hashed by {@code MessageDigest}.
 *
 * @param shareBits of its shares; 0 for none
 */
record SimulatedSearch(
    SearchTemplate template, Target target, int shareBits, Optional<BlockRow> block) {
  private static final Instant START = Instant.parse("2026-11-28T05:00:00.123456Z");

  /** Hosts and devices are texts from outside. */
  private static final List<String> HOSTS = List.of("host-1", "höst \"2\"\\", "\t\u0001/ é");

  /** Its proof file, with rows of random lengths, after some of which runs have ended. */
  SearchProofFile over(NonceRange range, int rows, Random random) {
    SearchSpec spec = new SearchSpec(template, target, range, ResultMode.ANY);
    List<LedgerRow> ledger = new ArrayList<>();
    long from = range.from();
    while (from < range.to()) {
      long length = 1 + random.nextLong(1 + 2 * range.size() / rows);
      ledger.add(row(spec, from, from + Math.min(range.to() - from, length), ledger.size()));
      from = ledger.get(ledger.size() - 1).range().to();
    }
    String text = template.canonicalText();
    List<TreeHead> told = new ArrayList<>();
    for (int size : new int[] {ledger.size() / 3, ledger.size()}) {
      told.add(LedgerTree.of(text, target, ledger.subList(0, size)).head());
    }
    return new SearchProofFile(spec.id(), text, target, ledger, told, block);
  }

  /** A row that ends at its end, or at a solution before. */
  private LedgerRow row(SearchSpec spec, long from, long end, int number) {
    long to = from;
    @Nullable Long solution = null;
    @Nullable LowestHash best = null;
    List<Long> shares = new ArrayList<>();
    for (; to < end && solution == null; to++) {
      Hash256 hash = spec.distanceAt(to);
      best = best == null || hash.compareTo(best.hash()) < 0 ? new LowestHash(hash, to) : best;
      if (hash.leadingZeroBits() >= shareBits) {
        shares.add(to);
      }
      solution = target.isMetBy(hash) ? Long.valueOf(to) : null;
    }
    return new LedgerRow(
        new NonceRange(from, to),
        best,
        solution,
        shareBits == 0 ? Shares.NONE : Shares.of(shareBits, shares),
        HOSTS.get(number % HOSTS.size()),
        "" + number % 2,
        "scalar",
        number % 4 == 0 ? "GPU" : null,
        START.plusSeconds(number),
        START.plusSeconds(number + 1));
  }
}
