package io.goldennonce.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pool.PoolLine;
import io.goldennonce.pow.Hash256;
import java.util.List;

/** Takes transactions for the pool: each once, by its id, and only as many as may wait. */
final class TransactionEndpoint {
  private static final int UNAVAILABLE = 503;

  private final ServerBackend backend;
  private final WorkIssuer issuer;

  /** At least as many as wait: what was taken since is counted, what was mined since is not. */
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
    if (atMost >= backend.maxWaiting()) {
      atMost = issuer.waiting();
      if (atMost >= backend.maxWaiting()) {
        return Reply.error(
            UNAVAILABLE,
            "the pool is full: "
                + atMost
                + " transactions wait, at most "
                + backend.maxWaiting()
                + " may; try again later");
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
