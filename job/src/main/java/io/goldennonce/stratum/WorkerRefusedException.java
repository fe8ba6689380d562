package io.goldennonce.stratum;

/** No pool of the list has ever accepted the worker; one line with the reason. */
public final class WorkerRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  WorkerRefusedException(String message) {
    super(message);
  }
}
