package io.goldennonce.kernel.gpu;

import io.goldennonce.kernel.DeviceKernel;
import io.goldennonce.kernel.DeviceKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The GPUs of this machine as kernels: {@code cuda} for NVIDIA's, {@code opencl} for every OpenCL
 * device, CPUs included, and {@code gpu} for NVIDIA's GPUs or, if there are none, OpenCL's. Devices
 * are opened when first requested.
 */
public final class GpuKernels implements DeviceKernels {
  private static final Kind CUDA = new Kind("cuda", CudaDevice::all);
  private static final Kind OPENCL = new Kind("opencl", OpenClDevice::all);
  private static final Kind GPU = new Kind("gpu", GpuKernels::gpus);

  private static final List<Kind> KINDS = List.of(GPU, CUDA, OPENCL);

  @Override
  public List<String> names() {
    return KINDS.stream().map(kind -> kind.name).toList();
  }

  @Override
  public int count(String name) {
    try {
      return kind(name).kernels().size();
    } catch (DeviceException | LinkageError e) {
      return 0;
    }
  }

  @Override
  public DeviceKernel open(String name, String address) {
    try {
      return kind(name).kernel(address);
    } catch (DeviceException | LinkageError e) {
      throw new IllegalStateException("no GPU found: " + DeviceException.firstLine(e), e);
    }
  }

  private static Kind kind(String name) {
    return KINDS.stream().filter(any -> any.name.equals(name)).findFirst().orElseThrow();
  }

  private static List<Device> gpus() {
    List<Device> devices = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    try {
      devices.addAll(CudaDevice.all());
    } catch (DeviceException e) {
      refusals.add(e.getMessage());
    }
    if (devices.isEmpty()) {
      try {
        OpenClDevice.all().stream().filter(OpenClDevice::isGpu).forEach(devices::add);
      } catch (DeviceException e) {
        refusals.add(e.getMessage());
      }
    }
    if (devices.isEmpty() && !refusals.isEmpty()) {
      throw new DeviceException(String.join("; ", refusals));
    }
    return devices;
  }

  /** The devices of one kind, opened once per JVM. */
  private static final class Kind {
    private final String name;
    private final Supplier<? extends List<? extends Device>> source;
    private final AtomicInteger next = new AtomicInteger();
    private List<GpuKernel> kernels = List.of();

    /** Why there are none, cached since every range requests them. */
    private @Nullable DeviceException refusal;

    Kind(String name, Supplier<? extends List<? extends Device>> source) {
      this.name = name;
      this.source = source;
    }

    private synchronized List<GpuKernel> kernels() {
      if (refusal != null) {
        throw refusal;
      }
      if (kernels.isEmpty()) {
        try {
          kernels = opened();
        } catch (DeviceException e) {
          refusal = e;
          throw e;
        }
      }
      return kernels;
    }

    private List<GpuKernel> opened() {
      List<GpuKernel> opened = new ArrayList<>();
      for (Device device : source.get()) {
        opened.add(new GpuKernel(name(device), opened.size(), device, LaunchSizes.DEFAULT));
      }
      if (opened.isEmpty()) {
        throw new DeviceException("there is no device");
      }
      return opened;
    }

    GpuKernel kernel(String address) {
      List<GpuKernel> all = kernels();
      if (address.isEmpty()) {
        return all.get(Math.floorMod(next.getAndIncrement(), all.size()));
      }
      int index = Integer.parseInt(address);
      if (index >= all.size()) {
        throw new DeviceException(
            "the address must be from 0 to " + (all.size() - 1) + ", got " + address);
      }
      return all.get(index);
    }

    private static String name(Device device) {
      return device instanceof CudaDevice ? CUDA.name : OPENCL.name;
    }
  }
}
