package io.goldennonce.spark;

import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeDealer;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.RangeSizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The ranges that are out. There are always as many waiting as there are running: a wave goes out
 * as soon as no more are outstanding than there are slots. So two waves are in flight, no core
 * waits for the driver, and a slow task holds up nothing but itself. Not thread-safe.
 */
final class Waves {
  private final JavaSparkContext context;
  private final String group;
  private final RangeDealer dealer;
  private final SparkSearch.Settings settings;
  private final RangeSizer sizer;
  private final RangeTask task;
  private final TreeMap<Long, NonceRange> outstanding = new TreeMap<>();
  private final List<Wave> waves = new ArrayList<>();

  /** The ranges of each wave that has not ended by itself, by its job group. */
  private final Map<String, List<NonceRange>> rangesByGroup = new HashMap<>();

  private long limit = Long.MAX_VALUE;
  private int count;
  private long reached;

  /**
   * @param group what the names of their job groups begin with
   */
  Waves(
      JavaSparkContext context,
      String group,
      RangeDealer dealer,
      SparkSearch.Settings settings,
      RangeTask task) {
    this.context = context;
    this.group = group;
    this.dealer = dealer;
    this.settings = settings;
    this.sizer = new RangeSizer(settings.rangeTime(), settings.firstRange());
    this.task = task;
  }

  /** Sends waves out until enough ranges wait. */
  void fill() {
    int slots = Math.max(1, context.defaultParallelism());
    Pace pace = Pace.of(settings, slots);
    sizer.aimAt(pace.least(), pace.range());
    while (outstanding.size() <= slots && !dealer.isEmpty()) {
      List<NonceRange> ranges = new ArrayList<>(slots);
      for (int i = 0; i < slots; i++) {
        dealer.next(sizer.size(dealer.size(), slots)).ifPresent(ranges::add);
      }
      for (NonceRange range : ranges) {
        outstanding.put(range.from(), range);
        reached = Math.max(reached, range.to());
      }
      count++;
      String waveGroup = group + " wave " + count;
      rangesByGroup.put(waveGroup, ranges);
      waves.add(
          Wave.submit(
              context,
              waveGroup,
              "wave " + count + ": positions from " + ranges.get(0).from(),
              ranges,
              task.at(pace)));
    }
  }

  /** How many were sent out. */
  int count() {
    return count;
  }

  /** The end of the highest range that was sent out; 0 before the first. */
  long reached() {
    return reached;
  }

  /** The ranges that are out. */
  Collection<NonceRange> inFlight() {
    return outstanding.values();
  }

  /** Whether every range is dealt and done. */
  boolean isAllDone() {
    return dealer.isEmpty() && outstanding.isEmpty();
  }

  /** What a task was given; nothing where its job has done without it. */
  Optional<NonceRange> rangeOf(RunningTasks.TaskEnd task) {
    List<NonceRange> ranges = rangesByGroup.getOrDefault(task.group(), List.of());
    return task.index() < ranges.size() ? Optional.of(ranges.get(task.index())) : Optional.empty();
  }

  /** Takes in that an attempt has ended; what it had no time for is dealt again. */
  void ended(RangeReport report) {
    if (report.phase() == RangeReport.Phase.DONE
        && outstanding.remove(report.range().from()) != null) {
      dealAgain(report.left());
      sizer.measured(report.hashes(), report.nanos());
    }
  }

  /** Deals a range that is out once more. */
  void redo(NonceRange range) {
    if (outstanding.remove(range.from()) != null) {
      dealAgain(range);
    }
  }

  private void dealAgain(NonceRange range) {
    if (range.from() < limit) {
      dealer.giveBack(new NonceRange(range.from(), Math.min(range.to(), limit)));
    }
  }

  /** Makes everything above a position needless: cancels the waves that hold nothing else. */
  void dropAbove(long position) {
    limit = position;
    dealer.cutAt(position);
    for (Iterator<Wave> i = waves.iterator(); i.hasNext(); ) {
      Wave wave = i.next();
      if (wave.lowest() > position) {
        wave.cancel(context);
        i.remove();
      }
    }
    // What else of the finder's own wave lies above it runs to its end, and nobody waits for it.
    outstanding.tailMap(position, false).clear();
  }

  /** Lets go of the waves that are done, and throws if one has failed. */
  void checkDone() throws InterruptedException {
    for (Iterator<Wave> i = waves.iterator(); i.hasNext(); ) {
      Wave wave = i.next();
      if (wave.isDone()) {
        i.remove();
        rangesByGroup.remove(wave.group());
        wave.check();
      }
    }
  }

  /**
   * Cancels all, and waits until Spark has taken that in.
   *
   * @return whether there was anything to cancel
   */
  boolean cancelAll() throws InterruptedException {
    List<Wave> running = waves.stream().filter(wave -> !wave.isDone()).toList();
    waves.clear();
    // What has done all its ranges only has to end, and Spark warns of a cancellation that finds
    // nothing.
    boolean ending = isAllDone() && limit == Long.MAX_VALUE;
    if (!ending) {
      running.forEach(wave -> wave.cancel(context));
    }
    for (Wave wave : running) {
      wave.awaitCancelled(settings.stopWait());
    }
    return !running.isEmpty();
  }
}
