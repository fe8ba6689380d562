package io.goldennonce.stratum;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.stratum.Share.Verdict;
import io.goldennonce.work.Delivery;
import io.goldennonce.work.Work;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** A job of a pool: a search for all its shares, each submitted when found. */
final class PoolWork implements Work {
  private final String pool;
  private final String worker;
  private final PoolJob job;
  private final JobSearch headers;
  private final SearchSpec search;
  private final StopSignal outdated;
  private final BiConsumer<Share, StopSignal> found;

  /**
   * @param part the part of the job's keyspace to search
   * @param isOutdated whether the pool wants another job
   * @param found receives each share; stops waiting at a stop signal
   */
  PoolWork(
      String pool,
      String worker,
      PoolJob job,
      int part,
      BooleanSupplier isOutdated,
      BiConsumer<Share, StopSignal> found) {
    this.pool = pool;
    this.worker = worker;
    this.job = job;
    this.headers = new JobSearch(pool, job);
    this.search =
        new SearchSpec(headers, job.target(), headers.part(part), ResultMode.ANY, SearchSpec.ALL);
    this.outdated = StopSignal.when(StopReason.OUTDATED, isOutdated);
    this.found = found;
  }

  @Override
  public SearchSpec search() {
    return search;
  }

  @Override
  public String title() {
    return "pool job " + job.job().id();
  }

  @Override
  public StopSignal outdated() {
    return outdated;
  }

  @Override
  public boolean isResumable() {
    return false; // no other connection gets this one's extranonce
  }

  @Override
  public void found(Solution solution) {
    BlockHeader header = headers.at(solution.position());
    Share share =
        new Share(
            pool,
            worker,
            job.job().id(),
            job.extranonce().first(),
            headers.extranonce2(solution.variant()),
            job.versionMask() == 0
                ? null
                : String.format(Locale.ROOT, "%08x", header.version() & job.negotiatedMask()),
            header,
            job.difficulty(),
            job.isBlock(header),
            search.id(),
            Instant.now(),
            Verdict.PENDING,
            null);
    found.accept(share, outdated);
  }

  /** Each share was reported when found. */
  @Override
  public Delivery deliver(SearchResult result) {
    return new Delivery(
        Map.of(), result.outcome() == Outcome.OUTDATED || result.outcome() == Outcome.EXHAUSTED);
  }
}
