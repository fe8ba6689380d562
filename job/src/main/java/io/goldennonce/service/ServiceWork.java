package io.goldennonce.service;

import io.goldennonce.search.Found;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopSignal;
import io.goldennonce.service.Solution.Verdict;
import io.goldennonce.work.Work;
import io.goldennonce.work.remote.Outbox;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A solution that a service has asked for. */
final class ServiceWork implements Work {
  private final String service;
  private final Offer offer;
  private final SearchSpec search;
  private final StopSignal outdated;
  private final Outbox<Solution> outbox;
  private @Nullable Solution judged;

  /**
   * @param outbox takes the solution, if there is one
   */
  ServiceWork(
      String service, Offer offer, ResultMode mode, StopSignal outdated, Outbox<Solution> outbox) {
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
  public boolean mayComeAgain() {
    return false; // its clock runs
  }

  @Override
  public boolean isRenewed() {
    return true; // with another timestamp
  }

  @Override
  public Map<String, Object> ended(SearchResult result) {
    if (result.found().isEmpty()) {
      // What is exhausted is followed by the same with another timestamp: nothing to tell.
      return result.outcome() == Outcome.EXHAUSTED ? Map.of() : Map.of("work_id", offer.id());
    }
    Found found = result.found().get();
    Solution solution =
        outbox.handIn(
            new Solution(
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
    judged = solution;
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
    return facts;
  }

  @Override
  public void keep(SearchResult result) {
    Solution solution = judged;
    if (solution != null) {
      outbox.settle(solution);
    }
  }
}
