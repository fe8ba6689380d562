package io.goldennonce.monitor;

import io.goldennonce.search.ExecutorWork;
import io.goldennonce.search.RecentRate;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sums each executor's work over an application's searches. Executors that were silent for ten
 * minutes are merged into one row, so that the table does not grow with executors that come and go.
 * Not thread-safe.
 */
final class ExecutorTable {
  /** Spark removes an executor after two minutes of silence, and never reuses its id. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,8}");
  private static final String GONE = "gone";

  /** Number of executors in a sample of rates: as many as the page draws. */
  static final int CHARTED = 8;

  private final Map<String, Entry> entries = new TreeMap<>();

  /** Ids of removed executors of the running search, whose reports still name them. */
  private final BitSet gone = new BitSet();

  private final Entry sum = new Entry(GONE, "", Instant.MIN);
  private long goneCount;

  private static final class Entry {
    private final String executor;
    private final String host;
    private String kernel = "";
    private final Tally hashes = new Tally();
    private final Tally faults = new Tally();
    private @Nullable ExecutorUsage usage;
    private final Map<String, DeviceEntry> devices = new TreeMap<>();
    private Instant heardOf;

    Entry(String executor, String host, Instant now) {
      this.executor = executor;
      this.host = host;
      this.heardOf = now;
    }

    Snapshot.Executor view(boolean running) {
      return new Snapshot.Executor(
          executor,
          host,
          kernel,
          hashes.total(),
          hashes.rate(running),
          faults.total(),
          devices.entrySet().stream()
              .map(device -> device.getValue().view(device.getKey(), running))
              .toList(),
          usage);
    }
  }

  /** A count in the running search, and in earlier ones. */
  private static final class Tally {
    private long earlier;
    private long current;
    private RecentRate rate = new RecentRate();

    void progress(Duration elapsed, long count) {
      current = count;
      rate.add(elapsed, count);
    }

    void ended() {
      earlier += current;
      current = 0;
      rate = new RecentRate();
    }

    long total() {
      return earlier + current;
    }

    double rate(boolean running) {
      return running ? rate.rate() : 0;
    }
  }

  private static final class DeviceEntry {
    private String name = "";
    private boolean lost;
    private final Tally hashes = new Tally();

    void progress(Duration elapsed, ExecutorWork.DeviceWork work) {
      name = work.name();
      lost = work.lost();
      hashes.progress(elapsed, work.hashes());
    }

    Snapshot.Device view(String id, boolean running) {
      return new Snapshot.Device(id, name, hashes.total(), hashes.rate(running), lost);
    }
  }

  /**
   * Updates the work of the running search.
   *
   * @param all work of each executor in it, including removed executors
   */
  void progress(Duration elapsed, List<ExecutorWork> all, Instant now) {
    for (ExecutorWork work : all) {
      if (isGone(work.executor())) {
        continue;
      }
      Entry entry = entry(work.executor(), work.host(), now);
      if (work.hashes() != entry.hashes.current || work.faults() != entry.faults.current) {
        entry.heardOf = now;
      }
      entry.kernel = work.kernel();
      entry.hashes.progress(elapsed, work.hashes());
      entry.faults.progress(elapsed, work.faults());
      work.devices()
          .forEach(
              device ->
                  entry
                      .devices
                      .computeIfAbsent(device.id(), id -> new DeviceEntry())
                      .progress(elapsed, device));
    }
    forget(now);
  }

  private boolean isGone(String executor) {
    return NUMBER.matcher(executor).matches() && gone.get(Integer.parseInt(executor));
  }

  private void forget(Instant now) {
    for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
      Entry entry = all.next();
      // A local driver, the only executor without a number, is never removed.
      if (NUMBER.matcher(entry.executor).matches()
          && entry.heardOf.plus(FORGOTTEN_AFTER).isBefore(now)) {
        sum.hashes.earlier += entry.hashes.total();
        sum.faults.earlier += entry.faults.total();
        gone.set(Integer.parseInt(entry.executor));
        goneCount++;
        all.remove();
      }
    }
  }

  /** Ends the search: the next one counts from 0. */
  void ended() {
    for (Entry entry : entries.values()) {
      entry.hashes.ended();
      entry.faults.ended();
      entry.devices.values().forEach(device -> device.hashes.ended());
    }
    gone.clear(); // the next search's reports name only its own executors
  }

  void usage(ExecutorUsage usage, Instant now) {
    if (!isGone(usage.executor())) {
      Entry entry = entry(usage.executor(), usage.host(), now);
      entry.usage = usage;
      entry.heardOf = now;
    }
  }

  /** The live executors, and one row for all removed ones, if there are any. */
  List<Snapshot.Executor> list(boolean running) {
    Stream<Entry> rows = entries.values().stream();
    return (goneCount == 0 ? rows : Stream.concat(rows, Stream.of(sum)))
        .map(entry -> entry.view(running))
        .toList();
  }

  /** Rates of the executors with the most work, by name. */
  Map<String, Double> rates(boolean running) {
    return entries.values().stream()
        .map(entry -> entry.view(running))
        .filter(executor -> executor.hashes() > 0)
        .sorted(Comparator.comparingLong(Snapshot.Executor::hashes).reversed())
        .limit(CHARTED)
        .collect(Collectors.toMap(Snapshot.Executor::name, Snapshot.Executor::rate));
  }

  /** Finds an entry by id, which is unique in an application; a host may have several names. */
  private Entry entry(String executor, String host, Instant now) {
    return entries.computeIfAbsent(executor, key -> new Entry(executor, host, now));
  }
}
