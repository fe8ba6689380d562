package io.goldennonce.search;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one executor has done in a run, as far as it has reported.
 *
 * @param executor Spark's id of it
 * @param host where it runs
 * @param kernel the kernel it used last
 * @param hashes hashes computed
 * @param faults how often it was caught at a wrong hash
 * @param devices what its devices have done of that, by id
 */
public record ExecutorWork(
    String executor,
    String host,
    String kernel,
    long hashes,
    int faults,
    List<DeviceWork> devices) {
  public ExecutorWork {
    devices = List.copyOf(devices);
  }

  /** Of an executor that computes with processors alone. */
  public ExecutorWork(String executor, String host, String kernel, long hashes, int faults) {
    this(executor, host, kernel, hashes, faults, List.of());
  }

  /** This and what it has done since. */
  public ExecutorWork plus(ExecutorWork news) {
    Map<String, DeviceWork> byId = new TreeMap<>();
    Stream.of(devices, news.devices)
        .flatMap(List::stream)
        .forEach(device -> byId.merge(device.id(), device, DeviceWork::plus));
    return new ExecutorWork(
        news.executor,
        news.host,
        news.kernel,
        hashes + news.hashes,
        faults + news.faults,
        List.copyOf(byId.values()));
  }

  /**
   * What one device has done.
   *
   * @param id its kind and number
   * @param name what its maker calls it
   * @param hashes hashes computed
   * @param lost whether it has failed, so that the processor works in its place
   */
  public record DeviceWork(String id, String name, long hashes, boolean lost) {
    private DeviceWork plus(DeviceWork news) {
      return new DeviceWork(id, news.name, hashes + news.hashes, news.lost);
    }
  }
}
