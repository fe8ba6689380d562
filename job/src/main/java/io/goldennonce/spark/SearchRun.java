package io.goldennonce.spark;

import io.goldennonce.search.Found;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.RangeDealer;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.RangeSizer;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a search: deals ranges out in waves, takes the reports in, and stops what is no longer
 * needed. All its state belongs to the thread that calls {@link #run}; only the report queue is
 * shared.
 *
 * <p>There are always as many ranges waiting as there are running: a wave goes out as soon as no
 * more are outstanding than there are slots. So two waves are in flight, no core waits for the
 * driver, and a slow task holds up nothing but itself.
 */
final class SearchRun {
  private static final Logger LOG = LoggerFactory.getLogger(SearchRun.class);

  /** How often the stop signal is asked and failed jobs are looked for. */
  private static final long TICK_MILLIS = 10;

  private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(250);

  /** So many false finds can't be chance: some machine computes wrongly. */
  private static final int FALSE_FINDS = 3;

  private final JavaSparkContext context;
  private final SearchSpec spec;
  private final SparkSearch.Settings settings;
  private final RangeSizer sizer;
  private final RunningTasks tasks;
  private final RangeDealer dealer;
  private final BlockingQueue<RangeReport> reports = new LinkedBlockingQueue<>();
  private final ReportAccumulator accumulator = new ReportAccumulator(reports::add);
  private final TreeMap<Long, NonceRange> outstanding = new TreeMap<>();
  private final List<Wave> waves = new ArrayList<>();
  private final Map<String, Integer> rangesByKernel = new TreeMap<>();
  private final Instant startedAt = Instant.now();
  private final long start = System.nanoTime();

  private Optional<Found> found = Optional.empty();
  private Optional<Duration> stopLatency = Optional.empty();
  private Duration elapsed = Duration.ZERO;
  private boolean hashesExact = true;
  private long hashes;
  private int waveCount;
  private int falseFinds;

  SearchRun(
      JavaSparkContext context,
      SearchSpec spec,
      SparkSearch.Settings settings,
      RangeSizer sizer,
      RunningTasks tasks) {
    this.context = context;
    this.spec = spec;
    this.settings = settings;
    this.sizer = sizer;
    this.tasks = tasks;
    this.dealer = new RangeDealer(spec.keyspace());
    context.sc().register(accumulator, "hashes tried");
  }

  /** What the names of the search's job groups begin with. */
  static String groupPrefix(SearchSpec spec) {
    return "search " + spec.id();
  }

  SearchResult run(StopSignal stop, Consumer<SearchProgress> progress) throws InterruptedException {
    Outcome outcome;
    try {
      outcome = searchUntilDone(stop, progress);
    } finally {
      // However the loop ended, its order to stop goes out first and all else comes after.
      elapsed = Duration.ofNanos(System.nanoTime() - start);
      stopAll();
    }
    return new SearchResult(
        outcome,
        found,
        hashes,
        hashesExact,
        startedAt,
        elapsed,
        stopLatency,
        context.defaultParallelism(),
        mostUsedKernel());
  }

  private Outcome searchUntilDone(StopSignal stop, Consumer<SearchProgress> progress)
      throws InterruptedException {
    long nextProgress = 0;
    while (true) {
      deal();
      if (isDecided()) {
        return found.isPresent() ? Outcome.FOUND : Outcome.EXHAUSTED;
      }
      RangeReport report = reports.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
      if (report != null) {
        accept(report);
        continue;
      }
      Optional<StopReason> reason = stop.reason();
      if (reason.isPresent()) {
        return Outcome.of(reason.get());
      }
      dropDoneWaves();
      long now = System.nanoTime() - start;
      if (now >= nextProgress) {
        nextProgress = now + PROGRESS_INTERVAL.toNanos();
        progress.accept(
            new SearchProgress(
                hashes,
                Duration.ofNanos(now),
                spec.target().probability(),
                context.defaultParallelism()));
      }
    }
  }

  private void deal() {
    int slots = Math.max(1, context.defaultParallelism());
    while (outstanding.size() <= slots && !dealer.isEmpty()) {
      List<NonceRange> ranges = new ArrayList<>(slots);
      for (int i = 0; i < slots; i++) {
        dealer.next(sizer.size()).ifPresent(ranges::add);
      }
      ranges.forEach(range -> outstanding.put(range.from(), range));
      waveCount++;
      waves.add(
          Wave.submit(
              context,
              groupPrefix(spec) + " wave " + waveCount,
              "wave " + waveCount + ": nonces from " + ranges.get(0).from(),
              ranges,
              new RangeTask(spec, settings.kernel(), accumulator)));
    }
  }

  /** Whether what is known can't change any more. */
  private boolean isDecided() {
    if (found.isEmpty() || spec.mode() == ResultMode.LOWEST) {
      return dealer.isEmpty() && outstanding.isEmpty();
    }
    return true;
  }

  private void accept(RangeReport report) {
    // A range that was cancelled meanwhile is no longer of interest, though its work was done.
    outstanding.remove(report.range().from());
    sizer.measured(report);
    if (report.hit()) {
      Optional<Found> confirmed = Found.confirm(spec, report.position());
      if (confirmed.isEmpty()) {
        refuse(report);
        return;
      }
      if (found.isEmpty() || report.position() < found.get().position()) {
        found = confirmed;
        dropAbove(report.position());
      }
    }
    hashes += report.hashes();
    rangesByKernel.merge(report.kernel(), 1, Integer::sum);
  }

  private void refuse(RangeReport report) {
    LOG.warn(
        "executor {} on {} proposed position {}, whose hash is above the target: its range is done"
            + " again",
        report.executor(),
        report.host(),
        report.position());
    falseFinds++;
    if (falseFinds == FALSE_FINDS) {
      throw new SearchFailedException(
          "kernel "
              + report.kernel()
              + " proposed a false solution "
              + FALSE_FINDS
              + " times; choose another with --kernel");
    }
    dealer.giveBack(report.range());
  }

  /** A lower solution makes everything above it needless. */
  private void dropAbove(long position) {
    dealer.cutAt(position);
    if (spec.mode() == ResultMode.LOWEST) {
      for (Wave wave : waves) {
        if (wave.ranges().get(0).from() > position && !wave.isDone()) {
          cancel(wave);
        }
      }
      // What is left of the finder's own wave above the find ends with its range.
      outstanding.tailMap(position, false).clear();
    }
  }

  private void cancel(Wave wave) {
    for (NonceRange range : wave.ranges()) {
      if (outstanding.remove(range.from()) != null) {
        hashesExact = false;
      }
    }
    wave.cancel(context);
  }

  private void dropDoneWaves() throws InterruptedException {
    for (Iterator<Wave> i = waves.iterator(); i.hasNext(); ) {
      Wave wave = i.next();
      if (wave.isDone()) {
        boolean cancelled =
            found.isPresent() && wave.ranges().get(0).from() > found.get().position();
        if (!cancelled) {
          wave.check();
        }
        i.remove();
      }
    }
  }

  private void stopAll() throws InterruptedException {
    List<Wave> running = waves.stream().filter(wave -> !wave.isDone()).toList();
    if (running.isEmpty()) {
      return;
    }
    long ordered = System.nanoTime();
    running.forEach(this::cancel);
    hashesExact = false;
    if (tasks.awaitIdle(settings.stopWait())) {
      stopLatency = Optional.of(Duration.ofNanos(System.nanoTime() - ordered));
    } else {
      LOG.warn(
          "some tasks were still running {} ms after the order to stop",
          settings.stopWait().toMillis());
    }
    reports.forEach(report -> hashes += report.hashes());
  }

  private Optional<String> mostUsedKernel() {
    return rangesByKernel.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }
}
