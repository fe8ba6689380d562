package io.goldennonce.monitor;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What pools made of an application's shares. Not thread-safe. */
final class ShareTally {
  private static final String ACCEPTED = "accepted";

  private final Map<String, Long> byVerdict = new HashMap<>();
  private double best;

  /**
   * Takes in a share that a pool has judged.
   *
   * @param difficulty of its hash
   */
  void add(String verdict, double difficulty) {
    byVerdict.merge(verdict, 1L, Long::sum);
    if (verdict.equals(ACCEPTED)) {
      best = Math.max(best, difficulty);
    }
  }

  Snapshot.Shares current() {
    return new Snapshot.Shares(byVerdict, best > 0 ? Optional.of(best) : Optional.empty());
  }
}
