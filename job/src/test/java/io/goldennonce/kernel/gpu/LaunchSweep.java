package io.goldennonce.kernel.gpu;

import static io.goldennonce.kernel.gpu.GpuCheck.say;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.gpu.program.HashProgram;
import io.goldennonce.kernel.gpu.program.Program;
import io.goldennonce.kernel.gpu.program.WordRun;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures ways to print a header's program and shapes of its launches, the device's time alone.
 */
final class LaunchSweep {
  private static final double SECONDS = 0.6;

  private final CudaDevice device;
  private final WordRun run = WordRun.at(NonceTemplate.ofHeader(new byte[80]), 0);
  private final Program program = HashProgram.of(run.layout());

  LaunchSweep(CudaDevice device) {
    this.device = device;
  }

  void run() {
    int units = device.multiprocessors();
    LaunchShape usual = device.shape();
    say("%nheaders, the device alone");
    for (boolean multiply : new boolean[] {false, true}) {
      for (int threads : new int[] {64, 128, 256, 512, 1024}) {
        LaunchShape shape = new LaunchShape(threads, 16, 32 * 256 * units / threads);
        String sums = multiply ? " threads, sums by mad" : " threads, sums by add";
        measure(threads + sums, program, run, shape, multiply, 40);
      }
    }
    for (int iterations : new int[] {1, 4, 64}) {
      LaunchShape shape = new LaunchShape(usual.threads(), iterations, usual.groups());
      measure(iterations + " nonces per thread", program, run, shape, true, 40);
    }
    for (int millis : new int[] {1, 5, 20, 80}) {
      measure("launches of " + millis + " ms", program, run, usual, true, millis);
    }
    say("%nmessages, the device alone");
    for (boolean multiply : new boolean[] {false, true}) {
      for (int suffix : new int[] {8, 60, 120, 200}) {
        NonceTemplate template =
            NonceTemplate.of(
                new byte[30],
                new byte[suffix],
                NonceEncoding.U32_BE,
                HashFunction.SHA256D,
                HashOrder.BIG_ENDIAN);
        WordRun other = WordRun.at(template, 0);
        measure(
            other.layout().blocks() + " blocks, sums by " + (multiply ? "mad" : "add"),
            HashProgram.of(other.layout()),
            other,
            usual,
            multiply,
            40);
      }
    }
  }

  private void measure(
      String name, Program code, WordRun nonces, LaunchShape shape, boolean multiply, int millis) {
    long begin = System.nanoTime();
    Device.Executable executable = device.compile(code, shape, multiply);
    double compiled = (System.nanoTime() - begin) / 1e9;
    Device.LaunchSlot[] slots = {executable.newSlot(), executable.newSlot()};
    List<int[]> constants = List.of(code.constants(nonces.inputs(0)));
    int count = 1 << 24;
    // The first for the size of the others.
    launches(slots, constants, count, 1);
    long took = launches(slots, constants, count, 4) / 4;
    count = (int) Math.min(Device.MOST_NONCES, count * (millis * 1e6) / took);
    int launches = Math.max(2, (int) (SECONDS * 1e3 / millis));
    took = launches(slots, constants, count, launches);
    double rate = (double) count * launches / took;
    say(
        "%-44s %10.3f GH/s  %s, compiled in %.2f s",
        name, rate, executable.description(), compiled);
  }

  private static long launches(
      Device.LaunchSlot[] slots, List<int[]> constants, int count, int launches) {
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
