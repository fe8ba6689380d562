package io.goldennonce.pool;

import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.Branch;
import io.goldennonce.chain.BranchBlock;
import io.goldennonce.chain.Reorg;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.BlockContents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Selects the transactions of a pool that are not yet on the branch below the block. Transactions
 * of a stale block are therefore mined again, and none is mined twice on one branch.
 */
public final class PoolContents implements BlockContents {
  private static final long POLL_MILLIS = 20;

  /**
   * When to start a block.
   *
   * @param blockTransactions number of waiting transactions that starts a block
   * @param maxWait how long a transaction waits before a block with fewer is started
   * @param interval how often to look for new transactions
   */
  public record Settings(int blockTransactions, Duration maxWait, Duration interval) {}

  private final Pool pool;
  private final Branch branch;
  private final PoolJournal journal;
  private final Settings settings;
  private final IntConsumer waits;
  private final IntConsumer refused;
  private final Set<Hash256> known;
  private final Set<Hash256> knownRejections;

  /** Transactions that are in the pool and not on the branch. */
  private final Map<Hash256, Pooled> waiting = new LinkedHashMap<>();

  /**
   * @param branch the branch below the blocks
   * @param journal records new transactions and refusals
   * @param waits called once per block with the number of transactions, if they are too few
   * @param refused called with the number of newly rejected records
   */
  public PoolContents(
      Pool pool,
      Branch branch,
      PoolJournal journal,
      Settings settings,
      IntConsumer waits,
      IntConsumer refused) {
    this.refused = refused;
    this.pool = pool;
    this.branch = branch;
    this.journal = journal;
    this.settings = settings;
    this.waits = waits;
    this.known = new HashSet<>(journal.knownTransactions());
    this.knownRejections = new HashSet<>(journal.knownRejections());
  }

  /** The transactions available now for the block after a parent, maybe none; does not wait. */
  public List<Transaction> now(@Nullable BlockIndexEntry parent) {
    moveTo(parent == null ? Hash256.ZERO : parent.hash());
    look();
    return first();
  }

  /** Number of transactions that waited for a block at the last look. */
  public int waiting() {
    return waiting.size();
  }

  @Override
  public Optional<List<Transaction>> next(@Nullable BlockIndexEntry parent, StopSignal stop)
      throws InterruptedException {
    moveTo(parent == null ? Hash256.ZERO : parent.hash());
    boolean reported = false;
    while (stop.reason().isEmpty()) {
      look();
      if (isTime()) {
        return Optional.of(first());
      }
      if (!reported) {
        waits.accept(waiting.size());
        reported = true;
      }
      pause(stop);
    }
    return Optional.empty();
  }

  private List<Transaction> first() {
    return waiting.values().stream()
        .limit(settings.blockTransactions())
        .map(Pooled::transaction)
        .toList();
  }

  private void moveTo(Hash256 tip) {
    Reorg reorg = branch.moveTo(tip);
    for (BranchBlock block : reorg.connected()) {
      block.transactions().forEach(waiting::remove);
    }
    for (BranchBlock block : reorg.disconnected()) {
      for (Hash256 id : block.transactions()) {
        pool.get(id).filter(pooled -> !branch.holds(id)).ifPresent(it -> waiting.put(id, it));
      }
    }
  }

  private void look() {
    Pool.Look look;
    try {
      look = pool.look();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the pool: " + e.getMessage(), e);
    }
    look.gone().forEach(waiting::remove);
    for (Pooled pooled : look.added()) {
      if (!branch.holds(pooled.id())) {
        waiting.put(pooled.id(), pooled);
      }
    }
    List<Pooled> added = look.added().stream().filter(it -> known.add(it.id())).toList();
    if (!added.isEmpty()) {
      journal.added(added);
    }
    List<Rejection> rejected =
        look.rejected().stream().filter(it -> knownRejections.add(it.id())).toList();
    if (!rejected.isEmpty()) {
      journal.rejected(rejected);
    }
    if (!look.rejected().isEmpty()) {
      refused.accept(look.rejected().size());
    }
  }

  private boolean isTime() {
    if (waiting.size() >= settings.blockTransactions()) {
      return true;
    }
    long now = System.nanoTime();
    return waiting.values().stream()
        .anyMatch(pooled -> now - pooled.readNanos() >= settings.maxWait().toNanos());
  }

  /** Waits for the next look, or until stopped. */
  private void pause(StopSignal stop) throws InterruptedException {
    long until = System.nanoTime() + settings.interval().toNanos();
    while (until - System.nanoTime() > 0 && stop.reason().isEmpty()) {
      Thread.sleep(POLL_MILLIS);
    }
  }
}
