package io.goldennonce.kernel.gpu;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.goldennonce.kernel.gpu.program.OpenClPrinter;
import io.goldennonce.kernel.gpu.program.Program;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A device of any vendor, accessed by OpenCL 1.1. */
final class OpenClDevice implements Device {
  private static final String LIBRARY = "libOpenCL.so.1";

  private static final int TYPE_GPU = 1 << 2;
  private static final long TYPE_ALL = 0xffffffffL;
  private static final int DEVICE_TYPE = 0x1000;
  private static final int DEVICE_COMPUTE_UNITS = 0x1002;
  private static final int DEVICE_NAME = 0x102b;
  private static final int BUILD_LOG = 0x1183;
  private static final int NO_PLATFORM = -1001;

  private final OpenClLibrary cl;
  private final Pointer device;
  private final Pointer context;
  private final String name;
  private final boolean gpu;
  private final LaunchShape shape;

  private OpenClDevice(OpenClLibrary cl, Pointer device) {
    this.cl = cl;
    this.device = device;
    name = Native.toString(info(DEVICE_NAME), StandardCharsets.UTF_8).strip();
    gpu = (number(DEVICE_TYPE) & TYPE_GPU) != 0;
    int units = number(DEVICE_COMPUTE_UNITS);
    shape = gpu ? new LaunchShape(256, 16, 32 * Math.max(1, units)) : new LaunchShape(64, 16, 8);
    int[] error = new int[1];
    context =
        made(
            cl.clCreateContext(null, 1, new Pointer[] {device}, null, null, error),
            error,
            "clCreateContext");
  }

  /**
   * Returns all OpenCL devices of this machine.
   *
   * @throws DeviceException if there is no OpenCL
   */
  static List<OpenClDevice> all() {
    return SignalHandlers.preserving(() -> all(load()));
  }

  static List<OpenClDevice> all(OpenClLibrary cl) {
    int[] count = new int[1];
    int error = cl.clGetPlatformIDs(0, null, count);
    if (error == NO_PLATFORM) {
      return List.of();
    }
    check("clGetPlatformIDs", error);
    Pointer[] platforms = new Pointer[count[0]];
    check("clGetPlatformIDs", cl.clGetPlatformIDs(platforms.length, platforms, count));
    List<OpenClDevice> found = new ArrayList<>();
    for (Pointer platform : platforms) {
      int[] devices = new int[1];
      if (cl.clGetDeviceIDs(platform, TYPE_ALL, 0, null, devices) == 0 && devices[0] > 0) {
        Pointer[] ids = new Pointer[devices[0]];
        check("clGetDeviceIDs", cl.clGetDeviceIDs(platform, TYPE_ALL, ids.length, ids, devices));
        for (Pointer id : ids) {
          found.add(new OpenClDevice(cl, id));
        }
      }
    }
    return found;
  }

  static OpenClLibrary load() {
    return DeviceException.loading(LIBRARY, OpenClLibrary.class);
  }

  @Override
  public String name() {
    return name;
  }

  /** Whether it is a GPU; OpenCL devices may also be CPUs. */
  boolean isGpu() {
    return gpu;
  }

  @Override
  public Executable compile(Program program) {
    int[] error = new int[1];
    String[] source = {OpenClPrinter.print(program, MOST_HITS)};
    Pointer built =
        made(
            cl.clCreateProgramWithSource(context, 1, source, null, error),
            error,
            "clCreateProgramWithSource");
    int result =
        SignalHandlers.preserving(
            () -> cl.clBuildProgram(built, 1, new Pointer[] {device}, "", null, null));
    if (result != 0) {
      throw new DeviceException(
          name + ": clBuildProgram failed with error " + result + ": " + buildLog(built));
    }
    return new Executable() {
      @Override
      public LaunchSlot newSlot() {
        return new OpenClSlot(cl, context, device, built, program, shape);
      }

      @Override
      public String description() {
        return "";
      }
    };
  }

  private String buildLog(Pointer program) {
    byte[] log = new byte[1 << 16];
    long[] length = new long[1];
    cl.clGetProgramBuildInfo(program, device, BUILD_LOG, log.length, log, length);
    return Native.toString(log, StandardCharsets.UTF_8).lines().findFirst().orElse("");
  }

  /** Returns a value's low 32 bits. */
  private int number(int what) {
    return ByteBuffer.wrap(info(what)).order(ByteOrder.nativeOrder()).getInt();
  }

  private byte[] info(int what) {
    byte[] value = new byte[256];
    check("clGetDeviceInfo", cl.clGetDeviceInfo(device, what, value.length, value, null));
    return value;
  }

  static void check(String call, int error) {
    if (error != 0) {
      throw new DeviceException("OpenCL's " + call + " failed with error " + error);
    }
  }

  static Pointer made(@Nullable Pointer handle, int[] error, String call) {
    check(call, error[0]);
    return Objects.requireNonNull(handle, call);
  }

  /** Returns a pointer to a handle, as OpenCL takes arguments. */
  static Memory reference(Pointer handle) {
    Memory reference = new Memory(Native.POINTER_SIZE);
    reference.setPointer(0, handle);
    return reference;
  }
}
