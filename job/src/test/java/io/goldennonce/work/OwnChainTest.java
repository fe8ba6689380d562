package io.goldennonce.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockCheck;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.chain.BranchBlock;
import io.goldennonce.chain.ChainEvent;
import io.goldennonce.chain.EventLog;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.testing.Results;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnChainTest {
  private static final OwnChain.Settings SETTINGS =
      new OwnChain.Settings(
          CompactBits.ofHex("207fffff"), "me", ResultMode.ANY, Duration.ofMillis(1), 3);

  private final Blocks blocks = new Blocks();
  private final List<ChainEvent> events = new ArrayList<>();
  private final EventLog log = events::addAll;

  @Test
  void next_asManyTimesAsAsked_givesBlocksOnTopOfEachOther() throws InterruptedException {
    try (OwnChain chain = chain(3)) {
      for (long height = 0; height < 3; height++) {
        Work work = next(chain);
        assertThat(work.title()).isEqualTo("block " + height);
        mine(work);
      }
      assertThat(chain.next(StopSignal.never())).isEmpty();
    }
    assertThat(blocks.kept).extracting(Block::height).containsExactly(0L, 1L, 2L);
    assertThat(blocks.kept.get(2).header().previousHash()).isEqualTo(blocks.kept.get(1).hash());
    assertThat(blocks.started).isEmpty();
  }

  @Test
  void outdated_anotherMinerMovesTheTip_saysSoAndTheNextWorkIsOnTheNewTip()
      throws InterruptedException {
    try (OwnChain chain = chain(1);
        OwnChain other = chain(1)) {
      Work running = next(chain);
      assertThat(running.outdated().reason()).isEmpty();

      mine(next(other));

      while (running.outdated().reason().isEmpty()) {
        Thread.sleep(1);
      }
      assertThat(running.outdated().reason()).contains(StopReason.OUTDATED);
      Work next = next(chain);
      assertThat(next.title()).isEqualTo("block 1");
      assertThat(next.outdated().reason()).isEmpty();
    }
  }

  @Test
  void next_ofABlockBegunBefore_isTheSameSearch() throws InterruptedException {
    try (OwnChain chain = chain(1)) {
      Work work = next(chain);
      assertThat(work.isNew()).isTrue();
      assertThat(blocks.started).as("until the search takes a while").isEmpty();
      work.started();
      try (OwnChain again = chain(1)) {
        Work resumed = next(again);
        assertThat(resumed.isNew()).isFalse();
        assertThat(resumed.search().id()).isEqualTo(work.search().id());
      }
    }
  }

  /** As 0.1.0 started it, or a run on GPUs: its ledger counts the nonces of one version. */
  @Test
  void next_ofABlockBegunWithAFixedVersion_keepsIt() throws InterruptedException {
    OwnChain.Settings fixed =
        new OwnChain.Settings(SETTINGS.bits(), "me", SETTINGS.mode(), SETTINGS.tipInterval(), 0);
    BlockContents hello = BlockContents.of(Transaction.ofText("hello"));
    try (OwnChain before = new OwnChain(blocks, hello, fixed, log, 1);
        OwnChain chain = chain(2)) {
      Work work = next(before);
      work.started();
      Work resumed = next(chain);
      assertThat(resumed.isNew()).isFalse();
      assertThat(resumed.search().id()).isEqualTo(work.search().id());
      assertThat(resumed.search().template().variant(0).versions()).isEqualTo(1);
      mine(resumed);
      assertThat(next(chain).search().template().variant(0).versions()).isEqualTo(8);
    }
  }

  @Test
  void deliver_aSolutionWithARolledVersion_keepsItsBlock() throws InterruptedException {
    try (OwnChain chain = chain(20)) {
      for (int i = 0; i < 20; i++) {
        mine(next(chain));
      }
    }
    assertThat(blocks.kept)
        .allSatisfy(block -> assertThat(BlockCheck.of(BlockRow.of(block)).faults()).isEmpty())
        .anySatisfy(
            block -> assertThat(block.header().version()).isNotEqualTo(BlockTemplate.VERSION));
  }

  @Test
  void next_ofTwoProcessesWithTheSameOptions_areDifferentHeaders() throws InterruptedException {
    try (OwnChain chain = chain(1);
        OwnChain other = chain(1)) {
      SearchSpec one = next(chain).search();
      SearchSpec two = next(other).search();
      assertThat(one.template().variant(0).message(0))
          .isNotEqualTo(two.template().variant(0).message(0));
    }
  }

  @Test
  void ended_withoutASolution_keepsNothing() throws InterruptedException {
    try (OwnChain chain = chain(1)) {
      Work work = next(chain);
      SearchResult result = Results.unsolved(Outcome.DEADLINE);
      assertThat(work.deliver(result)).isEqualTo(new Delivery(Map.of("height", 0L), false));
      assertThat(blocks.kept).isEmpty();
      assertThat(chain.next(StopSignal.never())).isPresent();
    }
  }

  @Test
  void log_blocksFoundAndGoneStale_hasThemInTheirOrder() throws InterruptedException {
    OwnChain.Settings rivals =
        new OwnChain.Settings(SETTINGS.bits(), "rival", SETTINGS.mode(), SETTINGS.tipInterval(), 3);
    BlockContents hello = BlockContents.of(Transaction.ofText("hello"));
    try (OwnChain chain = chain(2);
        OwnChain other = new OwnChain(blocks, hello, rivals, log, 2)) {
      Work first = next(chain);
      Work rival = next(other);
      mine(rival);
      mine(first);
      // The first of equals stays the tip, so that the second is stale at once.
      next(chain);
      assertThat(events)
          .extracting(ChainEvent::kind, ChainEvent::height)
          .containsExactly(
              tuple(ChainEvent.Kind.BLOCK_FOUND, 0L),
              tuple(ChainEvent.Kind.BLOCK_ADDED, 0L),
              tuple(ChainEvent.Kind.BLOCK_FOUND, 0L),
              tuple(ChainEvent.Kind.BLOCK_ADDED, 0L),
              tuple(ChainEvent.Kind.BLOCK_STALE, 0L));
      assertThat(events.get(4).subject()).isEqualTo(blocks.kept.get(1).hash().toDisplay());
      assertThat(events.get(4).detail()).contains(blocks.kept.get(0).hash().toDisplay());
    }
  }

  @Test
  void log_anotherBranchOvertakes_hasAllBlocksOfTheOldOne() throws InterruptedException {
    Block root = Blocks.on(null, "root");
    Block one = Blocks.on(root.indexEntry(), "one");
    Block two = Blocks.on(one.indexEntry(), "two");
    Block rival = Blocks.on(root.indexEntry(), "rival");
    Block second = Blocks.on(rival.indexEntry(), "second");
    Block best = Blocks.on(second.indexEntry(), "best");
    try (OwnChain chain = chain(1)) {
      List.of(root, one, two).forEach(blocks::append);
      next(chain);
      List.of(rival, second, best).forEach(blocks::append);
      assertThat(next(chain).title()).isEqualTo("block 4");
    }
    assertThat(events)
        .extracting(ChainEvent::kind, ChainEvent::subject)
        .containsExactly(
            tuple(ChainEvent.Kind.BLOCK_STALE, two.hash().toDisplay()),
            tuple(ChainEvent.Kind.BLOCK_STALE, one.hash().toDisplay()));
  }

  @Test
  void next_onATipMoreThanTwoHoursAhead_isRefused() throws InterruptedException {
    long now = Instant.now().getEpochSecond();
    Block near = blockAt(null, now + BlockCheck.MAX_AHEAD_SECONDS);
    blocks.append(near);
    try (OwnChain chain = chain(1)) {
      assertThat(next(chain).title()).isEqualTo("block 1");
      // A minute for the clock to go on in.
      blocks.append(blockAt(near.indexEntry(), now + BlockCheck.MAX_AHEAD_SECONDS + 60));
      assertThatThrownBy(() -> next(chain))
          .isInstanceOf(TipAheadException.class)
          .hasMessageMatching(
              "no block can follow yet: the tip's time must be at most 7200 s ahead of the clock,"
                  + " got 72[0-9]{2} s \\(block 1 [0-9a-f]{64}\\); set this machine's clock, or"
                  + " wait");
    }
  }

  private static Block blockAt(@Nullable BlockIndexEntry parent, long time) {
    List<Transaction> data = List.of(Transaction.ofText("ahead"));
    BlockTemplate template = BlockTemplate.of(parent, data, SETTINGS.bits(), time, "me");
    long nonce = 0;
    while (!template.header(0).withNonce(nonce).meetsTarget()) {
      nonce++;
    }
    return template.solve(0, nonce, "0123456789abcdef", Instant.ofEpochSecond(time));
  }

  @Test
  void giveWay_toAnotherProcess_isAnotherSearchForTheSameBlock() throws InterruptedException {
    try (OwnChain chain = chain(1)) {
      Work taken = next(chain);
      assertThat(taken.giveWay()).isTrue();
      Work next = next(chain);
      assertThat(next.title()).isEqualTo(taken.title());
      assertThat(next.search().id()).isNotEqualTo(taken.search().id());
      mine(next);
    }
    assertThat(blocks.kept)
        .singleElement()
        .satisfies(block -> assertThat(block.extraNonce()).isGreaterThanOrEqualTo(1L << 40));
  }

  @Test
  void next_theTipMovesWhileWaitingForTransactions_asksAgainForTheNewTip()
      throws InterruptedException {
    List<Optional<BlockIndexEntry>> asked = new ArrayList<>();
    BlockContents contents =
        (parent, stop) -> {
          asked.add(Optional.ofNullable(parent));
          if (parent == null) {
            blocks.append(Blocks.on(null, "another's"));
            while (stop.reason().isEmpty()) {
              Thread.sleep(1);
            }
            return Optional.empty();
          }
          return Optional.of(List.of(Transaction.ofText("mine")));
        };
    try (OwnChain chain = new OwnChain(blocks, contents, SETTINGS, log, 1)) {
      assertThat(next(chain).title()).isEqualTo("block 1");
    }
    assertThat(asked).containsExactly(Optional.empty(), blocks.tip());
  }

  @Test
  void keep_anOutdatedBlock_forgetsWhenItWasBegun() throws InterruptedException {
    try (OwnChain chain = chain(1)) {
      Work work = next(chain);
      work.started();
      work.deliver(Results.unsolved(Outcome.DEADLINE));
      assertThat(blocks.started).hasSize(1);
      work.deliver(Results.unsolved(Outcome.OUTDATED));
      assertThat(blocks.started).isEmpty();
    }
  }

  @Test
  void dropIfOutdated_anotherHasFoundTheVeryBlock_looksAndForgetsWhenItWasBegun()
      throws InterruptedException {
    OwnChain.Settings seldom =
        new OwnChain.Settings(
            SETTINGS.bits(), SETTINGS.miner(), SETTINGS.mode(), Duration.ofHours(1), 3);
    BlockContents hello = BlockContents.of(Transaction.ofText("hello"));
    try (OwnChain chain = new OwnChain(blocks, hello, seldom, log, 1);
        OwnChain other = chain(1)) {
      Work running = next(chain);
      running.started();
      assertThat(running.dropIfOutdated()).isFalse();
      Work same = next(other);
      assertThat(same.search().id()).isEqualTo(running.search().id());
      mine(same);

      assertThat(running.dropIfOutdated()).isTrue();
      assertThat(blocks.started).isEmpty();
      assertThat(running.outdated().reason()).contains(StopReason.OUTDATED);
      assertThat(next(chain).title()).isEqualTo("block 1");
    }
  }

  private OwnChain chain(long count) {
    return new OwnChain(
        blocks, BlockContents.of(Transaction.ofText("hello")), SETTINGS, log, count);
  }

  private static Work next(OwnChain chain) throws InterruptedException {
    return chain.next(StopSignal.never()).orElseThrow();
  }

  private static void mine(Work work) {
    SearchResult result = Results.solved(work.search());
    Delivery delivery = work.deliver(result);
    assertThat(delivery.goesOn()).isTrue();
    assertThat(delivery.facts())
        .containsEntry("hash", result.found().orElseThrow().hash().toDisplay());
  }

  /** A chain in memory; the longest branch is the best, as all blocks are equally hard. */
  private static final class Blocks implements BlockStore {
    final List<Block> kept = new ArrayList<>();
    final Map<String, Start> started = new HashMap<>();
    private Optional<BlockIndexEntry> tip = Optional.empty();

    static Block on(@Nullable BlockIndexEntry parent, String data) {
      return io.goldennonce.testing.Blocks.block(
          parent, data, SETTINGS.bits(), Instant.ofEpochSecond(1_800_000_000));
    }

    @Override
    public synchronized Optional<BlockIndexEntry> tip() {
      return tip;
    }

    @Override
    public synchronized void append(Block block) {
      kept.add(block);
      if (tip.isEmpty() || block.height() > tip.get().height()) {
        tip = Optional.of(block.indexEntry());
      }
    }

    @Override
    public synchronized BranchBlock block(Hash256 hash) {
      return kept.stream()
          .filter(block -> block.hash().equals(hash))
          .map(BranchBlock::of)
          .findFirst()
          .orElseThrow();
    }

    @Override
    public Optional<Start> started(String block) {
      return Optional.ofNullable(started.get(block));
    }

    @Override
    public void start(String block, Start start) {
      started.put(block, start);
    }

    @Override
    public void ended(String block) {
      started.remove(block);
    }
  }
}
