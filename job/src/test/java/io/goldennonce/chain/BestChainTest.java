package io.goldennonce.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.Hash256;
import io.goldennonce.testing.Blocks;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BestChainTest {
  private static final BlockIndexEntry FIRST = link(0, Hash256.ZERO, 0, 10, 0);
  private static final BlockIndexEntry SECOND = link(1, FIRST.hash(), 1, 20, 1);

  @Test
  void of_noLinks_isEmpty() {
    assertThat(BestChain.of(List.of())).isEmpty();
  }

  @Test
  void of_oneBranchInAnyOrder_isIt() {
    BlockIndexEntry third = link(2, SECOND.hash(), 2, 30, 2);
    assertThat(BestChain.of(List.of(third, FIRST, SECOND)))
        .containsExactly(FIRST, SECOND, third)
        .isUnmodifiable();
  }

  @Test
  void of_fork_isTheBranchWithMoreWorkNotMoreBlocks() {
    BlockIndexEntry heavy = link(2, FIRST.hash(), 1, 100, 9);
    BlockIndexEntry third = link(3, SECOND.hash(), 2, 30, 2);
    assertThat(BestChain.of(List.of(FIRST, SECOND, third, heavy))).containsExactly(FIRST, heavy);
  }

  @Test
  void of_equalWork_isTheOneMinedFirst() {
    BlockIndexEntry later = link(2, FIRST.hash(), 1, 20, 2);
    assertThat(BestChain.of(List.of(FIRST, later, SECOND))).containsExactly(FIRST, SECOND);
    assertThat(BestChain.of(List.of(FIRST, SECOND, later))).containsExactly(FIRST, SECOND);
  }

  @Test
  void of_equalWorkAndTime_isTheOneWithTheLowerHash() {
    BlockIndexEntry twin = link(2, FIRST.hash(), 1, 20, 1);
    BlockIndexEntry lower = twin.hash().compareTo(SECOND.hash()) < 0 ? twin : SECOND;
    assertThat(BestChain.of(List.of(FIRST, twin, SECOND))).containsExactly(FIRST, lower);
    assertThat(BestChain.of(List.of(FIRST, SECOND, twin))).containsExactly(FIRST, lower);
  }

  @Test
  void of_twoFirstBlocks_isTheBranchWithMoreWork() {
    BlockIndexEntry other = link(2, Hash256.ZERO, 0, 50, 5);
    assertThat(BestChain.of(List.of(FIRST, SECOND, other))).containsExactly(other);
  }

  @Test
  void of_orphanWithMostWork_isLeftOut() {
    BlockIndexEntry missing = link(2, SECOND.hash(), 2, 1000, 2);
    BlockIndexEntry orphan = link(3, missing.hash(), 3, 2000, 3);
    BlockIndexEntry onOrphan = link(4, orphan.hash(), 4, 3000, 4);
    assertThat(BestChain.of(List.of(onOrphan, orphan, SECOND, FIRST)))
        .containsExactly(FIRST, SECOND);
  }

  @Test
  void of_heightThatIsNotTheParentsPlusOne_isLeftOut() {
    BlockIndexEntry jump = link(2, SECOND.hash(), 3, 1000, 2);
    BlockIndexEntry firstWithParent = link(3, SECOND.hash(), 0, 1000, 3);
    BlockIndexEntry lateFirst = link(4, Hash256.ZERO, 1, 1000, 4);
    assertThat(BestChain.of(List.of(jump, firstWithParent, lateFirst, FIRST, SECOND)))
        .containsExactly(FIRST, SECOND);
  }

  @Test
  void of_sameBlockTwice_countsWhereItWasMinedFirst() {
    BlockIndexEntry again = link(1, FIRST.hash(), 1, 20, 7);
    BlockIndexEntry rival = link(2, FIRST.hash(), 1, 20, 3);
    assertThat(BestChain.of(List.of(FIRST, again, rival, SECOND))).containsExactly(FIRST, SECOND);
  }

  @Test
  void of_firstBlockNamedZero_ends() {
    BlockIndexEntry own = Blocks.entry(0, Hash256.ZERO, work(1));
    assertThat(BestChain.of(List.of(own))).containsExactly(own);
  }

  @Test
  void of_longChain_isWhole() {
    List<BlockIndexEntry> chain = new ArrayList<>();
    Hash256 previous = Hash256.ZERO;
    for (int height = 0; height < 100_000; height++) {
      BlockIndexEntry link = link(height, previous, height, height + 1, height);
      chain.add(link);
      previous = link.hash();
    }
    List<BlockIndexEntry> shuffled = new ArrayList<>(chain);
    Collections.shuffle(shuffled, new Random(1));
    assertThat(BestChain.of(shuffled)).isEqualTo(chain);
  }

  @Property
  void of_randomTree_isWhatTryingEveryTipGives(@ForAll Random random) {
    List<BlockIndexEntry> links = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      links.add(randomLink(i, links, random));
    }
    links.removeIf(link -> random.nextInt(8) == 0);
    Collections.shuffle(links, random);
    assertThat(BestChain.of(links)).isEqualTo(byTryingEveryTip(links));
  }

  private static BlockIndexEntry randomLink(int name, List<BlockIndexEntry> links, Random random) {
    long time = random.nextInt(3);
    int own = 1 + random.nextInt(2);
    if (links.isEmpty() || random.nextInt(10) == 0) {
      return link(name, Hash256.ZERO, 0, own, time);
    }
    BlockIndexEntry parent = links.get(random.nextInt(links.size()));
    long work = parent.chainWork().number().longValue() + own;
    return link(name, parent.hash(), parent.height() + 1, work, time);
  }

  private static List<BlockIndexEntry> byTryingEveryTip(List<BlockIndexEntry> links) {
    return links.stream()
        .filter(tip -> branch(tip, links).isPresent())
        .min(
            Comparator.comparing((BlockIndexEntry tip) -> tip.chainWork().number().negate())
                .thenComparing(BlockIndexEntry::minedAt)
                .thenComparing(tip -> tip.hash().toDisplay()))
        .flatMap(tip -> branch(tip, links))
        .orElse(List.of());
  }

  private static Optional<List<BlockIndexEntry>> branch(
      BlockIndexEntry tip, List<BlockIndexEntry> links) {
    if (tip.height() == 0) {
      return Optional.of(List.of(tip));
    }
    return links.stream()
        .filter(link -> link.hash().equals(tip.previousHash()))
        .findFirst()
        .flatMap(parent -> branch(parent, links))
        .map(before -> Stream.concat(before.stream(), Stream.of(tip)).toList());
  }

  private static BlockIndexEntry link(
      int name, Hash256 previous, long height, long work, long second) {
    Hash256 hash = Hash256.sha256(ByteBuffer.allocate(4).putInt(name).array());
    return new BlockIndexEntry(
        height, hash, previous, 0, Blocks.EASY, work(work), Instant.ofEpochSecond(second));
  }

  private static ChainWork work(long number) {
    return ChainWork.ofHex(String.format("%064x", number));
  }
}
