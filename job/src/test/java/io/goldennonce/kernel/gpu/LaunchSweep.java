package io.goldennonce.kernel.gpu;

import static io.goldennonce.kernel.gpu.GpuCheck.say;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures ways to print a header's program and shapes of its launches, the device's time alone.
 */
final class LaunchSweep {
  private static final double SECONDS = 1.0;

  private final CudaDevice device;
  private final NonceRun run = NonceRun.at(NonceTemplate.ofHeader(new byte[80]), 0);
  private final Program program = HashProgram.of(run.layout());

  LaunchSweep(CudaDevice device) {
    this.device = device;
  }

  void run() {
    LaunchShape shape = device.shape();
    say("%nprogram of a header, %d threads, %d iterations", shape.threads(), shape.iterations());
    PtxStyle best = PtxStyle.DEFAULT;
    double bestRate = 0;
    for (PtxStyle style :
        new PtxStyle[] {
          new PtxStyle(false, false, 0, false),
          new PtxStyle(true, false, 0, false),
          new PtxStyle(true, true, 0, false),
          new PtxStyle(false, true, 0, false),
          new PtxStyle(true, true, 12, false),
          new PtxStyle(true, true, 6, false),
          new PtxStyle(true, true, 12, true),
          new PtxStyle(true, true, 8, true),
          new PtxStyle(true, true, 5, true),
          new PtxStyle(true, true, 3, true),
          new PtxStyle(true, false, 8, true),
          new PtxStyle(true, false, 5, true),
          new PtxStyle(true, false, 4, true),
          new PtxStyle(true, false, 3, true),
          new PtxStyle(true, false, 4, false),
          new PtxStyle(false, false, 4, true),
        }) {
      double rate = measure(style.toString(), program, run, shape, style, 40);
      if (rate > bestRate) {
        bestRate = rate;
        best = style;
      }
    }
    say("%nbest: %s; shapes of its launches", best);
    int groups = 32 * device.multiprocessors();
    for (int threads : new int[] {64, 128, 256, 512, 1024}) {
      for (int iterations : new int[] {1, 4, 16, 64}) {
        LaunchShape other = new LaunchShape(threads, iterations, groups * 256 / threads);
        measure(threads + " threads, " + iterations + " iterations", program, run, other, best, 40);
      }
    }
    for (int millis : new int[] {1, 5, 20, 40, 80, 200}) {
      measure(millis + " ms", program, run, shape, best, millis);
    }
    say("%nother messages");
    for (PtxStyle style : new PtxStyle[] {new PtxStyle(true, false, 0, false), best}) {
      for (int suffix : new int[] {8, 60, 120, 200}) {
        NonceTemplate template =
            NonceTemplate.of(
                new byte[30],
                new byte[suffix],
                NonceEncoding.U32_BE,
                HashFunction.SHA256D,
                HashOrder.FIRST_BYTE_HIGH);
        NonceRun other = NonceRun.at(template, 0);
        measure(
            other.layout().blocks() + " blocks, " + style,
            HashProgram.of(other.layout()),
            other,
            shape,
            style,
            40);
      }
    }
  }

  private double measure(
      String name, Program code, NonceRun nonces, LaunchShape shape, PtxStyle style, int millis) {
    long begin = System.nanoTime();
    Device.Executable executable = device.with(shape, style).compile(code);
    double compiled = (System.nanoTime() - begin) / 1e9;
    Device.LaunchSlot[] slots = {executable.newSlot(), executable.newSlot()};
    int[] constants = code.constants(nonces.inputs());
    int count = 1 << 24;
    // The first for the size of the others.
    long took = launches(slots, constants, count, 1);
    took = launches(slots, constants, count, 4) / 4;
    count = (int) Math.min(Device.MOST_NONCES, count * (millis * 1e6) / took);
    int launches = Math.max(2, (int) (SECONDS * 1e3 / millis));
    took = launches(slots, constants, count, launches);
    double rate = (double) count * launches / took;
    say("%-92s %8.3f GH/s  %s, compiled in %.2f s", name, rate, executable.description(), compiled);
    return rate;
  }

  private static long launches(
      Device.LaunchSlot[] slots, int[] constants, int count, int launches) {
    long begin = System.nanoTime();
    for (int i = 0; i < launches; i++) {
      Device.LaunchSlot slot = slots[i % slots.length];
      await(slot);
      slot.launch(constants, i * count, count, -1);
    }
    for (Device.LaunchSlot slot : slots) {
      await(slot);
    }
    return System.nanoTime() - begin;
  }

  private static void await(Device.LaunchSlot slot) {
    while (!slot.isDone()) {
      LockSupport.parkNanos(20_000);
    }
  }
}
