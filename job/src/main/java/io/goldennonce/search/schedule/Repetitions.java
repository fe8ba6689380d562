package io.goldennonce.search.schedule;

import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.ledger.Ledger;

/**
 * Has positions tried again: those that were lost, and those of executors that reported what is not
 * true. Not thread-safe.
 */
final class Repetitions {
  private final TriedRanges tried;
  private final Ledger ledger;
  private final Allocation allocation;
  private final Audits audits;
  private final ExecutorTrust trust;
  private final ExecutorTally executors;

  Repetitions(
      TriedRanges tried,
      Allocation allocation,
      Audits audits,
      ExecutorTrust trust,
      ExecutorTally executors) {
    this.tried = tried;
    this.ledger = tried.current();
    this.allocation = allocation;
    this.audits = audits;
    this.trust = trust;
    this.executors = executors;
  }

  /**
   * Processes the last report of an attempt that computed a wrong hash, or is false otherwise.
   *
   * @param assigned the range of its assignment
   */
  ExecutorFault wrongHash(RangeReport report, NonceRange assigned) {
    if (audits.isAudit(report.assignment())) {
      audits.again(report.assignment());
      return fault(ExecutorFault.Kind.WRONG_HASH, report, 0);
    }
    long hashes = ledger.reject(report, assigned);
    allocation.done(report.assignment(), assigned);
    ExecutorFault fault = fault(ExecutorFault.Kind.WRONG_HASH, report, hashes);
    invalidate(assigned);
    return fault;
  }

  /** Processes the last report of an attempt that lacks a share. */
  ExecutorFault missedShare(RangeReport report) {
    ExecutorFault fault = fault(ExecutorFault.Kind.MISSED_SHARE, report, 0);
    if (!audits.isAudit(report.assignment())) {
      invalidate(new NonceRange(report.range().from(), report.end()));
    }
    return fault;
  }

  private ExecutorFault fault(ExecutorFault.Kind kind, RangeReport report, long hashes) {
    executors.add(report.work(hashes, 1));
    ExecutorFault fault = trust.fault(kind, report);
    trust
        .invalidate(report.executor(), ledger.running(report.executor()))
        .forEach(this::invalidate);
    return fault;
  }

  /** Invalidates a range and allocates it again. */
  void invalidate(NonceRange range) {
    ledger.invalidate(range);
    allocateMissing(range, 0);
  }

  /**
   * Allocates what no run has tried of a range.
   *
   * @param losses number of times it was lost with its wave
   */
  void allocateMissing(NonceRange range, int losses) {
    tried.missing(range).forEach(missing -> allocation.reallocate(missing, losses));
  }
}
