package io.goldennonce.kernel.gpu;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.goldennonce.kernel.gpu.program.Program;
import java.util.List;

/** A launch slot: a stream with buffers. */
final class CudaSlot implements Device.LaunchSlot {
  /** The stream does not wait for the default stream. */
  private static final int NON_BLOCKING = 1;

  private static final int NOT_READY = 600;
  private static final long HIT_BYTES = (long) Device.HIT_WORDS * Integer.BYTES;

  private final CudaDriver driver;
  private final CudaLibrary cuda;
  private final Pointer context;
  private final Pointer function;
  private final int results;
  private final LaunchShape shape;
  private final Pointer stream;
  private final long hitBuffer;

  /** Page-locked, as asynchronous copies need it. */
  private final Pointer hitWords;

  private final Memory constantWords;

  /** The parameters from {@code first} on. */
  private final Memory numbers = new Memory(6L * Integer.BYTES);

  private final Pointer[] parameters;

  CudaSlot(
      CudaDriver driver, Pointer context, Pointer function, Program program, LaunchShape shape) {
    this.driver = driver;
    this.cuda = driver.library();
    this.context = context;
    this.function = function;
    this.results = program.results().size();
    this.shape = shape;
    driver.use(context);
    Pointer[] made = new Pointer[1];
    driver.check("cuStreamCreate", cuda.cuStreamCreate(made, NON_BLOCKING));
    stream = made[0];
    long[] address = new long[1];
    driver.check("cuMemAlloc", cuda.cuMemAlloc_v2(address, HIT_BYTES));
    hitBuffer = address[0];
    driver.check("cuMemAllocHost", cuda.cuMemAllocHost_v2(made, HIT_BYTES));
    hitWords = made[0];
    constantWords = new Memory((long) Math.max(1, program.constantCount()) * Integer.BYTES);
    Memory one = new Memory(Long.BYTES);
    one.setLong(0, 1);
    Memory hits = new Memory(Long.BYTES);
    hits.setLong(0, hitBuffer);
    parameters =
        new Pointer[] {
          constantWords,
          one,
          one,
          hits,
          numbers.share(0),
          numbers.share(4),
          numbers.share(8),
          numbers.share(12),
          numbers.share(16),
          numbers.share(20)
        };
  }

  @Override
  public void launch(List<int[]> constants, int first, int count, int mask) {
    driver.use(context);
    numbers.setInt(0, first);
    numbers.setInt(4, count);
    numbers.setInt(8, shape.iterationsFor(count));
    numbers.setInt(12, mask);
    numbers.setInt(16, results * constants.size());
    driver.check("cuMemsetD32Async", cuda.cuMemsetD32Async(hitBuffer, 0, 1, stream));
    for (int run = 0; run < constants.size(); run++) {
      constantWords.write(0, constants.get(run), 0, constants.get(run).length);
      numbers.setInt(20, results * run);
      launch(count);
    }
    driver.check(
        "cuMemcpyDtoHAsync", cuda.cuMemcpyDtoHAsync_v2(hitWords, hitBuffer, HIT_BYTES, stream));
  }

  /** The driver copies the parameters. */
  private void launch(int count) {
    driver.check(
        "cuLaunchKernel",
        cuda.cuLaunchKernel(
            function,
            shape.groupsFor(count),
            1,
            1,
            shape.threads(),
            1,
            1,
            0,
            stream,
            parameters,
            null));
  }

  @Override
  public boolean isDone() {
    driver.use(context);
    int state = cuda.cuStreamQuery(stream);
    if (state == NOT_READY) {
      return false;
    }
    driver.check("launch", state);
    return true;
  }

  @Override
  public int[] hits() {
    return Device.hits(hitWords.getIntArray(0, Device.HIT_WORDS));
  }
}
