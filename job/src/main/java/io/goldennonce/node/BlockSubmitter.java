package io.goldennonce.node;

import io.goldennonce.bitcoin.Network;
import io.goldennonce.bitcoin.Submission;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.remote.AwayException;
import io.goldennonce.work.remote.FindStore;
import io.goldennonce.work.remote.Submitter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Submits blocks to a node. */
final class BlockSubmitter implements Submitter<Submission> {
  private final NodeClient node;
  private final FindStore<Submission> store;
  private @Nullable Network network;

  BlockSubmitter(NodeClient node, FindStore<Submission> store) {
    this.node = node;
    this.store = store;
  }

  /** Sets the node's network: only its blocks are submitted. */
  void isFor(Network learned) {
    network = learned;
  }

  @Override
  public Submission submit(Submission found, StopSignal stop)
      throws AwayException, InterruptedException {
    return node.submit(found, stop);
  }

  @Override
  public void save(Submission found) {
    store.save(found);
  }

  @Override
  public List<Submission> pending() {
    return store.pending();
  }

  @Override
  public boolean takes(Submission found) {
    return found.network() == network;
  }

  @Override
  public Submission abandoned(Submission found, String reason) {
    return found.judged(Submission.Verdict.ABANDONED, reason);
  }

  @Override
  public Finding describe(Submission found) {
    return new Finding(
        "block " + found.height() + " (" + found.header().hash() + ")",
        found.foundAt(),
        switch (found.verdict()) {
          case PENDING -> Status.PENDING;
          case ACCEPTED -> Status.ACCEPTED;
          case REFUSED, ABANDONED -> Status.REFUSED;
        },
        found.verdict().label(),
        found.reason());
  }
}
