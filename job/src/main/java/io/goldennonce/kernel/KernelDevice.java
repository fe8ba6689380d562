package io.goldennonce.kernel;

import java.io.Serializable;

/**
 * A device other than the processor that a kernel uses.
 *
 * @param id its kind and number, such as {@code cuda:1}: unique on its machine
 * @param name what its maker calls it
 * @param lost whether it has failed, so that the processor scans in its place
 */
public record KernelDevice(String id, String name, boolean lost) implements Serializable {
  /** The same, after it has failed. */
  public KernelDevice asLost() {
    return new KernelDevice(id, name, true);
  }
}
