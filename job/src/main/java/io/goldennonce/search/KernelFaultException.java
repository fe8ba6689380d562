package io.goldennonce.search;

/** A kernel reported a hit that {@code MessageDigest} does not confirm. */
public final class KernelFaultException extends RuntimeException {
  private static final long serialVersionUID = 1;

  KernelFaultException(String kernel, long position) {
    super(
        "kernel %s reported position %s, whose hash is above its bound"
            .formatted(kernel, position));
  }
}
