package io.goldennonce.kernel.gpu;

import static io.goldennonce.kernel.gpu.OpenClDevice.check;
import static io.goldennonce.kernel.gpu.OpenClDevice.made;
import static io.goldennonce.kernel.gpu.OpenClDevice.reference;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.goldennonce.kernel.gpu.program.OpenClPrinter;
import org.jspecify.annotations.Nullable;

/** A launch slot: a command queue with a kernel object and buffers. */
final class OpenClSlot implements Device.LaunchSlot {
  private static final int EVENT_STATUS = 0x11d3;
  private static final long READ_WRITE = 1;
  private static final long READ_ONLY = 4;

  private final OpenClLibrary cl;
  private final LaunchShape shape;
  private final Pointer queue;
  private final Pointer kernel;
  private final Pointer constantBuffer;
  private final Pointer hitBuffer;
  private final Memory constantWords;
  private final Memory zero = new Memory(Integer.BYTES);
  private final Memory hitWords = new Memory((long) Device.HIT_WORDS * Integer.BYTES);
  private final Memory argument = new Memory(Integer.BYTES);
  private @Nullable Pointer event;

  OpenClSlot(
      OpenClLibrary cl,
      Pointer context,
      Pointer device,
      Pointer program,
      int constants,
      LaunchShape shape) {
    this.cl = cl;
    this.shape = shape;
    constantWords = new Memory((long) Math.max(1, constants) * Integer.BYTES);
    zero.setInt(0, 0);
    int[] error = new int[1];
    queue = made(cl.clCreateCommandQueue(context, device, 0, error), error, "clCreateCommandQueue");
    kernel = made(cl.clCreateKernel(program, OpenClPrinter.ENTRY, error), error, "clCreateKernel");
    constantBuffer =
        made(
            cl.clCreateBuffer(context, READ_ONLY, constantWords.size(), null, error),
            error,
            "clCreateBuffer");
    hitBuffer =
        made(
            cl.clCreateBuffer(context, READ_WRITE, hitWords.size(), null, error),
            error,
            "clCreateBuffer");
    setArgument(0, Native.POINTER_SIZE, reference(constantBuffer));
    setArgument(1, Native.POINTER_SIZE, reference(hitBuffer));
  }

  @Override
  public void launch(int[] constants, int first, int count, int mask) {
    release();
    constantWords.write(0, constants, 0, constants.length);
    write(constantBuffer, constantWords);
    write(hitBuffer, zero);
    setArgument(2, first);
    setArgument(3, count);
    setArgument(4, shape.iterationsFor(count));
    setArgument(5, mask);
    long[] local = {shape.threads()};
    long[] global = {(long) shape.threads() * shape.groupsFor(count)};
    check(
        "clEnqueueNDRangeKernel",
        cl.clEnqueueNDRangeKernel(queue, kernel, 1, null, global, local, 0, null, null));
    Pointer[] read = new Pointer[1];
    check(
        "clEnqueueReadBuffer",
        cl.clEnqueueReadBuffer(queue, hitBuffer, 0, 0, hitWords.size(), hitWords, 0, null, read));
    event = read[0];
    check("clFlush", cl.clFlush(queue));
  }

  @Override
  public boolean isDone() {
    if (event == null) {
      return true;
    }
    int[] status = new int[1];
    check("clGetEventInfo", cl.clGetEventInfo(event, EVENT_STATUS, Integer.BYTES, status, null));
    check("a launch", Math.min(0, status[0]));
    return status[0] == 0;
  }

  @Override
  public int[] hits() {
    return Device.hits(hitWords.getIntArray(0, Device.HIT_WORDS));
  }

  private void release() {
    if (event != null) {
      cl.clReleaseEvent(event);
      event = null;
    }
  }

  private void write(Pointer buffer, Memory from) {
    check(
        "clEnqueueWriteBuffer",
        cl.clEnqueueWriteBuffer(queue, buffer, 0, 0, from.size(), from, 0, null, null));
  }

  private void setArgument(int index, int value) {
    argument.setInt(0, value);
    setArgument(index, Integer.BYTES, argument);
  }

  private void setArgument(int index, long size, Memory value) {
    check("clSetKernelArg", cl.clSetKernelArg(kernel, index, size, value));
  }
}
