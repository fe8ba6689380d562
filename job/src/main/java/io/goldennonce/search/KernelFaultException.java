package io.goldennonce.search;

/** A kernel computed wrongly: what it reported is not so by other code. */
public final class KernelFaultException extends RuntimeException {
  private static final long serialVersionUID = 1;

  KernelFaultException(String kernel, long position) {
    super(
        "kernel "
            + kernel
            + " reported position "
            + position
            + ", whose hash is above the bound it was given");
  }
}
