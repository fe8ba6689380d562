package io.goldennonce.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pool.PoolLine;
import io.goldennonce.pow.Hash256;
import java.util.List;

/** Accepts transactions into the pool: each once, and only up to the limit of waiting ones. */
final class TransactionEndpoint {
  private static final int UNAVAILABLE = 503;

  private final ServerBackend backend;
  private final WorkIssuer issuer;

  /**
   * Upper bound of the waiting transactions: counts those accepted since, not those mined since.
   */
  private int atMost;

  /**
   * @param issuer puts transactions into blocks, and counts those that wait
   */
  TransactionEndpoint(ServerBackend backend, WorkIssuer issuer) {
    this.backend = backend;
    this.issuer = issuer;
    this.atMost = backend.maxWaiting();
  }

  /**
   * Accepts a transaction.
   *
   * @param line a record, as in a pool's JSON lines
   */
  synchronized Reply take(String line) {
    Transaction transaction;
    try {
      transaction = PoolLine.parse(line);
    } catch (IllegalArgumentException e) {
      return Reply.answer(422, "refused", String.valueOf(e.getMessage()));
    }
    if (atMost >= backend.maxWaiting()) {
      atMost = issuer.waiting();
      if (atMost >= backend.maxWaiting()) {
        return Reply.error(
            UNAVAILABLE,
            "the pool is full: %s transactions wait, at most %s may; try again later"
                .formatted(atMost, backend.maxWaiting()));
      }
    }
    Hash256 id = transaction.id();
    boolean added = backend.pool().test(id.toDisplay(), List.of(transaction));
    if (added) {
      atMost++;
      issuer.poolChanged();
    }
    ObjectNode body = Reply.object().put("answer", added ? "accepted" : "known");
    return Reply.of(added ? 201 : 200, body.put("id", id.toDisplay()));
  }
}
