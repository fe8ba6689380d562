package io.goldennonce.service;

import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.search.StopSignal;
import io.goldennonce.service.ServiceSolution.Verdict;
import io.goldennonce.work.Delivery;
import io.goldennonce.work.Work;
import io.goldennonce.work.remote.Outbox;
import java.util.LinkedHashMap;
import java.util.Map;

/** Work for a service. */
final class ServiceWork implements Work {
  private final String service;
  private final Offer offer;
  private final SearchSpec search;
  private final StopSignal outdated;
  private final Outbox<ServiceSolution> outbox;

  ServiceWork(
      String service,
      Offer offer,
      ResultMode mode,
      StopSignal outdated,
      Outbox<ServiceSolution> outbox) {
    this.service = service;
    this.offer = offer;
    this.search = SearchSpec.of(offer.template(), offer.target(), mode);
    this.outdated = outdated;
    this.outbox = outbox;
  }

  @Override
  public SearchSpec search() {
    return search;
  }

  @Override
  public String title() {
    return "work " + offer.id();
  }

  @Override
  public StopSignal outdated() {
    return outdated;
  }

  @Override
  public boolean isResumable() {
    return false; // its clock runs
  }

  @Override
  public Delivery deliver(SearchResult result) {
    if (result.outcome() == Outcome.EXHAUSTED) {
      // The service has the same work with another timestamp: nothing to report.
      return new Delivery(Map.of(), true);
    }
    if (result.found().isEmpty()) {
      return Delivery.of(result, Map.of("work_id", offer.id()));
    }
    Solution found = result.found().get();
    ServiceSolution solution =
        outbox.handIn(
            new ServiceSolution(
                service,
                offer.id(),
                offer.previousHash(),
                found.nonce(),
                offer.timestamp(found),
                found.hash(),
                search.id(),
                result.startedAt().plus(result.elapsed()),
                Verdict.PENDING,
                null));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("service", service);
    facts.put("work_id", solution.workId());
    facts.put("verdict", solution.verdict().label());
    if (solution.reason() != null) {
      facts.put("reason", solution.reason());
    }
    facts.put("previous_hash", solution.previousHash());
    facts.put("nonce", solution.nonce());
    facts.put("timestamp", solution.timestamp());
    facts.put("hash", solution.hash().toDisplay());
    return Delivery.stored(result, facts, () -> outbox.settle(solution));
  }
}
