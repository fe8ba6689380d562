package io.goldennonce.search;

import io.goldennonce.pow.Hash256;

/** Confirms the hashes that executors report, by code other than their kernels'. */
@FunctionalInterface
public interface HashCheck {
  /**
   * Whether what a report says of hashes is true.
   *
   * @param report one that {@link RangeReport#isPossible}, whose solutions are confirmed
   * @param shares those of its shares that are to be confirmed
   */
  boolean confirms(RangeReport report, Shares shares);

  /**
   * Confirms with {@code MessageDigest} that all shares are some, that those which meet the target
   * are reported as solutions, and that the lowest hash is one and not above a share.
   */
  static HashCheck of(SearchSpec spec) {
    return (report, shares) ->
        shares.areTrue(spec)
            && hidesNoSolution(spec, report, shares)
            && isLowest(spec, report, shares);
  }

  private static boolean hidesNoSolution(SearchSpec spec, RangeReport report, Shares shares) {
    return shares
        .raisedTo(Math.min(Shares.MAX_BITS, 256 - spec.target().toNumber().bitLength()))
        .positions()
        .filter(position -> spec.target().isMetBy(spec.distanceAt(position)))
        .allMatch(report.solutions()::contains);
  }

  private static boolean isLowest(SearchSpec spec, RangeReport report, Shares shares) {
    LowestHash best = report.best();
    if (best == null) {
      return shares.size() == 0;
    }
    Hash256 lowest = best.hash();
    return report.range().contains(best.position())
        && spec.distanceAt(best.position()).equals(lowest)
        && shares
            .raisedTo(Math.min(Shares.MAX_BITS, lowest.leadingZeroBits()))
            .positions()
            .allMatch(position -> spec.distanceAt(position).compareTo(lowest) >= 0);
  }
}
