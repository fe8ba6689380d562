package io.goldennonce.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.ChainTip;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.search.Found;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OwnChainTest {
  private static final OwnChain.Settings SETTINGS =
      new OwnChain.Settings(
          CompactBits.ofHex("207fffff"), "me", ResultMode.FIRST, Duration.ofMillis(1));

  private final Blocks blocks = new Blocks();

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
    assertThat(blocks.begun).isEmpty();
  }

  @Test
  void outdated_anotherMinerMovesTheTip_saysSoAndTheNextWorkIsOnTheNewTip()
      throws InterruptedException {
    try (OwnChain chain = chain(1);
        OwnChain other = chain(1)) {
      Work begun = next(chain);
      assertThat(begun.outdated().reason()).isEmpty();

      mine(next(other));

      while (begun.outdated().reason().isEmpty()) {
        Thread.sleep(1);
      }
      assertThat(begun.outdated().reason()).contains(StopReason.OUTDATED);
      Work next = next(chain);
      assertThat(next.title()).isEqualTo("block 1");
      assertThat(next.outdated().reason()).isEmpty();
    }
  }

  @Test
  void next_ofABlockBegunBefore_isTheSameSearch() throws InterruptedException {
    try (OwnChain chain = chain(1);
        OwnChain again = chain(1)) {
      assertThat(next(again).search().id()).isEqualTo(next(chain).search().id());
    }
  }

  @Test
  void ended_withoutASolution_keepsNothing() throws InterruptedException {
    try (OwnChain chain = chain(1)) {
      Work work = next(chain);
      SearchResult result = result(Outcome.DEADLINE, Optional.empty());
      assertThat(work.ended(result)).containsOnly(Map.entry("height", 0L));
      work.keep(result);
      assertThat(blocks.kept).isEmpty();
      assertThat(chain.next(StopSignal.never())).isPresent();
    }
  }

  private OwnChain chain(long count) {
    return new OwnChain(blocks, BlockContents.of(Transaction.ofText("hello")), SETTINGS, count);
  }

  private static Work next(OwnChain chain) throws InterruptedException {
    return chain.next(StopSignal.never()).orElseThrow();
  }

  private static void mine(Work work) {
    SearchSpec search = work.search();
    Found found =
        LongStream.range(0, 1_000)
            .mapToObj(position -> Found.confirm(search, position))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow();
    SearchResult result = result(Outcome.FOUND, Optional.of(found));
    assertThat(work.ended(result)).containsEntry("hash", found.hash().toDisplay());
    work.keep(result);
  }

  private static SearchResult result(Outcome outcome, Optional<Found> found) {
    return new SearchResult(
        outcome,
        found,
        new SearchResult.Work(1, 1, 0),
        Instant.ofEpochSecond(1_800_000_000),
        Duration.ofSeconds(1),
        Optional.empty(),
        1,
        Optional.empty());
  }

  /** A chain in memory; the longest branch is the best, as all blocks are equally hard. */
  private static final class Blocks implements BlockStore {
    final List<Block> kept = new ArrayList<>();
    final Map<String, Instant> begun = new HashMap<>();
    private Optional<ChainTip> tip = Optional.empty();

    @Override
    public synchronized Optional<ChainTip> tip() {
      return tip;
    }

    @Override
    public synchronized void append(Block block) {
      kept.add(block);
      if (tip.isEmpty() || block.height() > tip.get().height()) {
        tip = Optional.of(block.tip());
      }
    }

    @Override
    public Instant begun(String block) {
      return begun.computeIfAbsent(
          block, name -> Instant.ofEpochSecond(1_700_000_000 + begun.size()));
    }

    @Override
    public void ended(String block) {
      begun.remove(block);
    }
  }
}
