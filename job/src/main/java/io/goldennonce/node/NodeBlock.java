package io.goldennonce.node;

import io.goldennonce.bitcoin.BlockPlan;
import io.goldennonce.bitcoin.Network;
import io.goldennonce.bitcoin.Payout;
import io.goldennonce.bitcoin.Submission;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.Delivery;
import io.goldennonce.work.Work;
import io.goldennonce.work.remote.NewsWatch;
import io.goldennonce.work.remote.Outbox;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A block to mine for a node. */
final class NodeBlock implements Work {
  private final Network network;
  private final Template template;
  private final Payout payout;
  private final NodeSearch headers;
  private final SearchSpec search;
  private final NewsWatch.Watched<Template> watched;
  private final StopSignal outdated;
  private final Outbox<Submission> outbox;

  /**
   * @param watched has the node's newer template, if there is one
   * @param templateAge age at which the template is outdated
   * @param versionBits maximum number of version bits to roll
   * @throws IllegalArgumentException if no block can be made from the template
   */
  NodeBlock(
      Network network,
      Template template,
      Payout payout,
      ResultMode mode,
      NewsWatch.Watched<Template> watched,
      Duration templateAge,
      int versionBits,
      Outbox<Submission> outbox) {
    this.network = network;
    this.template = template;
    this.payout = payout;
    this.watched = watched;
    this.outdated =
        watched.or(StopSignal.when(StopReason.OUTDATED, () -> template.isOlderThan(templateAge)));
    this.outbox = outbox;
    BlockPlan plan = template.plan();
    this.headers =
        new NodeSearch(plan.height(), plan.headers(payout), template.versionMask(versionBits));
    this.search = SearchSpec.of(headers, plan.target(), mode);
  }

  @Override
  public SearchSpec search() {
    return search;
  }

  @Override
  public String title() {
    return network.chain() + " block " + template.plan().height();
  }

  @Override
  public StopSignal outdated() {
    return outdated;
  }

  @Override
  public boolean isResumable() {
    return false; // the template's time changes with each request
  }

  @Override
  public Delivery deliver(SearchResult result) {
    if (result.found().isEmpty()) {
      // A template that is only old is followed by one for the same block: nothing to report.
      boolean onlyOld = result.outcome() == Outcome.OUTDATED && !hasMoved();
      return Delivery.of(result, onlyOld ? Map.of() : Map.of("height", template.plan().height()));
    }
    Solution found = result.found().get();
    Submission submission = outbox.handIn(submission(found, result));
    return Delivery.stored(result, facts(submission, found), () -> outbox.settle(submission));
  }

  private boolean hasMoved() {
    return watched
        .newer()
        .filter(newer -> !newer.previous().equals(template.previous()))
        .isPresent();
  }

  private Submission submission(Solution found, SearchResult result) {
    BlockPlan plan = template.plan();
    BlockHeader header = headers.at(found.position());
    return new Submission(
        network,
        plan.height(),
        header,
        plan.block(header, found.variant(), payout),
        template.workId(),
        search.id(),
        result.startedAt().plus(result.elapsed()),
        Submission.Verdict.PENDING,
        null);
  }

  private Map<String, Object> facts(Submission submission, Solution found) {
    BlockHeader header = submission.header();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("network", network.chain());
    facts.put("height", submission.height());
    facts.put("hash", header.hash().toDisplay());
    facts.put("verdict", submission.verdict().label());
    if (submission.reason() != null) {
      facts.put("reason", submission.reason());
    }
    Delivery.putHeader(facts, header, found.variant());
    facts.put("transactions", template.plan().transactions().size() + 1);
    facts.put("found_at", submission.foundAt().toString());
    return facts;
  }
}
