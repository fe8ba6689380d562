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
 * Adds up each executor's work over an application's searches. One that was not heard of for ten
 * minutes is added to a row for all that are gone, so that the table does not grow with executors
 * that come and go. Not thread-safe.
 */
final class ExecutorTable {
  /** Spark gives an executor up after two minutes of silence, and never uses its id again. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,8}");
  private static final String GONE = "gone";

  /** How many executors a sample of rates has: as many as the page draws. */
  static final int CHARTED = 8;

  private final Map<String, Entry> entries = new TreeMap<>();

  /** Ids that are gone, in the running search: its reports go on naming them. */
  private final BitSet gone = new BitSet();

  private final Entry sum = new Entry(GONE, "", Instant.MIN);
  private long goneCount;

  private static final class Entry {
    private final String executor;
    private final String host;
    private String kernel = "";
    private long earlierHashes;
    private long earlierFaults;
    private long hashes;
    private long faults;
    private RecentRate rate = new RecentRate();
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
          earlierHashes + hashes,
          running ? rate.rate() : 0,
          earlierFaults + faults,
          devices.entrySet().stream()
              .map(device -> device.getValue().view(device.getKey(), running))
              .toList(),
          usage);
    }
  }

  private static final class DeviceEntry {
    private String name = "";
    private boolean lost;
    private long earlierHashes;
    private long hashes;
    private RecentRate rate = new RecentRate();

    void progress(Duration elapsed, ExecutorWork.DeviceWork work) {
      name = work.name();
      lost = work.lost();
      hashes = work.hashes();
      rate.add(elapsed, hashes);
    }

    void ended() {
      earlierHashes += hashes;
      hashes = 0;
      rate = new RecentRate();
    }

    Snapshot.Device view(String id, boolean running) {
      return new Snapshot.Device(id, name, earlierHashes + hashes, running ? rate.rate() : 0, lost);
    }
  }

  /**
   * Takes in how far the running search is.
   *
   * @param elapsed time since it began
   * @param all what each executor has done in it, those included that are gone
   */
  void progress(Duration elapsed, List<ExecutorWork> all, Instant now) {
    for (ExecutorWork work : all) {
      if (isGone(work.executor())) {
        continue;
      }
      Entry entry = entry(work.executor(), work.host(), now);
      if (work.hashes() != entry.hashes || work.faults() != entry.faults) {
        entry.heardOf = now;
      }
      entry.kernel = work.kernel();
      entry.hashes = work.hashes();
      entry.faults = work.faults();
      entry.rate.add(elapsed, work.hashes());
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
      // A driver that computes by itself, the only one without a number, lives as long as this.
      if (NUMBER.matcher(entry.executor).matches()
          && entry.heardOf.plus(FORGOTTEN_AFTER).isBefore(now)) {
        sum.earlierHashes += entry.earlierHashes + entry.hashes;
        sum.earlierFaults += entry.earlierFaults + entry.faults;
        gone.set(Integer.parseInt(entry.executor));
        goneCount++;
        all.remove();
      }
    }
  }

  /** Takes in that the search has ended: the next one's counts begin at 0. */
  void ended() {
    for (Entry entry : entries.values()) {
      entry.earlierHashes += entry.hashes;
      entry.earlierFaults += entry.faults;
      entry.hashes = 0;
      entry.faults = 0;
      entry.rate = new RecentRate();
      entry.devices.values().forEach(DeviceEntry::ended);
    }
    gone.clear(); // the next search names only those that work for it
  }

  void usage(ExecutorUsage usage, Instant now) {
    if (!isGone(usage.executor())) {
      Entry entry = entry(usage.executor(), usage.host(), now);
      entry.usage = usage;
      entry.heardOf = now;
    }
  }

  /** Those that were heard of lately, and one row for all that are gone, if any are. */
  List<Snapshot.Executor> list(boolean running) {
    Stream<Entry> rows = entries.values().stream();
    return (goneCount == 0 ? rows : Stream.concat(rows, Stream.of(sum)))
        .map(entry -> entry.view(running))
        .toList();
  }

  /** Rates of those that have done most, by name. */
  Map<String, Double> rates(boolean running) {
    return entries.values().stream()
        .map(entry -> entry.view(running))
        .filter(executor -> executor.hashes() > 0)
        .sorted(Comparator.comparingLong(Snapshot.Executor::hashes).reversed())
        .limit(CHARTED)
        .collect(Collectors.toMap(Snapshot.Executor::name, Snapshot.Executor::rate));
  }

  /** Ids are unique in an application; a host may have several names. */
  private Entry entry(String executor, String host, Instant now) {
    return entries.computeIfAbsent(executor, key -> new Entry(executor, host, now));
  }
}
