package io.goldennonce.chain;

import java.util.List;

/** Keeps what has happened, for good. */
@FunctionalInterface
public interface EventLog {
  /** Keeps some, all at once, as each call costs a file. */
  void append(List<ChainEvent> events);
}
