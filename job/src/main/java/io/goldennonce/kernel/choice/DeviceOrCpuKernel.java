package io.goldennonce.kernel.choice;

import io.goldennonce.base.DaemonThreads;
import io.goldennonce.kernel.DeviceKernel;
import io.goldennonce.kernel.DeviceUsage;
import io.goldennonce.kernel.KernelDevice;
import io.goldennonce.kernel.KernelFailedException;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.ScanResult;
import io.goldennonce.kernel.SelfTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Scans with a device once its kernel has passed the self-test for the template's program. Before
 * that, and after the device has failed, it scans with a kernel of the CPU, from the next nonce. A
 * device that fails is not used again in this JVM.
 */
final class DeviceOrCpuKernel implements NonceKernel {
  /** Why devices failed. */
  private static final Map<DeviceKernel, String> FAILURES = new ConcurrentHashMap<>();

  /** The results of self-tests, by device and program. */
  private static final Map<List<Object>, CompletableFuture<Optional<String>>> TESTS =
      new ConcurrentHashMap<>();

  private final DeviceKernel device;
  private final NonceKernel cpu;
  private volatile boolean isUsed;

  DeviceOrCpuKernel(DeviceKernel device, NonceKernel cpu) {
    this.device = device;
    this.cpu = cpu;
  }

  /** Returns the device's name from its first scan until it fails, otherwise the CPU kernel's. */
  @Override
  public String name() {
    return isUsed && !isGivenUp() ? device.name() : cpu.name();
  }

  /** Empty before its first scan, unless it failed before that. */
  @Override
  public Optional<KernelDevice> device() {
    return isGivenUp()
        ? device.device().map(KernelDevice::asLost)
        : device.device().filter(known -> isUsed);
  }

  DeviceKernel deviceKernel() {
    return device;
  }

  @Override
  public NonceScanner scanner(NonceTemplate template) {
    return device.supports(template) && !isGivenUp()
        ? new Scanner(template)
        : cpu.scanner(template);
  }

  /**
   * Waits for the self-test, which compiles the program and takes up to some seconds.
   *
   * @param template one that the device supports
   * @return why the device is not used, if so
   */
  Optional<String> failure(NonceTemplate template) {
    return Optional.ofNullable(FAILURES.get(device)).or(() -> test(template).join());
  }

  /** Returns the usage of all devices that this JVM uses or used until they failed. */
  static List<DeviceUsage> usage() {
    return TESTS.keySet().stream()
        .map(key -> (DeviceKernel) key.get(0))
        .distinct()
        .flatMap(device -> device.usage().stream())
        .toList();
  }

  private boolean isGivenUp() {
    return FAILURES.containsKey(device);
  }

  private CompletableFuture<Optional<String>> test(NonceTemplate template) {
    return TESTS.computeIfAbsent(
        List.of(device, device.code(template)), key -> startTest(template));
  }

  private CompletableFuture<Optional<String>> startTest(NonceTemplate template) {
    return CompletableFuture.supplyAsync(
            () -> SelfTest.failure(device, template), DeviceOrCpuKernel::startThread)
        .exceptionally(e -> Optional.of("its self-test ended with " + e))
        .thenApply(
            failure -> {
              failure.ifPresent(this::giveUp);
              return failure;
            });
  }

  private static void startThread(Runnable work) {
    DaemonThreads.create("device-self-test", work).start();
  }

  private void giveUp(String reason) {
    if (FAILURES.putIfAbsent(device, reason) == null) {
      KernelRace.warn(device.name(), reason, cpu.name());
    }
  }

  private final class Scanner implements NonceScanner {
    private final CompletableFuture<Optional<String>> test;
    private final NonceScanner onDevice;
    private final NonceScanner onCpu;

    Scanner(NonceTemplate template) {
      this.test = test(template);
      this.onDevice = device.scanner(template);
      this.onCpu = cpu.scanner(template);
    }

    @Override
    public ScanResult scan(long from, long to, byte[] bound, BooleanSupplier stop) {
      long at = from;
      if (!test.isDone()) {
        boolean[] stopped = {false};
        ScanResult result =
            onCpu.scan(from, to, bound, () -> test.isDone() || (stopped[0] = stop.getAsBoolean()));
        at = result.end();
        if (result.hit() || at == to || stopped[0]) {
          return result;
        }
      }
      if (!isGivenUp()) {
        isUsed = true;
        try {
          return onDevice.scan(at, to, bound, stop);
        } catch (KernelFailedException e) {
          giveUp(String.valueOf(e.getMessage()));
          at = e.end();
        }
      }
      return onCpu.scan(at, to, bound, stop);
    }
  }
}
