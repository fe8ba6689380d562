package io.goldennonce.kernel.gpu;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the CUDA driver API in use, with its names and parameters. Device handles are
 * {@code int}, addresses in device memory {@code long}.
 */
interface CudaLibrary extends Library {
  int cuInit(int flags);

  int cuDriverGetVersion(int[] version);

  int cuDeviceGetCount(int[] count);

  int cuDeviceGet(int[] device, int ordinal);

  int cuDeviceGetName(byte[] name, int length, int device);

  int cuDeviceGetPCIBusId(byte[] text, int length, int device);

  int cuDeviceGetAttribute(int[] value, int attribute, int device);

  int cuDevicePrimaryCtxRetain(Pointer[] context, int device);

  int cuCtxSetCurrent(Pointer context);

  int cuModuleLoadDataEx(
      Pointer[] module, Pointer image, int options, int[] names, Pointer[] values);

  int cuModuleGetFunction(Pointer[] function, Pointer module, String name);

  int cuFuncGetAttribute(int[] value, int attribute, Pointer function);

  int cuMemAlloc_v2(long[] address, long bytes);

  int cuMemAllocHost_v2(Pointer[] memory, long bytes);

  int cuMemsetD32Async(long address, int value, long count, Pointer stream);

  int cuMemcpyDtoHAsync_v2(Pointer to, long from, long bytes, Pointer stream);

  int cuStreamCreate(Pointer[] stream, int flags);

  int cuStreamQuery(Pointer stream);

  int cuLaunchKernel(
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
      @Nullable Pointer extra);

  int cuGetErrorString(int error, Pointer[] text);
}
