package io.goldennonce.kernel;

/**
 * The device of a kernel has failed. Every nonce from the scan's start up to {@link #end} was
 * tried, and none met the bound.
 */
public final class KernelFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long end;

  /**
   * Creates a failure during a scan.
   *
   * @param message the reason: one line for users
   * @param end the first nonce not tried
   */
  public KernelFailedException(String message, long end, Throwable cause) {
    super(message, cause);
    this.end = end;
  }

  public long end() {
    return end;
  }
}
