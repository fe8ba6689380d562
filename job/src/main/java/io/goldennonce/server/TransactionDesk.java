package io.goldennonce.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pool.PoolLine;
import io.goldennonce.pow.Hash256;
import java.util.List;
import java.util.function.BiPredicate;

/** Takes transactions for the pool: each once, by its id. */
final class TransactionDesk {
  private final BiPredicate<String, List<Transaction>> pool;

  /**
   * @param pool keeps transactions under a name, unless there is such a name already: then false
   */
  TransactionDesk(BiPredicate<String, List<Transaction>> pool) {
    this.pool = pool;
  }

  /**
   * Takes one.
   *
   * @param line a record as a pool's JSON lines have it
   */
  synchronized Reply take(String line) {
    Transaction transaction;
    try {
      transaction = PoolLine.parse(line);
    } catch (IllegalArgumentException e) {
      return Reply.answer(422, "refused", String.valueOf(e.getMessage()));
    }
    Hash256 id = transaction.id();
    boolean added = pool.test(id.toDisplay(), List.of(transaction));
    ObjectNode body = Reply.object().put("answer", added ? "accepted" : "known");
    return Reply.of(added ? 201 : 200, body.put("id", id.toDisplay()));
  }
}
