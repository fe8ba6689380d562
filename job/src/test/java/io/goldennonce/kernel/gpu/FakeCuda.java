package io.goldennonce.kernel.gpu;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A CUDA driver whose GPUs accept every program, and find nothing. Any call can fail. */
final class FakeCuda implements CudaLibrary {
  private static final int NOT_READY = 600;
  private static final Pointer HANDLE = Pointer.createConstant(7);

  private final List<String> busIds;

  /** The error of each call, by its name. */
  String failing = "";

  int error;
  int version = 12_020;
  int capability = 89;

  /** The GPUs that this process takes memory of, by their ordinals. */
  final Set<Integer> retained = new TreeSet<>();

  /**
   * @param busIds the PCI bus addresses, in the driver's order
   */
  FakeCuda(String... busIds) {
    this.busIds = List.of(busIds);
  }

  /** Lets all following calls of a function fail. */
  void fail(String function, int newError) {
    failing = function;
    error = newError;
  }

  private int result(String function) {
    return function.equals(failing) ? error : 0;
  }

  @Override
  public int cuInit(int flags) {
    return result("cuInit");
  }

  @Override
  public int cuDriverGetVersion(int[] value) {
    value[0] = version;
    return result("cuDriverGetVersion");
  }

  @Override
  public int cuDeviceGetCount(int[] count) {
    count[0] = busIds.size();
    return result("cuDeviceGetCount");
  }

  @Override
  public int cuDeviceGet(int[] device, int ordinal) {
    device[0] = 100 + ordinal;
    return result("cuDeviceGet");
  }

  @Override
  public int cuDeviceGetName(byte[] name, int length, int device) {
    put("NVIDIA with a long name, number " + (device - 100), name);
    return result("cuDeviceGetName");
  }

  @Override
  public int cuDeviceGetPCIBusId(byte[] text, int length, int device) {
    put(busIds.get(device - 100), text);
    return result("cuDeviceGetPCIBusId");
  }

  /** Leaves the rest as it is, as C does. */
  private static void put(String text, byte[] to) {
    byte[] bytes = (text + '\0').getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, to, 0, bytes.length);
  }

  @Override
  public int cuDeviceGetAttribute(int[] value, int attribute, int device) {
    value[0] =
        switch (attribute) {
          case 16 -> 58; // multiprocessors
          case 75 -> capability / 10;
          case 76 -> capability % 10;
          default -> throw new IllegalArgumentException("attribute " + attribute);
        };
    return result("cuDeviceGetAttribute");
  }

  @Override
  public int cuDevicePrimaryCtxRetain(Pointer[] context, int device) {
    retained.add(device - 100);
    context[0] = HANDLE;
    return result("cuDevicePrimaryCtxRetain");
  }

  @Override
  public int cuCtxSetCurrent(Pointer context) {
    return result("cuCtxSetCurrent");
  }

  @Override
  public int cuModuleLoadDataEx(
      Pointer[] module, Pointer image, int options, int[] names, Pointer[] values) {
    module[0] = HANDLE;
    int result = result("cuModuleLoadDataEx");
    if (result != 0) {
      values[Arrays.stream(names).boxed().toList().indexOf(5)].setString(
          0, "ptxas fatal : Unsupported .version 6.3\nptxas fatal : Ptx assembly aborted");
    }
    return result;
  }

  @Override
  public int cuModuleGetFunction(Pointer[] function, Pointer module, String name) {
    function[0] = HANDLE;
    return result("cuModuleGetFunction");
  }

  @Override
  public int cuFuncGetAttribute(int[] value, int attribute, Pointer function) {
    value[0] = attribute == 4 ? 40 : 0; // registers, else bytes
    return result("cuFuncGetAttribute");
  }

  @Override
  public int cuMemAlloc_v2(long[] address, long bytes) {
    address[0] = 4096;
    return result("cuMemAlloc_v2");
  }

  @Override
  public int cuMemAllocHost_v2(Pointer[] memory, long bytes) {
    Memory zeros = new Memory(bytes);
    zeros.clear();
    memory[0] = zeros;
    return result("cuMemAllocHost_v2");
  }

  @Override
  public int cuMemsetD32Async(long address, int value, long count, Pointer stream) {
    return result("cuMemsetD32Async");
  }

  @Override
  public int cuMemcpyDtoHAsync_v2(Pointer to, long from, long bytes, Pointer stream) {
    return result("cuMemcpyDtoHAsync_v2");
  }

  @Override
  public int cuStreamCreate(Pointer[] stream, int flags) {
    stream[0] = HANDLE;
    return result("cuStreamCreate");
  }

  private int queries;

  /** Every other time the launch is still running. */
  @Override
  public int cuStreamQuery(Pointer stream) {
    int result = result("cuStreamQuery");
    return result == 0 && queries++ % 2 == 0 ? NOT_READY : result;
  }

  @Override
  public int cuLaunchKernel(
      Pointer function,
      int gridX,
      int gridY,
      int gridZ,
      int blockX,
      int blockY,
      int blockZ,
      int sharedBytes,
      Pointer stream,
      Pointer[] parameters,
      @Nullable Pointer extra) {
    return result("cuLaunchKernel");
  }

  @Override
  public int cuGetErrorString(int code, Pointer[] text) {
    Memory reason = new Memory(64);
    reason.setString(0, "reason " + code);
    text[0] = reason;
    return result("cuGetErrorString");
  }
}
