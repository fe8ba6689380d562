package io.goldennonce.kernel.gpu;

import io.goldennonce.kernel.DeviceKernel;
import io.goldennonce.kernel.DeviceUsage;
import io.goldennonce.kernel.KernelDevice;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.gpu.program.HashProgram;
import io.goldennonce.kernel.gpu.program.Layout;
import io.goldennonce.kernel.gpu.program.Program;
import io.goldennonce.kernel.gpu.program.WordRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Scans on a device, with a program that is compiled once per message layout. */
final class GpuKernel implements DeviceKernel {
  /** Programs of longer messages have more constants than the parameters of a kernel can hold. */
  static final int MOST_BLOCKS = 12;

  private final String name;
  private final int number;
  private final Device device;
  private final LaunchSizes sizes;
  private final Map<Layout, LoadedProgram> programs = new ConcurrentHashMap<>();

  /**
   * @param name the kind of devices
   * @param number the device's index, from 0
   */
  GpuKernel(String name, int number, Device device, LaunchSizes sizes) {
    this.name = name;
    this.number = number;
    this.device = device;
    this.sizes = sizes;
  }

  @Override
  public String name() {
    return name;
  }

  Device hardware() {
    return device;
  }

  @Override
  public Optional<DeviceUsage> usage() {
    return device.usage(id());
  }

  private String id() {
    return name + ":" + number;
  }

  @Override
  public Optional<KernelDevice> device() {
    return Optional.of(new KernelDevice(id(), device.name(), false));
  }

  @Override
  public boolean supports(NonceTemplate template) {
    // The last nonce is the longest.
    return layout(template, template.nonces() - 1).blocks() <= MOST_BLOCKS;
  }

  @Override
  public String unsupported(NonceTemplate template) {
    return "messages with more than " + MOST_BLOCKS + " blocks from the nonce on are not supported";
  }

  @Override
  public NonceScanner scanner(NonceTemplate template) {
    requireSupport(template);
    return new GpuScanner(template, this::program);
  }

  /** Creates a scanner that leaves nothing to {@code MessageDigest}, for tests. */
  NonceScanner pureScanner(NonceTemplate template) {
    requireSupport(template);
    return new GpuScanner(template, this::program, 0, 0);
  }

  @Override
  public Object code(NonceTemplate template) {
    return List.of(device, layout(template, 0));
  }

  /** Waits until abandoned launches have ended. */
  void awaitIdle() {
    programs.values().forEach(LoadedProgram::awaitIdle);
  }

  private LoadedProgram program(Layout layout) {
    return programs.computeIfAbsent(
        layout,
        missing -> {
          Program program = HashProgram.of(missing);
          return new LoadedProgram(program, device.compile(program), sizes);
        });
  }

  private void requireSupport(NonceTemplate template) {
    if (!supports(template)) {
      throw new IllegalArgumentException("kernel " + name + ": " + unsupported(template));
    }
  }

  private static Layout layout(NonceTemplate template, long nonce) {
    return WordRun.at(template, nonce).layout();
  }
}
