package io.goldennonce.kernel.gpu;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.goldennonce.kernel.DeviceUsage;
import io.goldennonce.kernel.gpu.program.Program;
import io.goldennonce.kernel.gpu.program.PtxPrinter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  private final Pointer context;
  private final String name;
  private final int multiprocessors;
  private final int driverVersion;
  private final LaunchShape shape;

  private CudaDevice(CudaDriver driver, int ordinal, int driverVersion) {
    this.driver = driver;
    this.driverVersion = driverVersion;
    CudaLibrary cuda = driver.library();
    int[] device = new int[1];
    driver.check("cuDeviceGet", cuda.cuDeviceGet(device, ordinal));
    byte[] text = new byte[256];
    driver.check("cuDeviceGetName", cuda.cuDeviceGetName(text, text.length, device[0]));
    name = text(text);
    handle = device[0];
    multiprocessors = attribute(MULTIPROCESSORS, device[0]);
    int capability =
        10 * attribute(CAPABILITY_MAJOR, device[0]) + attribute(CAPABILITY_MINOR, device[0]);
    if (capability < 50) {
      throw new DeviceException(
          name + " must have compute capability 5.0 or later, has " + capability / 10.0);
    }
    Pointer[] made = new Pointer[1];
    driver.check("cuDevicePrimaryCtxRetain", cuda.cuDevicePrimaryCtxRetain(made, device[0]));
    context = made[0];
    shape = new LaunchShape(256, 16, 32 * multiprocessors);
  }

  /**
   * Returns the GPUs that this process may use.
   *
   * @throws DeviceException if there is no driver, or it is too old
   */
  static List<CudaDevice> all() {
    CudaLibrary cuda;
    try {
      cuda = Native.load(LIBRARY, CudaLibrary.class);
    } catch (LinkageError e) {
      throw new DeviceException(LIBRARY + " can't be loaded: " + OpenClDevice.reason(e));
    }
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
    byte[] text = new byte[64];
    int error = driver.library().cuDeviceGetPCIBusId(text, text.length, handle);
    return error == 0
        ? Nvml.ofThisMachine().flatMap(it -> it.usage(id, text(text)))
        : Optional.empty();
  }

  private static String text(byte[] text) {
    return new String(text, StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  @Override
  public Executable compile(Program program) {
    return compile(program, shape, true);
  }

  /** Compiles a program with other options, see {@link PtxPrinter#print}. */
  Executable compile(Program program, LaunchShape launches, boolean multiplyForSums) {
    CudaLibrary cuda = driver.library();
    driver.use(context);
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

  private int attribute(int attribute, int device) {
    int[] value = new int[1];
    driver.check(
        "cuDeviceGetAttribute", driver.library().cuDeviceGetAttribute(value, attribute, device));
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
      return new CudaSlot(driver, context, function, program, launches);
    }

    @Override
    public String description() {
      return "%s registers, %s bytes of local memory"
          .formatted(attribute(FUNCTION_REGISTERS), attribute(FUNCTION_LOCAL_BYTES));
    }

    private int attribute(int attribute) {
      driver.use(context);
      int[] value = new int[1];
      driver.check(
          "cuFuncGetAttribute", driver.library().cuFuncGetAttribute(value, attribute, function));
      return value[0];
    }
  }
}
