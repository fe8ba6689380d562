package io.goldennonce.monitor;

import io.goldennonce.chain.BlockSummary;
import io.goldennonce.pow.Hash256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The last blocks of a chain, the latest first. */
final class RecentBlocks {
  private static final int MAX_BLOCKS = 20;

  private List<BlockSummary> blocks = List.of();

  /** Takes blocks in, known ones and late ones too. */
  void add(List<BlockSummary> more) {
    List<BlockSummary> all = new ArrayList<>(blocks);
    // By hash, as a table keeps times to the microsecond only.
    Set<Hash256> known = all.stream().map(BlockSummary::hash).collect(Collectors.toSet());
    more.stream().filter(block -> !known.contains(block.hash())).forEach(all::add);
    all.sort(
        Comparator.comparingLong(BlockSummary::height)
            .thenComparing(BlockSummary::minedAt)
            .reversed());
    blocks = List.copyOf(all.subList(0, Math.min(MAX_BLOCKS, all.size())));
  }

  List<BlockSummary> list() {
    return blocks;
  }

  /** Between the first of some blocks and its parent, if that is among them. */
  static Optional<Duration> interval(List<BlockSummary> blocks) {
    if (blocks.isEmpty()) {
      return Optional.empty();
    }
    BlockSummary tip = blocks.get(0);
    return blocks.stream()
        .filter(block -> block.hash().equals(tip.previousHash()))
        .findFirst()
        .map(parent -> Duration.between(parent.minedAt(), tip.minedAt()));
  }
}
