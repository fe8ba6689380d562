package io.goldennonce.audit;

import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.ChainCheck;
import io.goldennonce.chain.ChainRules;
import io.goldennonce.chain.ChainState;
import io.goldennonce.chain.Violation;
import io.goldennonce.chain.table.BlockTable;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.table.SearchTable;
import io.goldennonce.table.Part;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.warehouse.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks all blocks of a warehouse: each task hashes the blocks of one file, and the driver checks
 * their places in the chain with about half a kilobyte per block.
 */
public final class WarehouseAudit {
  private static final Logger LOG = LoggerFactory.getLogger(WarehouseAudit.class);

  /** A failed attempt means that a compaction has deleted files since they were listed. */
  private static final int ATTEMPTS = 10;

  /** Searches are stored in microseconds, and their duration as a binary fraction. */
  private static final Duration TOLERANCE = Duration.ofNanos(10_000);

  private static final Comparator<Violation> BY_HEIGHT =
      Comparator.comparing(
              Violation::height, Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
          .thenComparing(Violation::hash);

  private WarehouseAudit() {}

  /**
   * The result of an audit.
   *
   * @param faults by height; those of files first
   * @param links all blocks whose bytes are a header
   * @param state the state of the chain that follows from them
   */
  public record Report(List<Violation> faults, List<BlockIndexEntry> links, ChainState state) {}

  public static Report run(JavaSparkContext context, Warehouse warehouse, ChainRules rules) {
    List<Violation> faults = new ArrayList<>();
    List<BlockIndexEntry> links = new ArrayList<>();
    Map<Hash256, String> roots = new HashMap<>();
    for (BlockScan.Result file : scan(context, warehouse, rules.genesis().hash())) {
      faults.addAll(file.faults());
      links.addAll(file.links());
      roots.putAll(file.roots());
    }
    faults.addAll(ChainCheck.faults(links, rules));
    Map<String, List<Instant>> foundAt = new SearchTable(warehouse).foundAt();
    links.forEach(link -> minedAt(link, foundAt).ifPresent(faults::add));
    faults.addAll(RootCheck.faults(links, roots));
    faults.sort(BY_HEIGHT);
    return new Report(List.copyOf(faults), List.copyOf(links), ChainState.of(links, rules));
  }

  /**
   * Reconstructs the state of the chain from its blocks alone. Unreadable files and blocks are
   * skipped with a warning.
   */
  public static ChainState restore(
      JavaSparkContext context, Warehouse warehouse, ChainRules rules) {
    List<BlockIndexEntry> links = new ArrayList<>();
    for (BlockScan.Result file : scan(context, warehouse, rules.genesis().hash())) {
      links.addAll(file.links());
      file.faults().forEach(fault -> LOG.warn("verify would report: {}", fault));
    }
    return ChainState.of(links, rules);
  }

  private static List<BlockScan.Result> scan(
      JavaSparkContext context, Warehouse warehouse, Hash256 genesis) {
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    String location = warehouse.location();
    for (int attempt = 1; ; attempt++) {
      List<Part> parts = new BlockTable(warehouse).parts();
      int tasks = Math.max(1, Math.min(parts.size(), 4 * context.defaultParallelism()));
      List<BlockScan.Result> files =
          context
              .parallelize(parts, tasks)
              .map(
                  part -> BlockScan.of(part, Storage.at(location, hadoop.value().value()), genesis))
              .collect();
      if (attempt == ATTEMPTS || files.stream().noneMatch(BlockScan.Result::gone)) {
        return files;
      }
    }
  }

  /**
   * Compares {@code mined_at}, which no hash covers, with the record of the block's search. Two
   * processes may have found the block; its time is from one of them.
   */
  private static Optional<Violation> minedAt(
      BlockIndexEntry link, Map<String, List<Instant>> foundAt) {
    List<Instant> expected = foundAt.getOrDefault(link.hash().toDisplay(), List.of());
    if (expected.isEmpty() || expected.stream().anyMatch(at -> isNear(at, link.minedAt()))) {
      return Optional.empty();
    }
    return Optional.of(
        new Violation(
            link.height(),
            link.hash().toDisplay(),
            "mined_at",
            expected.stream().map(Instant::toString).collect(Collectors.joining(" or ")),
            link.minedAt().toString()));
  }

  private static boolean isNear(Instant expected, Instant found) {
    return Duration.between(expected, found).abs().compareTo(TOLERANCE) <= 0;
  }
}
