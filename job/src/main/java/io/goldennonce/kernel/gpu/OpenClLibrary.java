package io.goldennonce.kernel.gpu;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The OpenCL functions in use, with the names and parameters of OpenCL 1.1. {@code size_t} and
 * {@code cl_bitfield} are {@code long}: only 64-bit CPUs are supported.
 */
interface OpenClLibrary extends Library {
  int clGetPlatformIDs(int entries, Pointer @Nullable [] platforms, int[] count);

  int clGetDeviceIDs(
      Pointer platform, long type, int entries, Pointer @Nullable [] devices, int[] count);

  int clGetDeviceInfo(Pointer device, int name, long size, byte[] value, long @Nullable [] length);

  @Nullable Pointer clCreateContext(
      @Nullable Pointer properties,
      int count,
      Pointer[] devices,
      @Nullable Pointer callback,
      @Nullable Pointer data,
      int[] error);

  @Nullable Pointer clCreateCommandQueue(
      Pointer context, Pointer device, long properties, int[] error);

  @Nullable Pointer clCreateProgramWithSource(
      Pointer context, int count, String[] sources, long @Nullable [] lengths, int[] error);

  int clBuildProgram(
      Pointer program,
      int count,
      Pointer[] devices,
      String options,
      @Nullable Pointer callback,
      @Nullable Pointer data);

  int clGetProgramBuildInfo(
      Pointer program, Pointer device, int name, long size, byte[] value, long[] length);

  @Nullable Pointer clCreateKernel(Pointer program, String name, int[] error);

  int clSetKernelArg(Pointer kernel, int index, long size, Pointer value);

  @Nullable Pointer clCreateBuffer(
      Pointer context, long flags, long size, @Nullable Pointer host, int[] error);

  int clEnqueueWriteBuffer(
      Pointer queue,
      Pointer buffer,
      int blocking,
      long offset,
      long size,
      Pointer from,
      int waits,
      @Nullable Pointer waitList,
      @Nullable Pointer event);

  int clEnqueueReadBuffer(
      Pointer queue,
      Pointer buffer,
      int blocking,
      long offset,
      long size,
      Pointer to,
      int waits,
      @Nullable Pointer waitList,
      Pointer[] event);

  int clEnqueueNDRangeKernel(
      Pointer queue,
      Pointer kernel,
      int dimensions,
      long @Nullable [] offset,
      long[] global,
      long[] local,
      int waits,
      @Nullable Pointer waitList,
      @Nullable Pointer event);

  int clFlush(Pointer queue);

  int clGetEventInfo(Pointer event, int name, long size, int[] value, long @Nullable [] length);

  int clReleaseEvent(Pointer event);
}
