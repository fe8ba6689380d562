package io.goldennonce.monitor;

import io.goldennonce.chain.BlockRow;
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

  private List<BlockRow> blocks = List.of();

  /** Adds blocks in any order; known ones are ignored. */
  void add(List<BlockRow> more) {
    List<BlockRow> all = new ArrayList<>(blocks);
    // By hash, as a table stores times in microseconds.
    Set<String> known = all.stream().map(BlockRow::hash).collect(Collectors.toSet());
    more.stream().filter(block -> !known.contains(block.hash())).forEach(all::add);
    all.sort(
        Comparator.comparingLong(BlockRow::height).thenComparing(BlockRow::minedAt).reversed());
    blocks = List.copyOf(all.subList(0, Math.min(MAX_BLOCKS, all.size())));
  }

  List<BlockRow> list() {
    return blocks;
  }

  /** Between the first of some blocks and its parent, if that is among them. */
  static Optional<Duration> interval(List<BlockRow> blocks) {
    if (blocks.isEmpty()) {
      return Optional.empty();
    }
    BlockRow tip = blocks.get(0);
    return blocks.stream()
        .filter(block -> block.hash().equals(tip.previousHash()))
        .findFirst()
        .map(parent -> Duration.between(parent.minedAt(), tip.minedAt()));
  }
}
