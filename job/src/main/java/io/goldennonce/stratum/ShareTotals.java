package io.goldennonce.stratum;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What has become of this process's shares. Thread-safe. */
final class ShareTotals {
  private long accepted;
  private long stale;
  private long blocks;
  private double best;
  private double work;

  /** By the pool's words. */
  private final Map<String, Long> rejected = new TreeMap<>();

  /** Counts a share that has its verdict. */
  synchronized void add(Share share) {
    switch (share.verdict()) {
      case ACCEPTED -> {
        accepted++;
        work += share.difficulty();
        blocks += share.isBlock() ? 1 : 0;
        best = Math.max(best, share.hashDifficulty());
      }
      case STALE -> stale++;
      case REJECTED -> rejected.merge(String.valueOf(share.reason()), 1L, Long::sum);
      case PENDING -> {}
    }
  }

  synchronized long accepted() {
    return accepted;
  }

  /** All of it in a line for the user. */
  synchronized String summary() {
    long refused = rejected.values().stream().mapToLong(Long::longValue).sum();
    return String.format(
        Locale.ROOT,
        "shares: %d accepted (difficulty %s in all, the best %s), %d rejected%s, %d stale; blocks:"
            + " %d",
        accepted,
        shown(work),
        shown(best),
        refused,
        refused == 0 ? "" : " " + rejected,
        stale,
        blocks);
  }

  private static String shown(double difficulty) {
    return String.format(Locale.ROOT, "%.4g", difficulty);
  }
}
