package io.goldennonce.kernel;

import java.io.Serializable;

/**
 * A device other than the CPU that a kernel uses.
 *
 * @param id its kind and index, such as {@code cuda:1}; unique on its machine
 * @param name the vendor's name
 * @param lost whether it has failed and the CPU replaces it
 */
public record KernelDevice(String id, String name, boolean lost) implements Serializable {
  public KernelDevice asLost() {
    return new KernelDevice(id, name, true);
  }
}
