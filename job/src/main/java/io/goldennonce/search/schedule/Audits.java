package io.goldennonce.search.schedule;

import io.goldennonce.base.LatestMap;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.Shares;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Has random pieces of finished ranges scanned again by other executors, and compares the shares
 * and solutions. Pieces are chosen after their range is reported, and sent as any other range, so
 * an executor can't tell which of its ranges will be checked. All that is compared is confirmed by
 * hashing before, so the executor that lacks something of the other's has not scanned what it
 * reported: nobody is convicted by another's word. Not thread-safe.
 */
final class Audits {
  /** A range has this number of pieces. */
  static final int PIECES = 4;

  /** Number of times that a piece is sent until another executor has scanned all of it. */
  private static final int MAX_TRIES = 8;

  /** Pieces that wait to be sent; above this, no more are chosen. */
  private static final int MAX_WAITING = 10_000;

  /** Ended audits remembered to recognize late reports, which arrive within seconds. */
  private static final int MAX_ENDED = 100_000;

  private static final int MAX_SUSPECTS = 1_000;

  /**
   * A piece to scan again.
   *
   * @param first the last report of the attempt at its range
   */
  private record Audit(RangeReport first, NonceRange piece, int tries) {}

  private final double share;
  private final RandomGenerator random;
  private final Deque<Audit> waiting = new ArrayDeque<>();

  /** By assignment. */
  private final Map<Long, Audit> running = new HashMap<>();

  private final Set<Long> ended = Collections.newSetFromMap(new LatestMap<>(MAX_ENDED));

  /** Executors that missed a share: at least one piece of each of their ranges is scanned again. */
  private final Set<String> suspects = Collections.newSetFromMap(new LatestMap<>(MAX_SUSPECTS));

  /** The last two executors that finished a range: without a second one, nobody can check. */
  private final Set<String> last = Collections.newSetFromMap(new LatestMap<>(2));

  private long compared;
  private long hashes;

  /**
   * @param share the part of all work to do again, 0 to 1
   */
  Audits(double share, RandomGenerator random) {
    this.share = share;
    this.random = random;
  }

  /** Perhaps chooses pieces of an attempt that has ended, whose shares are confirmed. */
  void consider(RangeReport report) {
    last.add(report.executor());
    if (share == 0 || last.size() < 2 || waiting.size() > MAX_WAITING) {
      return;
    }
    double number = Math.max(share * PIECES, suspects.contains(report.executor()) ? 1 : 0);
    List<NonceRange> pieces = pieces(new NonceRange(report.range().from(), report.end()));
    for (; number > 0 && !pieces.isEmpty(); number--) {
      NonceRange piece = pieces.remove(random.nextInt(pieces.size()));
      if (random.nextDouble() < number) {
        waiting.add(new Audit(report, piece, 0));
      }
    }
  }

  private static List<NonceRange> pieces(NonceRange tried) {
    List<NonceRange> pieces = new ArrayList<>();
    for (int i = 0; i < PIECES; i++) {
      NonceRange piece = new NonceRange(bound(tried, i), bound(tried, i + 1));
      if (!piece.isEmpty()) {
        pieces.add(piece);
      }
    }
    return pieces;
  }

  private static long bound(NonceRange tried, int piece) {
    return piece == PIECES ? tried.to() : tried.from() + tried.size() / PIECES * piece;
  }

  /** Adds pieces to a wave, at random places. */
  void deal(List<Assignment> wave, int most, LongSupplier ids) {
    for (int i = 0; i < most && !waiting.isEmpty(); i++) {
      Audit audit = waiting.remove();
      Assignment assignment = new Assignment(ids.getAsLong(), audit.piece, 0);
      running.put(assignment.id(), audit);
      wave.add(random.nextInt(wave.size() + 1), assignment);
    }
  }

  /** Whether an assignment is or was an audit. */
  boolean isAudit(long assignment) {
    return running.containsKey(assignment) || isOver(assignment);
  }

  /** Whether an assignment was an audit, and no more reports of it are wanted. */
  boolean isOver(long assignment) {
    return ended.contains(assignment);
  }

  /**
   * Compares the shares that two executors found in a piece.
   *
   * @param report the last report of an attempt at an audit, whose shares are confirmed
   * @return the reports that lack shares: the first one, this one, both or none
   */
  List<RangeReport> ended(RangeReport report) {
    Audit audit = running.get(report.assignment());
    if (audit == null || report.phase() != RangeReport.Phase.DONE) {
      return List.of(); // Spark tries it again, or the wave is lost
    }
    RangeReport first = audit.first;
    if (first.executor().equals(report.executor()) || report.hashes() == 0) {
      again(report.assignment());
      return List.of();
    }
    end(report.assignment());
    if (report.end() < audit.piece.to()) { // its time was up
      wait(new Audit(first, new NonceRange(report.end(), audit.piece.to()), audit.tries + 1));
    }
    compared++;
    hashes += report.hashes();
    NonceRange part = new NonceRange(report.range().from(), report.end());
    int bits = Math.max(first.shares().bits(), report.shares().bits());
    Shares before = first.shares().in(part).raisedTo(bits);
    Shares now = report.shares().in(part).raisedTo(bits);
    List<RangeReport> missed = new ArrayList<>();
    if (!before.hasAllOf(now) || !first.solutions().containsAll(in(part, report))) {
      missed.add(first);
    }
    if (!now.hasAllOf(before) || !report.solutions().containsAll(in(part, first))) {
      missed.add(report);
    }
    missed.forEach(each -> suspects.add(each.executor()));
    return missed;
  }

  private static List<Long> in(NonceRange part, RangeReport report) {
    return report.solutions().stream().filter(part::contains).toList();
  }

  /** Sends an audit again that came to nothing. */
  void again(long assignment) {
    Audit audit = running.get(assignment);
    if (audit != null) {
      end(assignment);
      wait(new Audit(audit.first, audit.piece, audit.tries + 1));
    }
  }

  private void wait(Audit audit) {
    if (audit.tries < MAX_TRIES && last.size() > 1) {
      waiting.add(audit);
    }
  }

  private void end(long assignment) {
    running.remove(assignment);
    ended.add(assignment);
  }

  private void endAll(Predicate<Audit> which) {
    waiting.removeIf(which);
    List<Long> over =
        running.entrySet().stream()
            .filter(each -> which.test(each.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    over.forEach(this::end);
  }

  /** Whether an executor's work is being audited. */
  boolean concern(String executor) {
    return Stream.concat(waiting.stream(), running.values().stream())
        .anyMatch(audit -> audit.first.executor().equals(executor));
  }

  /** Records that an executor is gone, or can't be trusted: it checks no other. */
  void gone(String executor) {
    last.remove(executor);
  }

  /** Drops the audits of an executor, whose work is done again. */
  void forget(String executor) {
    gone(executor);
    endAll(audit -> audit.first.executor().equals(executor));
  }

  /** Drops the audits above a position, whose work is no longer wanted. */
  void dropAbove(long position) {
    endAll(audit -> audit.piece.from() > position);
  }

  boolean areDone() {
    return waiting.isEmpty() && running.isEmpty();
  }

  boolean anyWaiting() {
    return !waiting.isEmpty();
  }

  int outstanding() {
    return running.size();
  }

  /** Returns the number of pieces compared. */
  long compared() {
    return compared;
  }

  /** Returns the hashes of the pieces compared. */
  long hashes() {
    return hashes;
  }
}
