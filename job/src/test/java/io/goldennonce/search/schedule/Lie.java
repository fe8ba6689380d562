package io.goldennonce.search.schedule;

import io.goldennonce.search.Shares;
import java.util.stream.LongStream;

/**
 * What a lying executor reports.
 *
 * @param share the part of its work that it does not do
 */
record Lie(Kind kind, double share) {
  enum Kind {
    /** It leaves out whole ranges. */
    SKIPS,
    /** It loses each share with this probability, as a kernel does that is wrong now and then. */
    MISSES,
    /** It leaves out whole ranges, and makes up shares in them. */
    INVENTS,
    /** It leaves out the same positions as all other liars. */
    COLLUDES
  }

  /** Returns what it reports of its true shares. */
  Shares told(Shares truth, SimulatedShares all, long attempt) {
    boolean skips = SimulatedShares.random(attempt) < share;
    LongStream told =
        switch (kind) {
          case SKIPS -> skips ? LongStream.empty() : truth.positions();
          case INVENTS -> truth.positions().map(each -> skips ? each + 1 : each);
          case MISSES ->
              truth
                  .positions()
                  .filter(each -> SimulatedShares.random(each ^ attempt << 40) >= share);
          case COLLUDES ->
              truth.positions().filter(each -> SimulatedShares.random(each >>> 24) >= share);
        };
    Shares shares = Shares.none(truth.bits());
    for (long position : told.toArray()) {
      shares = shares.plus(position, all.zeroBitsAt(position));
    }
    return shares;
  }
}
