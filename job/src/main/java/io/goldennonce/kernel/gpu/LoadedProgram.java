package io.goldennonce.kernel.gpu;

import io.goldennonce.kernel.gpu.Device.Executable;
import io.goldennonce.kernel.gpu.Device.LaunchSlot;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** A program on a device, with its launch slots and the rate that it has reached. Thread-safe. */
final class LoadedProgram {
  private final Program program;
  private final Executable executable;
  private final LaunchSizes sizes;
  private final ConcurrentLinkedQueue<LaunchSlot> free = new ConcurrentLinkedQueue<>();

  /** How many nonces a launch should take: as many as the device tries in the wanted time. */
  private volatile int size;

  LoadedProgram(Program program, Executable executable, LaunchSizes sizes) {
    this.program = program;
    this.executable = executable;
    this.sizes = sizes;
    this.size = sizes.first();
  }

  Program program() {
    return program;
  }

  int size() {
    return size;
  }

  /** Notes how long a launch kept the device busy, and sizes the next ones by it. */
  void worked(int nonces, long nanos) {
    size = sizes.after(size, nonces, nanos);
  }

  /** A slot with nothing under way. */
  LaunchSlot take() {
    LaunchSlot slot = free.poll();
    if (slot == null) {
      return executable.newSlot();
    }
    // The launch of a scan that was stopped may still be under way.
    await(slot);
    return slot;
  }

  /** Waits until no free slot's launch is under way. */
  void awaitIdle() {
    free.forEach(LoadedProgram::await);
  }

  private static void await(LaunchSlot slot) {
    while (!slot.isDone()) {
      LockSupport.parkNanos(GpuScanner.LOOK_NANOS);
    }
  }

  /** Gives a slot back, whose launch may be under way. */
  void free(LaunchSlot slot) {
    free.add(slot);
  }
}
