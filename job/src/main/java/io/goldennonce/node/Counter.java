package io.goldennonce.node;

import io.goldennonce.bitcoin.Network;
import io.goldennonce.bitcoin.Submission;
import io.goldennonce.bitcoin.Submission.Verdict;
import io.goldennonce.bitcoin.SubmissionStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands found blocks in: each is kept before it is offered, and offered until the node has taken or
 * refused it, by this process or a later one.
 */
final class Counter {
  private final NodeClient node;
  private final SubmissionStore store;
  private final Consumer<String> tell;
  private @Nullable List<Submission> pending;
  private long offered;
  private long taken;
  private int refusedInARow;

  /**
   * @param store holds what earlier processes could not hand in
   * @param tell takes a line for the user
   */
  Counter(NodeClient node, SubmissionStore store, Consumer<String> tell) {
    this.node = node;
    this.store = store;
    this.tell = tell;
  }

  /**
   * Keeps a block and offers it.
   *
   * @return the block with the node's verdict, pending where the node is away
   */
  Submission handIn(Submission found) {
    keep(found);
    offered++;
    try {
      return counted(node.submit(found));
    } catch (NodeAwayException e) {
      tell.accept(name(found) + " is kept, as " + e.getMessage());
      pending().add(found);
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return found;
    }
  }

  /** A storage that fails is no reason not to offer what was found: a verdict meets it again. */
  private void keep(Submission found) {
    try {
      store.keep(found);
    } catch (RuntimeException e) {
      tell.accept(name(found) + " is offered without being kept: " + e.getMessage());
    }
  }

  /** Keeps a verdict. */
  void settle(Submission submission) {
    if (submission.verdict() != Verdict.PENDING) {
      store.keep(submission);
    }
  }

  /** Offers those of a network that could not be handed in before. */
  void offerPending(Network network) throws InterruptedException {
    for (Iterator<Submission> i = pending().iterator(); i.hasNext(); ) {
      Submission kept = i.next();
      if (kept.network() == network) {
        try {
          Submission judged = counted(node.submit(kept));
          settle(judged);
          i.remove();
          tell.accept(
              name(judged)
                  + ", found at "
                  + judged.foundAt()
                  + ", is "
                  + judged.verdict().name().toLowerCase(Locale.ROOT)
                  + (judged.reason() == null ? "" : ": " + judged.reason()));
        } catch (NodeAwayException e) {
          tell.accept(name(kept) + " could not be handed in, as " + e.getMessage());
          return;
        }
      }
    }
  }

  /** How many blocks this process has found. */
  long offered() {
    return offered;
  }

  /** How many blocks the node has taken from this process. */
  long taken() {
    return taken;
  }

  /** How many it has refused since it took one. */
  int refusedInARow() {
    return refusedInARow;
  }

  /** Read when a node is there to take them. */
  private List<Submission> pending() {
    List<Submission> known = pending;
    if (known == null) {
      known = new ArrayList<>(store.pending());
      pending = known;
    }
    return known;
  }

  private Submission counted(Submission judged) {
    if (judged.verdict() == Verdict.ACCEPTED) {
      taken++;
      refusedInARow = 0;
    } else {
      refusedInARow++;
    }
    return judged;
  }

  private static String name(Submission submission) {
    return "block " + submission.height() + " (" + submission.header().hash() + ")";
  }
}
