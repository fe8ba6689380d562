package io.goldennonce.search.schedule;

import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Tracks the ranges that are left and those in flight; together they hold every position that is
 * wanted and not tried. A wave is submitted as soon as no more ranges are in flight than there are
 * slots. So about two waves are in flight, no core waits for the driver, and a slow task delays
 * only itself. Not thread-safe.
 */
final class Allocation {
  /** A task ends after this multiple of the time its range should take. */
  private static final int PATIENCE = 2;

  /**
   * The expected number of shares in the largest range of a wave, as a power of two, or one less.
   */
  private static final int SHARES_PER_RANGE_BITS = 5;

  /**
   * Leading zero bits of a share at least. A share costs the fastest kernels on a CPU up to 0.1 ms:
   * 0.1 % of the time in which they scan as many hashes.
   */
  private static final int LEAST_SHARE_BITS = 18;

  /** Number of waves that are over whose ranges are remembered. */
  private static final int MAX_OVER = 8;

  private final SchedulerSettings settings;
  private final RandomGenerator random;
  private final RangeAllocator remaining;
  private final RangeSizes sizes;

  /** Assignments in flight, by first position; disjoint. */
  private final TreeMap<Long, Assignment> inFlight = new TreeMap<>();

  /** Waves whose jobs are running, and the last ones that are over. */
  private final Map<Integer, Wave> waves = new HashMap<>();

  /** The ranges of their assignments, by id. */
  private final Map<Long, NonceRange> given = new HashMap<>();

  /** Waves that are over, the oldest first: their tasks may report a little later. */
  private final Deque<Integer> over = new ArrayDeque<>();

  /** Number of losses of positions with their wave, by first position, until they are done. */
  private final TreeMap<Long, Integer> losses = new TreeMap<>();

  /** Positions at or above this one are no longer wanted. */
  private long limit = Long.MAX_VALUE;

  private long reached;
  private int mostShareBits;
  private int count;

  /**
   * @param random makes ids that tell nothing, and that only the assignment's executor knows
   */
  Allocation(SchedulerSettings settings, List<NonceRange> missing, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
    this.remaining = new RangeAllocator(missing);
    this.sizes = new RangeSizes(settings.firstRange());
  }

  /**
   * Allocates the next wave.
   *
   * @param slots number of tasks that can run concurrently, at least 1
   * @param audits pieces to scan again, which the wave holds, too
   * @return empty while enough ranges are in flight, or if none is left
   */
  Optional<Wave> next(int slots, Audits audits) {
    if (inFlight.size() + audits.outstanding() > slots
        || (remaining.isEmpty() && !audits.anyWaiting())) {
      return Optional.empty();
    }
    Duration least =
        Duration.ofSeconds(1).multipliedBy(slots).dividedBy(settings.eventsPerSecond());
    sizes.aimAt(slots, longer(settings.rangeTime(), least), least);
    List<Assignment> assignments = new ArrayList<>(slots);
    for (int i = 0; i < slots && !remaining.isEmpty(); i++) {
      remaining.next(sizes.size(remaining.size())).map(this::assign).ifPresent(assignments::add);
    }
    audits.deal(assignments, slots * Audits.PIECES, this::nextId);
    long largest = assignments.stream().mapToLong(each -> each.range().size()).max().orElseThrow();
    count++;
    Wave wave =
        new Wave(
            count,
            assignments,
            shareBits(largest),
            sizes.timeOf(largest).multipliedBy(PATIENCE),
            longer(settings.reportInterval(), least));
    waves.put(count, wave);
    assignments.forEach(each -> given.put(each.id(), each.range()));
    return Optional.of(wave);
  }

  /** Returns a share target that some, but not many, hashes of the largest range meet. */
  private int shareBits(long largest) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(largest) - SHARES_PER_RANGE_BITS;
    int used = Math.max(LEAST_SHARE_BITS, bits);
    mostShareBits = Math.max(mostShareBits, used);
    return used;
  }

  private Assignment assign(NonceRange range) {
    int lost =
        losses.subMap(range.from(), range.to()).values().stream().max(Integer::compare).orElse(0);
    Assignment assignment = new Assignment(nextId(), range, lost);
    inFlight.put(range.from(), assignment);
    reached = Math.max(reached, range.to());
    return assignment;
  }

  private long nextId() {
    long id = random.nextLong();
    while (given.containsKey(id)) {
      id = random.nextLong();
    }
    return id;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /**
   * Marks an assignment as done.
   *
   * @return whether it was in flight: not if another attempt finished it before, or it is no longer
   *     wanted
   */
  boolean done(long id, NonceRange range) {
    Assignment assignment = inFlight.get(range.from());
    boolean wasOut = assignment != null && assignment.id() == id;
    if (wasOut) {
      inFlight.remove(range.from());
    }
    return wasOut;
  }

  /** Updates sizes and losses from a valid attempt at an assignment that was in flight. */
  void measured(RangeReport report) {
    losses.subMap(report.range().from(), report.end()).clear();
    sizes.measured(report.executor(), report.hashes(), report.nanos());
  }

  /**
   * Returns positions to be allocated again, except those in flight or no longer wanted.
   *
   * @param lost number of times they were lost with their wave
   */
  void reallocate(NonceRange range, int lost) {
    if (lost > 0) {
      losses.merge(range.from(), lost, Math::max);
    }
    long to = Math.min(range.to(), limit);
    long from = range.from();
    Map.Entry<Long, Assignment> before = inFlight.floorEntry(from);
    if (before != null) {
      from = Math.max(from, before.getValue().range().to());
    }
    while (from < to) {
      Map.Entry<Long, Assignment> next = inFlight.ceilingEntry(from);
      long end = next == null ? to : Math.min(to, next.getKey());
      remaining.giveBack(new NonceRange(from, end));
      from = next == null ? to : Math.max(end, next.getValue().range().to());
    }
  }

  /**
   * Drops all positions above one.
   *
   * @return the waves that hold nothing else; empty if already dropped
   */
  List<Integer> dropAbove(long position) {
    if (position + 1 >= limit) {
      return List.of();
    }
    limit = position + 1;
    remaining.cutAt(limit);
    // The other ranges above it in the finder's own wave run to their end; nothing waits for them.
    inFlight.tailMap(limit).clear();
    return waves.values().stream()
        .filter(wave -> wave.lowest() > position && !over.contains(wave.number()))
        .map(Wave::number)
        .sorted()
        .toList();
  }

  /** Returns the range of an assignment; empty if there is none, or its job ended long ago. */
  Optional<NonceRange> range(long id) {
    return Optional.ofNullable(given.get(id));
  }

  /** Returns a task's assignment; empty if its job ended long ago. */
  Optional<Assignment> assignment(int wave, int index) {
    Wave known = waves.get(wave);
    return known == null || index >= known.assignments().size()
        ? Optional.empty()
        : Optional.of(known.assignments().get(index));
  }

  /** Returns the assignments of a wave; empty if its job ended long ago. */
  List<Assignment> assignments(int wave) {
    Wave known = waves.get(wave);
    return known == null ? List.of() : known.assignments();
  }

  /**
   * Records that a wave's job is over.
   *
   * @return its assignments that were in flight
   */
  List<Assignment> ended(int wave) {
    List<Assignment> open =
        assignments(wave).stream().filter(each -> done(each.id(), each.range())).toList();
    over.addLast(wave);
    if (over.size() > MAX_OVER) {
      Wave oldest = waves.remove(over.removeFirst());
      if (oldest != null) {
        oldest.assignments().forEach(each -> given.remove(each.id()));
      }
    }
    return open;
  }

  boolean isAllDone() {
    return remaining.isEmpty() && inFlight.isEmpty();
  }

  /** Whether a number of leading zero bits may be the share target of a wave. */
  boolean isShareTarget(int bits) {
    return bits >= LEAST_SHARE_BITS && bits <= mostShareBits;
  }

  /** Returns the number of waves submitted. */
  int count() {
    return count;
  }

  int outstanding() {
    return inFlight.size();
  }

  /** Returns the ranges in flight, ascending. */
  List<NonceRange> inFlight() {
    return inFlight.values().stream().map(Assignment::range).toList();
  }

  /** Returns the end of the highest range allocated; 0 before the first. */
  long reached() {
    return reached;
  }
}
