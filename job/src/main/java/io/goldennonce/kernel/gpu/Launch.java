package io.goldennonce.kernel.gpu;

import io.goldennonce.kernel.gpu.Device.LaunchSlot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The nonces {@code from} to {@code to − 1} of one launch, running or done. It finds every nonce
 * whose top word has {@code zeroBits} leading zeros, so it is valid for any bound at least as hard.
 */
final class Launch {
  final LoadedProgram program;
  final long from;
  final long to;
  final int zeroBits;

  /** {@code System.nanoTime()} at the launch. */
  final long launched = System.nanoTime();

  private @Nullable LaunchSlot slot;
  private long @Nullable [] candidates;

  Launch(LoadedProgram program, LaunchSlot slot, long from, long to, int zeroBits) {
    this.program = program;
    this.slot = slot;
    this.from = from;
    this.to = to;
    this.zeroBits = zeroBits;
  }

  boolean isDone() {
    return slot == null || slot.isDone();
  }

  boolean isUnread() {
    return slot != null;
  }

  /** Returns the nonces that the launch found, ascending. The launch must be done. */
  long[] candidates() {
    if (slot != null) {
      long[] found =
          Arrays.stream(slot.hits())
              .mapToLong(hit -> from + Integer.toUnsignedLong(hit))
              .sorted()
              .toArray();
      for (long nonce : found) {
        if (nonce >= to) {
          throw new DeviceException(
              "the device must report nonces from " + from + " to " + (to - 1) + ", got " + nonce);
        }
      }
      candidates = found;
      release();
    }
    return candidates == null ? new long[0] : candidates;
  }

  /** Returns the slot, which others use once the launch is done. */
  void release() {
    if (slot != null) {
      program.free(slot);
      slot = null;
    }
  }
}
