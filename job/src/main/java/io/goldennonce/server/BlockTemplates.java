package io.goldennonce.server;

import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.CompactBits;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Templates of issued work. All templates on a block are held until the tip has moved twice, so
 * that memory depends on the chain and its pool, not on the number of requests. Not thread-safe.
 */
final class BlockTemplates {
  /** Maximum age of the known tip and transactions: each refresh lists files in the storage. */
  private static final Duration MAX_AGE = Duration.ofSeconds(1);

  /**
   * Maximum number of references to transactions, in all templates on one block. At the limit, no
   * newer transactions are taken until the tip moves.
   */
  private static final long MAX_REFERENCES = 4_000_000;

  private final ServerBackend backend;
  private Map<Long, Numbered> onTip = new HashMap<>();
  private Map<Long, Numbered> onTipBefore = new HashMap<>();
  private @Nullable Numbered current;
  private @Nullable Instant lookedAt;
  private long references;
  private long next;

  /**
   * A template without its time and miner.
   *
   * @param parent the block it builds on; null for a chain's first block
   */
  record Numbered(
      long number,
      @Nullable BlockIndexEntry parent,
      List<Transaction> transactions,
      CompactBits bits) {
    BlockTemplate at(long timestamp, String miner) {
      return BlockTemplate.of(parent, transactions, bits, timestamp, miner);
    }

    boolean isOn(BlockIndexEntry tip) {
      return parent != null && parent.hash().equals(tip.hash());
    }
  }

  BlockTemplates(ServerBackend backend) {
    this.backend = backend;
  }

  /** The template of the block after the tip. */
  Numbered current(Instant now) {
    Numbered known = current;
    if (known != null && lookedAt != null && isFresh(lookedAt, now)) {
      return known;
    }
    BlockIndexEntry parent = backend.blocks().look().orElse(null);
    List<Transaction> transactions = backend.contents().apply(parent);
    Numbered looked;
    if (known == null || !Objects.equals(parent, known.parent())) {
      onTipBefore = onTip;
      onTip = new HashMap<>();
      references = 0;
      looked = added(parent, transactions);
    } else if (references < MAX_REFERENCES && !transactions.equals(known.transactions())) {
      looked = added(parent, transactions);
    } else {
      looked = known;
    }
    current = looked;
    lookedAt = now;
    return looked;
  }

  private Numbered added(@Nullable BlockIndexEntry parent, List<Transaction> transactions) {
    CompactBits bits =
        Optional.ofNullable(parent)
            .flatMap(tip -> backend.blocks().demandedBits(tip))
            .orElse(backend.bits());
    Numbered template = new Numbered(next++, parent, transactions, bits);
    onTip.put(template.number(), template);
    references += transactions.size();
    return template;
  }

  /** A template by its number; empty if the tip has moved on since. */
  Optional<Numbered> get(long number) {
    return Optional.ofNullable(onTip.get(number))
        .or(() -> Optional.ofNullable(onTipBefore.get(number)));
  }

  /** Discards the known tip and transactions, as one of them has changed. */
  void refresh() {
    lookedAt = null;
  }

  private static boolean isFresh(Instant lookedAt, Instant now) {
    Duration age = Duration.between(lookedAt, now);
    return !age.isNegative() && age.compareTo(MAX_AGE) < 0;
  }
}
