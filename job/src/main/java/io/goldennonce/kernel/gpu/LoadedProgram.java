package io.goldennonce.kernel.gpu;

import io.goldennonce.kernel.gpu.Device.Executable;
import io.goldennonce.kernel.gpu.Device.LaunchSlot;
import io.goldennonce.kernel.gpu.program.Program;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** A program on a device, with its launch slots and launch size. Thread-safe. */
final class LoadedProgram {
  private final Program program;
  private final Executable executable;
  private final LaunchSizes sizes;

  /** All slots, never collected: one that is abandoned may have a launch that writes to it. */
  private final ConcurrentLinkedQueue<LaunchSlot> slots = new ConcurrentLinkedQueue<>();

  private final ConcurrentLinkedQueue<LaunchSlot> free = new ConcurrentLinkedQueue<>();

  /** Number of nonces of the next launch. */
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

  /** Records how long a launch kept the device busy, and sizes the next ones accordingly. */
  void record(int nonces, long nanos) {
    size = sizes.after(size, nonces, nanos);
  }

  /** Takes a slot that is idle. */
  LaunchSlot take() {
    LaunchSlot slot = free.poll();
    if (slot == null) {
      LaunchSlot added = executable.newSlot();
      slots.add(added);
      return added;
    }
    // The launch of a scan that was stopped may still be running.
    await(slot);
    return slot;
  }

  /** Waits until the launches of all free slots have ended. */
  void awaitIdle() {
    free.forEach(LoadedProgram::await);
  }

  private static void await(LaunchSlot slot) {
    while (!slot.isDone()) {
      LockSupport.parkNanos(GpuScanner.POLL_NANOS);
    }
  }

  /** Returns a slot, whose launch may still be running. */
  void free(LaunchSlot slot) {
    free.add(slot);
  }
}
