package io.goldennonce.stratum;

/** No pool of the list lets the worker in, and none ever has: one line that says why. */
public final class WorkerRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  WorkerRefusedException(String message) {
    super(message);
  }
}
