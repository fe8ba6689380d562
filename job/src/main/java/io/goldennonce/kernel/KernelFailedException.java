package io.goldennonce.kernel;

/**
 * A kernel can't go on, since the device that does its work has failed. Every nonce from the scan's
 * start up to {@link #end} was tried, and none met the bound.
 */
public final class KernelFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long end;

  /**
   * A failure in the middle of a scan.
   *
   * @param message why: one line, fit for users
   * @param end the first nonce not tried
   */
  public KernelFailedException(String message, long end, Throwable cause) {
    super(message, cause);
    this.end = end;
  }

  /** The first nonce not tried. */
  public long end() {
    return end;
  }
}
