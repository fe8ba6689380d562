package io.goldennonce.search;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The work of one executor in a run, as reported so far.
 *
 * @param executor its Spark id
 * @param kernel the kernel it used last
 * @param faults number of wrong hashes detected
 * @param devices the part of that work done by each device, by id
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

  /** The work of an executor without devices. */
  public ExecutorWork(String executor, String host, String kernel, long hashes, int faults) {
    this(executor, host, kernel, hashes, faults, List.of());
  }

  public ExecutorWork plus(ExecutorWork newer) {
    Map<String, DeviceWork> byId = new TreeMap<>();
    Stream.of(devices, newer.devices)
        .flatMap(List::stream)
        .forEach(device -> byId.merge(device.id(), device, DeviceWork::plus));
    return new ExecutorWork(
        newer.executor,
        newer.host,
        newer.kernel,
        hashes + newer.hashes,
        faults + newer.faults,
        List.copyOf(byId.values()));
  }

  /**
   * The work of one device.
   *
   * @param id its kind and number
   * @param name the vendor's name
   * @param lost whether it has failed and the CPU replaces it
   */
  public record DeviceWork(String id, String name, long hashes, boolean lost) {
    private DeviceWork plus(DeviceWork newer) {
      return new DeviceWork(id, newer.name, hashes + newer.hashes, newer.lost);
    }
  }
}
