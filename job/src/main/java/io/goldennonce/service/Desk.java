package io.goldennonce.service;

import io.goldennonce.search.StopSignal;
import io.goldennonce.service.Solution.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hands solutions in: each is kept before it is handed in. One that the service gives no verdict on
 * is handed in again before the next work is asked for, by this process or a later one.
 */
final class Desk {
  private final ServiceClient client;
  private final SolutionStore store;
  private final Consumer<String> tell;
  private final List<Solution> pending;
  private long accepted;

  /**
   * @param store holds what earlier processes could not hand in
   * @param tell takes a line for the user
   */
  Desk(ServiceClient client, SolutionStore store, Consumer<String> tell) {
    this.client = client;
    this.store = store;
    this.tell = tell;
    this.pending = new ArrayList<>(store.pending(client.url()));
  }

  /**
   * Keeps what was just found and hands it in.
   *
   * @return the solution with the service's verdict, pending where the service is away
   */
  Solution handIn(Solution found) {
    keep(found);
    try {
      return counted(client.submit(found, StopSignal.never()));
    } catch (ServiceAwayException e) {
      pending.add(found);
      tell.accept("the solution of work " + found.workId() + " is kept, as " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return found;
  }

  /** A storage that fails is no reason not to hand in what was found: a verdict meets it again. */
  private void keep(Solution found) {
    try {
      store.keep(found);
    } catch (RuntimeException e) {
      tell.accept(
          "the solution of work "
              + found.workId()
              + " is handed in without being kept: "
              + e.getMessage());
    }
  }

  /** Keeps a verdict. */
  void settle(Solution solution) {
    if (solution.verdict() != Verdict.PENDING) {
      store.keep(solution);
    }
  }

  /** Hands in what could not be handed in before. */
  void handInPending(StopSignal stop) throws ServiceAwayException, InterruptedException {
    while (!pending.isEmpty()) {
      Solution judged = counted(client.submit(pending.get(0), stop));
      settle(judged);
      pending.remove(0);
      tell.accept(
          "the solution of work "
              + judged.workId()
              + ", found at "
              + judged.foundAt()
              + ", is "
              + judged.verdict().label()
              + (judged.reason() == null ? "" : ": " + judged.reason()));
    }
  }

  /** How many solutions the service has accepted from this process. */
  long accepted() {
    return accepted;
  }

  private Solution counted(Solution judged) {
    if (judged.verdict() == Verdict.ACCEPTED) {
      accepted++;
    }
    return judged;
  }
}
