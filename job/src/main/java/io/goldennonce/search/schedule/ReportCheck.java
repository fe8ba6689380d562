package io.goldennonce.search.schedule;

import io.goldennonce.search.HashCheck;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.ledger.Ledger;
import java.util.function.Predicate;

/** Decides whether a report is true, before any of it is used: executors may run any program. */
final class ReportCheck {
  private final HashCheck hashes;
  private final Allocation allocation;
  private final Ledger ledger;

  ReportCheck(HashCheck hashes, Allocation allocation, Ledger ledger) {
    this.hashes = hashes;
    this.allocation = allocation;
    this.ledger = ledger;
  }

  /**
   * Whether a report is about its assignment, and what it says of hashes is true. Of its shares
   * those that are new are checked, and all of them in the last report.
   *
   * @param assigned the assignment's range
   * @param isSolution confirms a solution; called for all
   */
  boolean isTrue(RangeReport report, NonceRange assigned, Predicate<Long> isSolution) {
    if (!report.isPossible(assigned) || !allocation.isShareTarget(report.shares().bits())) {
      return false;
    }
    boolean areSolutions =
        report.solutions().stream().map(isSolution::test).reduce(true, Boolean::logicalAnd);
    return areSolutions
        && (report.isLast()
            ? isTrueToItsEnd(report)
            : hashes.confirms(report, ledger.newShares(report)));
  }

  /** Whether all shares are true of an attempt's last report, whose solutions are confirmed. */
  boolean isTrueToItsEnd(RangeReport report) {
    NonceRange tried = new NonceRange(report.range().from(), report.end());
    return hashes.confirms(report, report.shares().in(tried));
  }
}
