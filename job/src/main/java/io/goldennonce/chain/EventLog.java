package io.goldennonce.chain;

import java.util.List;

/** Records what happens to a chain. */
@FunctionalInterface
public interface EventLog {
  /** Saves events together, since each call writes a file. */
  void append(List<ChainEvent> events);

  /** A block of this miner's was added to the chain. */
  default void added(Block block) {}
}
