package io.goldennonce.pool;

import io.goldennonce.chain.BranchBlock;
import io.goldennonce.pow.Hash256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a pool with the chain.
 *
 * @param mined number of transactions that are on the best branch once, and are or were in a pool
 * @param entries all other transactions
 */
public record PoolAudit(long mined, List<Entry> entries) {

  /** The state of a transaction. */
  public enum State {
    /** In the pool, and in no block yet. */
    PENDING(false),
    /** In the pool, and only in stale blocks: it will be mined again. */
    RETURNED(false),
    /** Was in the pool or in a stale block, and is in neither pool nor chain. */
    LOST(true),
    /** On the best branch, but never seen in a pool. */
    UNPOOLED(true),
    /** On the best branch more than once. */
    MINED_TWICE(true);

    private final boolean wrong;

    State(boolean wrong) {
      this.wrong = wrong;
    }

    public boolean isWrong() {
      return wrong;
    }
  }

  /**
   * A transaction and its state.
   *
   * @param height of the last block that holds it, on the best branch if there is one; null if none
   * @param since when it was added to the pool; null if unknown
   */
  public record Entry(Hash256 id, State state, @Nullable Long height, @Nullable Instant since) {}

  /**
   * Compares a pool with the chain.
   *
   * @param chain the blocks of the best branch; the genesis block is ignored
   * @param added when each transaction that was ever in a pool was added to it
   */
  public static PoolAudit of(
      Collection<BranchBlock> blocks,
      Collection<BranchBlock> chain,
      Collection<Pooled> pool,
      Map<Hash256, Instant> added) {
    Map<Hash256, Integer> times = new HashMap<>();
    Map<Hash256, Long> heights = new HashMap<>();
    Set<Hash256> all = new LinkedHashSet<>();
    Map<Hash256, Instant> since = new HashMap<>();
    Set<Hash256> pooled = new HashSet<>();
    for (Pooled each : pool) {
      pooled.add(each.id());
      since.put(each.id(), each.written());
    }
    since.putAll(added);
    all.addAll(pooled);
    all.addAll(added.keySet());
    List<BranchBlock> staleFirst = new ArrayList<>(blocks);
    staleFirst.removeAll(new HashSet<>(chain));
    for (BranchBlock block : staleFirst) {
      block.transactions().forEach(id -> heights.put(id, block.height()));
    }
    for (BranchBlock block : chain) {
      for (Hash256 id : block.height() == 0 ? List.<Hash256>of() : block.transactions()) {
        heights.put(id, block.height());
        times.merge(id, 1, Integer::sum);
      }
    }
    staleFirst.stream()
        .filter(block -> block.height() > 0)
        .forEach(b -> all.addAll(b.transactions()));
    all.addAll(times.keySet());
    long mined = 0;
    List<Entry> entries = new ArrayList<>();
    for (Hash256 id : all) {
      int count = times.getOrDefault(id, 0);
      if (count == 1 && since.containsKey(id)) {
        mined++;
      } else {
        State state = state(count, pooled.contains(id), heights.containsKey(id));
        entries.add(new Entry(id, state, heights.get(id), since.get(id)));
      }
    }
    return new PoolAudit(mined, List.copyOf(entries));
  }

  private static State state(int timesOnChain, boolean pooled, boolean inBlocks) {
    if (timesOnChain > 0) {
      return timesOnChain > 1 ? State.MINED_TWICE : State.UNPOOLED;
    }
    if (!pooled) {
      return State.LOST;
    }
    return inBlocks ? State.RETURNED : State.PENDING;
  }

  public long count(State state) {
    return entries.stream().filter(entry -> entry.state() == state).count();
  }
}
