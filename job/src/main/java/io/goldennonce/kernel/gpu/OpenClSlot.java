package io.goldennonce.kernel.gpu;

import static io.goldennonce.kernel.gpu.OpenClDevice.check;
import static io.goldennonce.kernel.gpu.OpenClDevice.made;
import static io.goldennonce.kernel.gpu.OpenClDevice.reference;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.goldennonce.kernel.gpu.program.OpenClPrinter;
import io.goldennonce.kernel.gpu.program.Program;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A launch slot: a command queue with a kernel object and buffers. */
final class OpenClSlot implements Device.LaunchSlot {
  private static final int EVENT_STATUS = 0x11d3;
  private static final long READ_WRITE = 1;
  private static final long READ_ONLY = 4;

  private final OpenClLibrary cl;
  private final Pointer context;
  private final int results;
  private final LaunchShape shape;
  private final Pointer queue;
  private final Pointer kernel;
  private final Pointer hitBuffer;
  private final List<Constants> constants = new ArrayList<>();
  private final Memory zero = new Memory(Integer.BYTES);
  private final Memory hitWords = new Memory((long) Device.HIT_WORDS * Integer.BYTES);
  private final Memory argument = new Memory(Integer.BYTES);
  private @Nullable Pointer event;

  OpenClSlot(
      OpenClLibrary cl,
      Pointer context,
      Pointer device,
      Pointer built,
      Program program,
      LaunchShape shape) {
    this.cl = cl;
    this.context = context;
    this.results = program.results().size();
    this.shape = shape;
    zero.setInt(0, 0);
    int[] error = new int[1];
    queue = made(cl.clCreateCommandQueue(context, device, 0, error), error, "clCreateCommandQueue");
    kernel = made(cl.clCreateKernel(built, OpenClPrinter.ENTRY, error), error, "clCreateKernel");
    hitBuffer = buffer(READ_WRITE, hitWords.size());
    setArgument(1, Native.POINTER_SIZE, reference(hitBuffer));
  }

  /** Constants of one run, in host memory that must not change before they are written. */
  private record Constants(Memory words, Pointer buffer) {}

  @Override
  public void launch(List<int[]> runs, int first, int count, int mask) {
    release();
    write(hitBuffer, zero);
    setArgument(2, first);
    setArgument(3, count);
    setArgument(4, shape.iterationsFor(count));
    setArgument(5, mask);
    setArgument(6, results * runs.size());
    long[] local = {shape.threads()};
    long[] global = {(long) shape.threads() * shape.groupsFor(count)};
    for (int run = 0; run < runs.size(); run++) {
      setConstants(run, runs.get(run));
      setArgument(7, results * run);
      check(
          "clEnqueueNDRangeKernel",
          cl.clEnqueueNDRangeKernel(queue, kernel, 1, null, global, local, 0, null, null));
    }
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
    check("launch", Math.min(0, status[0]));
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

  private void setConstants(int run, int[] values) {
    if (constants.size() == run) {
      Memory words = new Memory((long) Math.max(1, values.length) * Integer.BYTES);
      constants.add(new Constants(words, buffer(READ_ONLY, words.size())));
    }
    Constants used = constants.get(run);
    used.words().write(0, values, 0, values.length);
    write(used.buffer(), used.words());
    setArgument(0, Native.POINTER_SIZE, reference(used.buffer()));
  }

  private Pointer buffer(long flags, long bytes) {
    int[] error = new int[1];
    return made(cl.clCreateBuffer(context, flags, bytes, null, error), error, "clCreateBuffer");
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
