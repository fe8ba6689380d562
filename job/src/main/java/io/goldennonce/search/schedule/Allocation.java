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

/**
 * What is left to do and what is out: each position that is wanted and not tried is in one of them.
 * There are always as many ranges waiting as there are running: a wave goes out as soon as no more
 * are outstanding than there are slots. So two waves are in flight, no core waits for the driver,
 * and a slow task holds up nothing but itself. Not thread-safe.
 */
final class Allocation {
  /** A task may take this many times as long as it should before it lets go. */
  private static final int PATIENCE = 2;

  /** Lost waves whose ranges are remembered. */
  private static final int MAX_LOST_WAVES = 8;

  private final Scheduler.Settings settings;
  private final RangeAllocator left;
  private final RangeSizes sizes;

  /** What is out and not done, by the first position; no two overlap. */
  private final TreeMap<Long, Assignment> out = new TreeMap<>();

  /** The waves whose jobs have not ended by themselves, and the last ones that were lost. */
  private final Map<Integer, Wave> waves = new HashMap<>();

  /** The numbers of lost waves: Spark reports the ends of their tasks a little later. */
  private final Deque<Integer> lostWaves = new ArrayDeque<>();

  /** How often positions were lost with their wave, by the first of them, until they are done. */
  private final TreeMap<Long, Integer> losses = new TreeMap<>();

  /** Positions from this one on are not wanted any more. */
  private long limit = Long.MAX_VALUE;

  private long reached;
  private long ids;
  private int count;

  Allocation(Scheduler.Settings settings, List<NonceRange> missing) {
    this.settings = settings;
    this.left = new RangeAllocator(missing);
    this.sizes = new RangeSizes(settings.firstRange());
  }

  /**
   * The next wave to send out now.
   *
   * @param slots tasks that can run at once, at least 1
   * @return nothing while enough ranges wait, or when none is left
   */
  Optional<Wave> next(int slots) {
    if (out.size() > slots || left.isEmpty()) {
      return Optional.empty();
    }
    Duration least =
        Duration.ofSeconds(1).multipliedBy(slots).dividedBy(settings.eventsPerSecond());
    sizes.aimAt(slots, longer(settings.rangeTime(), least), least);
    List<Assignment> assignments = new ArrayList<>(slots);
    long largest = 0;
    for (int i = 0; i < slots && !left.isEmpty(); i++) {
      long size = sizes.size(left.size());
      largest = Math.max(largest, size);
      left.next(size).map(this::assign).ifPresent(assignments::add);
    }
    count++;
    Wave wave =
        new Wave(
            count,
            assignments,
            sizes.timeOf(largest).multipliedBy(PATIENCE),
            longer(settings.reportInterval(), least));
    waves.put(count, wave);
    return Optional.of(wave);
  }

  private Assignment assign(NonceRange range) {
    int lost =
        losses.subMap(range.from(), range.to()).values().stream().max(Integer::compare).orElse(0);
    ids++;
    Assignment assignment = new Assignment(ids, range, lost);
    out.put(range.from(), assignment);
    reached = Math.max(reached, range.to());
    return assignment;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /**
   * An attempt is done with its assignment.
   *
   * @return whether the assignment was out: it is not where another attempt was done with it
   *     before, or nobody wants it any more
   */
  boolean done(long id, NonceRange range) {
    Assignment assignment = out.get(range.from());
    boolean wasOut = assignment != null && assignment.id() == id;
    if (wasOut) {
      out.remove(range.from());
    }
    return wasOut;
  }

  /** A sound attempt has scanned this much of an assignment that was out. */
  void measured(RangeReport report) {
    losses.subMap(report.range().from(), report.end()).clear();
    sizes.measured(report.executor(), report.hashes(), report.nanos());
  }

  /**
   * Allocates positions again, except those that are out or not wanted any more.
   *
   * @param lost how often they were lost with their wave so far
   */
  void again(NonceRange range, int lost) {
    if (lost > 0) {
      losses.merge(range.from(), lost, Math::max);
    }
    long to = Math.min(range.to(), limit);
    long from = range.from();
    Map.Entry<Long, Assignment> before = out.floorEntry(from);
    if (before != null) {
      from = Math.max(from, before.getValue().range().to());
    }
    while (from < to) {
      Map.Entry<Long, Assignment> next = out.ceilingEntry(from);
      long end = next == null ? to : Math.min(to, next.getKey());
      left.giveBack(new NonceRange(from, end));
      from = next == null ? to : Math.max(end, next.getValue().range().to());
    }
  }

  /**
   * Makes everything above a position needless.
   *
   * @return the waves that hold nothing else; none where that was said before
   */
  List<Integer> dropAbove(long position) {
    if (position + 1 >= limit) {
      return List.of();
    }
    limit = position + 1;
    left.cutAt(limit);
    // What else of the finder's own wave lies above it runs to its end, and nobody waits for it.
    out.tailMap(limit).clear();
    return waves.values().stream()
        .filter(wave -> wave.lowest() > position)
        .map(Wave::number)
        .sorted()
        .toList();
  }

  /** What a task was given; nothing where its job has ended without it. */
  Optional<Assignment> assignment(int wave, int index) {
    Wave known = waves.get(wave);
    return known == null || index >= known.assignments().size()
        ? Optional.empty()
        : Optional.of(known.assignments().get(index));
  }

  /** A wave's job has ended by itself. */
  void ended(int wave) {
    waves.remove(wave);
  }

  /**
   * A wave's job has failed.
   *
   * @return what of it was out and is no more, each with one loss more
   */
  List<Assignment> lost(int wave) {
    Wave known = waves.get(wave);
    List<Assignment> lost = new ArrayList<>();
    if (known != null) {
      lostWaves.addLast(wave);
      if (lostWaves.size() > MAX_LOST_WAVES) {
        waves.remove(lostWaves.removeFirst());
      }
      for (Assignment each : known.assignments()) {
        if (done(each.id(), each.range())) {
          lost.add(new Assignment(each.id(), each.range(), each.losses() + 1));
        }
      }
    }
    return lost;
  }

  /** Whether all is allocated and done. */
  boolean isAllDone() {
    return left.isEmpty() && out.isEmpty();
  }

  /** How many waves were sent out. */
  int count() {
    return count;
  }

  /** How many ranges are out. */
  int outstanding() {
    return out.size();
  }

  /** The ranges that are out, ascending. */
  List<NonceRange> inFlight() {
    return out.values().stream().map(Assignment::range).toList();
  }

  /** The end of the highest range that was sent out; 0 before the first. */
  long reached() {
    return reached;
  }
}
