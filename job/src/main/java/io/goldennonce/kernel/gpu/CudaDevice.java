package io.goldennonce.kernel.gpu;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.goldennonce.kernel.DeviceUsage;
import io.goldennonce.kernel.gpu.program.Program;
import io.goldennonce.kernel.gpu.program.PtxPrinter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An NVIDIA GPU, accessed by the CUDA driver API. Needs only the driver. */
final class CudaDevice implements Device {
  private static final String LIBRARY = "libcuda.so.1";

  /** The first driver whose compiler supports {@link PtxPrinter}'s version: CUDA 10.0, of 2018. */
  private static final int OLDEST_DRIVER = 10_000;

  private static final int NO_DEVICE = 100;
  private static final int MULTIPROCESSORS = 16;
  private static final int CAPABILITY_MAJOR = 75;
  private static final int CAPABILITY_MINOR = 76;
  private static final int FUNCTION_LOCAL_BYTES = 3;
  private static final int FUNCTION_REGISTERS = 4;
  private static final int ERROR_LOG = 5;
  private static final int ERROR_LOG_BYTES = 6;

  private final CudaDriver driver;
  private final int handle;
  private final String name;
  private final String busId;
  private final int multiprocessors;
  private final int driverVersion;
  private final LaunchShape shape;

  /** Retained on first use, since it takes memory of the GPU that other processes may use. */
  private @Nullable Pointer context;

  private CudaDevice(CudaDriver driver, int ordinal, int driverVersion) {
    this.driver = driver;
    this.driverVersion = driverVersion;
    CudaLibrary cuda = driver.library();
    int[] device = new int[1];
    driver.check("cuDeviceGet", cuda.cuDeviceGet(device, ordinal));
    handle = device[0];
    byte[] text = new byte[256];
    driver.check("cuDeviceGetName", cuda.cuDeviceGetName(text, text.length, handle));
    name = Native.toString(text, StandardCharsets.UTF_8).strip();
    // Without an address the driver's order remains.
    busId =
        cuda.cuDeviceGetPCIBusId(text, text.length, handle) == 0
            ? Native.toString(text, StandardCharsets.UTF_8)
            : "";
    multiprocessors = attribute(MULTIPROCESSORS);
    int capability = 10 * attribute(CAPABILITY_MAJOR) + attribute(CAPABILITY_MINOR);
    if (capability < 50) {
      throw new DeviceException(
          name + " must have compute capability 5.0 or later, has " + capability / 10.0);
    }
    shape = new LaunchShape(256, 16, 32 * multiprocessors);
  }

  /**
   * Returns the GPUs that this process may use, ordered by their PCI bus addresses: an index is
   * that of {@code nvidia-smi}, which a scheduler assigns.
   *
   * @throws DeviceException if there is no driver, or it is too old
   */
  static List<CudaDevice> all() {
    return all(DeviceException.loading(LIBRARY, CudaLibrary.class));
  }

  static List<CudaDevice> all(CudaLibrary cuda) {
    CudaDriver driver = new CudaDriver(cuda);
    int error = cuda.cuInit(0);
    if (error == NO_DEVICE) {
      return List.of();
    }
    driver.check("cuInit", error);
    int[] version = new int[1];
    driver.check("cuDriverGetVersion", cuda.cuDriverGetVersion(version));
    if (version[0] < OLDEST_DRIVER) {
      throw new DeviceException(
          "NVIDIA's driver must support CUDA 10.0 or later, supports %s.%s"
              .formatted(version[0] / 1000, version[0] % 1000 / 10));
    }
    int[] count = new int[1];
    driver.check("cuDeviceGetCount", cuda.cuDeviceGetCount(count));
    List<CudaDevice> devices = new ArrayList<>();
    for (int i = 0; i < count[0]; i++) {
      devices.add(new CudaDevice(driver, i, version[0]));
    }
    devices.sort(Comparator.comparing(device -> device.busId));
    return devices;
  }

  LaunchShape shape() {
    return shape;
  }

  int multiprocessors() {
    return multiprocessors;
  }

  /** Returns the driver's CUDA version: 1000 times the major plus 10 times the minor version. */
  int driverVersion() {
    return driverVersion;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<DeviceUsage> usage(String id) {
    return Nvml.ofThisMachine().flatMap(nvml -> nvml.usage(id, busId));
  }

  @Override
  public Executable compile(Program program) {
    return compile(program, shape, true);
  }

  /** Compiles a program with other options, see {@link PtxPrinter#print}. */
  Executable compile(Program program, LaunchShape launches, boolean multiplyForSums) {
    CudaLibrary cuda = driver.library();
    driver.use(context());
    byte[] ptx =
        PtxPrinter.print(program, MOST_HITS, multiplyForSums).getBytes(StandardCharsets.US_ASCII);
    Memory image = new Memory(ptx.length + 1L);
    image.write(0, ptx, 0, ptx.length);
    image.setByte(ptx.length, (byte) 0);
    Memory log = new Memory(1 << 13);
    log.clear();
    int[] options = {ERROR_LOG, ERROR_LOG_BYTES};
    Pointer[] values = {log, Pointer.createConstant(log.size())};
    Pointer[] module = new Pointer[1];
    int error = cuda.cuModuleLoadDataEx(module, image, options.length, options, values);
    if (error != 0) {
      throw new DeviceException(
          String.join(
              ": ",
              name,
              driver.text("cuModuleLoadDataEx", error),
              log.getString(0).lines().findFirst().orElse("")));
    }
    Pointer[] function = new Pointer[1];
    driver.check(
        "cuModuleGetFunction", cuda.cuModuleGetFunction(function, module[0], PtxPrinter.ENTRY));
    return new CudaExecutable(program, function[0], launches);
  }

  private synchronized Pointer context() {
    if (context == null) {
      Pointer[] retained = new Pointer[1];
      driver.check(
          "cuDevicePrimaryCtxRetain", driver.library().cuDevicePrimaryCtxRetain(retained, handle));
      context = retained[0];
    }
    return context;
  }

  private int attribute(int attribute) {
    int[] value = new int[1];
    driver.check(
        "cuDeviceGetAttribute", driver.library().cuDeviceGetAttribute(value, attribute, handle));
    return value[0];
  }

  private final class CudaExecutable implements Executable {
    private final Program program;
    private final Pointer function;
    private final LaunchShape launches;

    CudaExecutable(Program program, Pointer function, LaunchShape launches) {
      this.program = program;
      this.function = function;
      this.launches = launches;
    }

    @Override
    public LaunchSlot newSlot() {
      return new CudaSlot(driver, context(), function, program, launches);
    }

    @Override
    public String description() {
      return "%s registers, %s bytes of local memory"
          .formatted(attribute(FUNCTION_REGISTERS), attribute(FUNCTION_LOCAL_BYTES));
    }

    private int attribute(int attribute) {
      driver.use(context());
      int[] value = new int[1];
      driver.check(
          "cuFuncGetAttribute", driver.library().cuFuncGetAttribute(value, attribute, function));
      return value[0];
    }
  }
}
