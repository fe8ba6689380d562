package io.goldennonce.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.Branch;
import io.goldennonce.chain.BranchBlock;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.testing.Blocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolContentsTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration AT_ONCE = Duration.ofNanos(1);

  private final Path directory;
  private final Map<Hash256, BranchBlock> blocks = new HashMap<>();
  private final Journal journal = new Journal();
  private final List<Integer> waits = new ArrayList<>();

  PoolContentsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void next_enoughAreThere_isThatManyInTheirOrder() throws Exception {
    add("a", "b", "c", "d", "e");
    PoolContents contents = contents(2, NEVER);
    BranchBlock first = mined(null, next(contents, null));
    BranchBlock second = mined(first, next(contents, first));
    assertThat(ids(first)).containsExactly(id("a"), id("b"));
    assertThat(ids(second)).containsExactly(id("c"), id("d"));
    assertThat(waits).isEmpty();
    assertThat(journal.added).containsExactly(id("a"), id("b"), id("c"), id("d"), id("e"));
  }

  @Test
  void next_tooFew_waitsForMore() throws Exception {
    add("a");
    PoolContents contents =
        contents(
            2,
            NEVER,
            count -> {
              waits.add(count);
              add("b");
            });
    assertThat(next(contents, null)).containsExactly(tx("a"), tx("b"));
    assertThat(waits).containsExactly(1);
  }

  @Test
  void next_oneHasWaitedLongEnough_isFewer() throws Exception {
    add("a");
    assertThat(next(contents(2, AT_ONCE), null)).containsExactly(tx("a"));
  }

  @Test
  void next_none_waitsOnUntilStopped() throws Exception {
    add();
    int[] asked = {0};
    StopSignal stop = () -> asked[0]++ < 5 ? Optional.empty() : Optional.of(StopReason.DEADLINE);
    assertThat(contents(2, AT_ONCE).next(null, stop)).isEmpty();
    assertThat(waits).containsExactly(0);
  }

  @Test
  void next_anotherBranch_returnsWhatWasOnlyOnTheOldOne() throws Exception {
    add("a", "b", "c");
    PoolContents contents = contents(2, AT_ONCE);
    BranchBlock root = mined(null, List.of(tx("root")));
    BranchBlock stale = mined(root, next(contents, root));
    assertThat(ids(stale)).containsExactly(id("a"), id("b"));
    // Another miner has mined b and something that is not in this pool.
    BranchBlock other = mined(root, List.of(tx("b"), tx("foreign")));
    BranchBlock best = mined(other, List.of(tx("more")));
    assertThat(next(contents, best)).containsExactlyInAnyOrder(tx("a"), tx("c"));
    // And back again: nothing of that branch is mined twice on it.
    assertThat(next(contents, stale)).containsExactly(tx("c"));
  }

  @Test
  void next_theFileGoes_isNotMined() throws Exception {
    add("a", "b");
    PoolContents contents = contents(1, NEVER);
    BranchBlock first = mined(null, next(contents, null));
    Files.delete(directory.resolve("pool.jsonl"));
    Files.writeString(directory.resolve("other.jsonl"), "{\"data\":\"c\"}\n");
    assertThat(next(contents, first)).containsExactly(tx("c"));
  }

  @Test
  void journal_whatItKnows_isNotToldAgain() throws Exception {
    add("a", "a", "a");
    Files.writeString(directory.resolve("bad.jsonl"), "bad\nworse\nbad\n");
    BranchBlock first = mined(null, next(contents(1, NEVER), null));
    assertThat(journal.added).containsExactly(id("a"));
    assertThat(journal.rejected).hasSize(3);
    // Another process, later.
    add("b");
    assertThat(next(contents(1, NEVER), first)).containsExactly(tx("b"));
    assertThat(journal.added).containsExactly(id("a"), id("b"));
    assertThat(journal.rejected).hasSize(3).doesNotHaveDuplicates();
  }

  private PoolContents contents(int count, Duration maxWait) {
    return contents(count, maxWait, waits::add);
  }

  private PoolContents contents(int count, Duration maxWait, java.util.function.IntConsumer told) {
    Pool pool =
        Pool.open(
            directory.toString(), new Configuration(), new Pool.Settings(1_000, Duration.ZERO));
    return new PoolContents(
        pool,
        new Branch(hash -> Objects.requireNonNull(blocks.get(hash))),
        journal,
        new PoolContents.Settings(count, maxWait, Duration.ofMillis(1)),
        told,
        refused -> {});
  }

  private static List<Transaction> next(PoolContents contents, @Nullable BranchBlock parent)
      throws InterruptedException {
    BlockIndexEntry tip =
        parent == null ? null : Blocks.entry(parent.height(), parent.hash(), ChainWork.ZERO);
    return contents.next(tip, StopSignal.never()).orElseThrow();
  }

  private BranchBlock mined(@Nullable BranchBlock parent, List<Transaction> transactions) {
    BranchBlock block =
        new BranchBlock(
            parent == null ? 0 : parent.height() + 1,
            id("block " + blocks.size()),
            parent == null ? Hash256.ZERO : parent.hash(),
            transactions.stream().map(Transaction::id).toList());
    blocks.put(block.hash(), block);
    return block;
  }

  private static List<Hash256> ids(BranchBlock block) {
    return block.transactions();
  }

  private static Transaction tx(String data) {
    return Transaction.ofText(data);
  }

  private static Hash256 id(String data) {
    return tx(data).id();
  }

  private void add(String... data) {
    try {
      for (String each : data) {
        Files.writeString(
            directory.resolve("pool.jsonl"),
            "{\"data\":\"" + each + "\"}\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Remembers, as a table does. */
  private static final class Journal implements PoolJournal {
    final List<Hash256> added = new ArrayList<>();
    final List<Hash256> rejected = new ArrayList<>();

    @Override
    public Set<Hash256> knownTransactions() {
      return new HashSet<>(added);
    }

    @Override
    public Set<Hash256> knownRejections() {
      return new HashSet<>(rejected);
    }

    @Override
    public void added(List<Pooled> transactions) {
      assertThat(transactions).isNotEmpty();
      transactions.forEach(it -> added.add(it.id()));
    }

    @Override
    public void rejected(List<Rejection> rejections) {
      assertThat(rejections).isNotEmpty();
      rejections.forEach(it -> rejected.add(it.id()));
    }
  }
}
