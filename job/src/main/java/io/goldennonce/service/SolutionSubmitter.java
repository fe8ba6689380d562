package io.goldennonce.service;

import io.goldennonce.search.StopSignal;
import io.goldennonce.service.ServiceSolution.Verdict;
import io.goldennonce.work.remote.AwayException;
import io.goldennonce.work.remote.FindStore;
import io.goldennonce.work.remote.Submitter;
import java.util.List;

/** Submits solutions to a work service. */
final class SolutionSubmitter implements Submitter<ServiceSolution> {
  private final ServiceClient client;
  private final FindStore<ServiceSolution> store;

  SolutionSubmitter(ServiceClient client, FindStore<ServiceSolution> store) {
    this.client = client;
    this.store = store;
  }

  @Override
  public ServiceSolution submit(ServiceSolution found, StopSignal stop)
      throws AwayException, InterruptedException {
    return client.submit(found, stop);
  }

  @Override
  public void save(ServiceSolution found) {
    store.save(found);
  }

  @Override
  public List<ServiceSolution> pending() {
    return store.pending().stream()
        .filter(solution -> solution.service().equals(client.url()))
        .toList();
  }

  @Override
  public ServiceSolution abandoned(ServiceSolution found, String reason) {
    return found.judged(Verdict.ABANDONED, reason);
  }

  @Override
  public Finding describe(ServiceSolution found) {
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
