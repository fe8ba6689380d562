package io.goldennonce.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import io.goldennonce.testing.Blocks;
import io.goldennonce.testing.Chains;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChainCheckTest {
  private static final List<Block> CHAIN = Chains.chain(12, Blocks.EASY);

  @Test
  void faults_soundChainInAnyOrder_areNone() {
    List<BlockIndexEntry> links = links(CHAIN);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(links, new Random(i));
      assertThat(ChainCheck.faults(links, Chains.RULES)).isEmpty();
    }
    assertThat(ChainCheck.faults(List.of(), Chains.RULES)).isEmpty();
  }

  @Test
  void faults_staleBranch_areNone() {
    List<Block> all = new ArrayList<>(CHAIN);
    BlockIndexEntry parent = CHAIN.get(4).indexEntry();
    Block stale = Chains.block(parent, Blocks.HARDER, parent.time(), List.of("s"), "other");
    all.add(stale);
    assertThat(ChainCheck.faults(links(all), Chains.RULES)).isEmpty();
    ChainState state = ChainState.of(links(all), Chains.RULES);
    assertThat(state.tip().map(BlockIndexEntry::hash)).contains(stale.hash());
    assertThat(state.stale()).isEqualTo(8);
  }

  @Test
  void faults_missingBlock_isToldOfItsChildAlone() {
    List<Block> some = new ArrayList<>(CHAIN);
    some.remove(5);
    assertThat(ChainCheck.faults(links(some), Chains.RULES))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.height()).isEqualTo(6);
              assertThat(fault.rule()).isEqualTo("link");
              assertThat(fault.expected()).contains(CHAIN.get(5).hash().toDisplay());
            });
  }

  @Test
  void faults_wrongHeightOrWork_areToldWhereTheyStandAlone() {
    List<BlockIndexEntry> links = links(CHAIN);
    BlockIndexEntry right = links.get(5);
    links.set(5, with(right, 6, right.chainWork()));
    assertThat(ChainCheck.faults(links, Chains.RULES))
        .singleElement()
        .isEqualTo(new Violation(6L, right.hash().toDisplay(), "height", "5", "6"));

    links.set(5, with(right, 5, right.chainWork().plus(right.work())));
    assertThat(ChainCheck.faults(links, Chains.RULES))
        .extracting(Violation::height, Violation::rule)
        .containsExactly(tuple(5L, "chain_work"));
  }

  @Test
  void faults_timeBeforeTheParents_isTold() {
    List<Block> all = new ArrayList<>(CHAIN);
    BlockIndexEntry tip = CHAIN.get(12).indexEntry();
    all.add(Chains.block(tip, Blocks.EASY, tip.time() - 1, List.of("t"), "m"));
    assertThat(ChainCheck.faults(links(all), Chains.RULES))
        .singleElement()
        .extracting(Violation::rule)
        .isEqualTo("time");
  }

  @Test
  void faults_anotherFirstBlock_isTold() {
    Block other = Genesis.block(Chains.BEGIN, "another", 1);
    assertThat(ChainCheck.faults(links(List.of(other)), Chains.RULES))
        .singleElement()
        .isEqualTo(
            new Violation(
                0L,
                other.hash().toDisplay(),
                "genesis",
                Chains.GENESIS.hash().toDisplay(),
                other.hash().toDisplay()));
  }

  @Test
  void faults_firstBlockMinedAtAnotherTime_isTold() {
    BlockIndexEntry first = links(CHAIN).get(0);
    BlockIndexEntry late =
        new BlockIndexEntry(
            0,
            first.hash(),
            first.previousHash(),
            first.time(),
            first.bits(),
            first.chainWork(),
            Instant.EPOCH);
    assertThat(ChainCheck.faults(List.of(late), Chains.RULES))
        .extracting(Violation::rule)
        .containsExactly("mined_at");
  }

  @Test
  void faults_blockTwice_isTold() {
    List<BlockIndexEntry> links = links(CHAIN);
    links.add(links.get(3));
    assertThat(ChainCheck.faults(links, Chains.RULES))
        .extracting(Violation::rule)
        .containsExactly("unique");
  }

  /**
   * Blocks come twice as fast as they should, so the bits fall, but never by more than a fourth.
   */
  @Test
  void faults_retargetedChain_areNoneAndOtherBitsAreTold() {
    List<Block> chain = retargeted(17, 5);
    assertThat(ChainCheck.faults(links(chain), Chains.RETARGETED)).isEmpty();
    List<CompactBits> bits = chain.stream().map(block -> block.header().bits()).toList();
    assertThat(bits.subList(0, 4)).containsOnly(bits.get(0));
    assertThat(bits.subList(4, 8)).containsOnly(bits.get(4));
    assertThat(bits.get(4)).isNotEqualTo(bits.get(0));
    assertThat(bits.get(8).toTarget()).isLessThan(bits.get(4).toTarget());

    BlockIndexEntry tip = chain.get(17).indexEntry();
    chain.add(Chains.block(tip, Blocks.EASY, tip.time(), List.of(), "cheat"));
    assertThat(ChainCheck.faults(links(chain), Chains.RETARGETED))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.rule()).isEqualTo("retarget");
              assertThat(fault.expected()).isEqualTo(bits.get(17).toString());
            });
  }

  @Test
  void bitsAfter_slowBlocks_areNeverEasierThanTheFirstBlocks() {
    List<Block> chain = retargeted(9, 1000);
    assertThat(chain).allSatisfy(block -> assertThat(block.header().bits()).isEqualTo(limit()));
  }

  @Test
  void bitsAfter_windowNotThere_areUnknown() {
    List<BlockIndexEntry> links = links(retargeted(7, 5));
    BlockIndexEntry tip = links.get(7);
    assertThat(Chains.RETARGETED.bitsAfter(tip, link -> Optional.empty())).isEmpty();
    assertThat(Chains.RULES.bitsAfter(tip, link -> Optional.empty())).isEmpty();
  }

  @Test
  void stateOf_noBlocks_beginsWithTheRules() {
    assertThat(ChainState.of(List.of(), Chains.RULES))
        .isEqualTo(new ChainState(List.of(), 0, null));
    assertThat(ChainState.of(List.of(), Chains.RETARGETED).nextBits()).isEqualTo(limit());
  }

  private static CompactBits limit() {
    return Chains.RETARGETED.limit();
  }

  private static List<Block> retargeted(int count, long seconds) {
    List<Block> chain = new ArrayList<>(List.of(Chains.GENESIS));
    for (int i = 1; i <= count; i++) {
      CompactBits bits =
          Objects.requireNonNull(ChainState.of(links(chain), Chains.RETARGETED).nextBits());
      BlockIndexEntry tip = chain.get(i - 1).indexEntry();
      chain.add(Chains.block(tip, bits, tip.time() + seconds, List.of("r" + i), "m"));
    }
    return chain;
  }

  private static BlockIndexEntry with(BlockIndexEntry link, long height, ChainWork work) {
    return new BlockIndexEntry(
        height, link.hash(), link.previousHash(), link.time(), link.bits(), work, link.minedAt());
  }

  private static List<BlockIndexEntry> links(List<Block> blocks) {
    List<BlockIndexEntry> links = new ArrayList<>();
    for (Block block : blocks) {
      BlockCheck.Result result = BlockCheck.of(BlockRow.of(block));
      assertThat(result.faults()).isEmpty();
      links.add(result.link().orElseThrow());
    }
    assertThat(links).extracting(BlockIndexEntry::hash).doesNotContain(Hash256.ZERO);
    return links;
  }
}
