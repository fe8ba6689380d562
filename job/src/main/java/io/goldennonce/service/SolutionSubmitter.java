package io.goldennonce.service;

import io.goldennonce.search.StopSignal;
import io.goldennonce.service.Solution.Verdict;
import io.goldennonce.work.remote.AwayException;
import io.goldennonce.work.remote.Submitter;
import java.util.List;

/** Hands solutions in at a work service. */
final class SolutionSubmitter implements Submitter<Solution> {
  private final ServiceClient client;
  private final SolutionStore store;

  SolutionSubmitter(ServiceClient client, SolutionStore store) {
    this.client = client;
    this.store = store;
  }

  @Override
  public Solution submit(Solution found, StopSignal stop)
      throws AwayException, InterruptedException {
    return client.submit(found, stop);
  }

  @Override
  public void save(Solution found) {
    store.keep(found);
  }

  @Override
  public List<Solution> pending() {
    return store.pending(client.url());
  }

  @Override
  public Solution abandoned(Solution found, String reason) {
    return found.judged(Verdict.ABANDONED, reason);
  }

  @Override
  public Finding describe(Solution found) {
    return new Finding(
        "the solution of work " + found.workId(),
        found.foundAt(),
        switch (found.verdict()) {
          case PENDING -> Status.PENDING;
          case ACCEPTED -> Status.ACCEPTED;
          case WRONG, INCOMPLETE, ABANDONED -> Status.REFUSED;
        },
        found.verdict().label(),
        found.reason());
  }
}
