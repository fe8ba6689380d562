package io.goldennonce.search;

import io.goldennonce.kernel.KernelDevice;
import java.util.List;
import java.util.TreeMap;

/** Adds up what each executor does in a run. Not thread-safe. */
public final class ExecutorTally {
  private final TreeMap<String, Entry> byExecutor = new TreeMap<>();

  private static final class Entry {
    private final String executor;
    private final String host;
    private String kernel = "";
    private long hashes;
    private int faults;
    private final TreeMap<String, ExecutorWork.DeviceWork> devices = new TreeMap<>();

    Entry(RangeReport report) {
      this.executor = report.executor();
      this.host = report.host();
    }

    void add(KernelDevice device, long news) {
      ExecutorWork.DeviceWork before = devices.get(device.id());
      devices.put(
          device.id(),
          new ExecutorWork.DeviceWork(
              device.id(),
              device.name(),
              // What is new with the report of the loss may be the processor's already.
              (before == null ? 0 : before.hashes()) + (device.lost() ? 0 : news),
              device.lost()));
    }

    ExecutorWork work() {
      return new ExecutorWork(
          executor, host, kernel, hashes, faults, List.copyOf(devices.values()));
    }
  }

  /**
   * Takes a report in.
   *
   * @param news the hashes in it that were not known before
   */
  public void add(RangeReport report, long news) {
    merge(report, news, 0);
  }

  /** Takes in that an executor was caught at a wrong hash. */
  public void addFault(RangeReport report, long news) {
    merge(report, news, 1);
  }

  /** Each executor that has reported, by host and id. */
  public List<ExecutorWork> work() {
    return byExecutor.values().stream().map(Entry::work).toList();
  }

  private void merge(RangeReport report, long hashes, int faults) {
    Entry entry =
        byExecutor.computeIfAbsent(
            report.host() + " " + report.executor(), key -> new Entry(report));
    entry.kernel = report.kernel();
    entry.hashes += hashes;
    entry.faults += faults;
    KernelDevice device = report.device();
    if (device != null) {
      entry.add(device, hashes);
    }
  }
}
