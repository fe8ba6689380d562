package io.goldennonce.service;

/** The service gives no answer that can be used: one line that says why. It may help to wait. */
final class ServiceAwayException extends Exception {
  private static final long serialVersionUID = 1;

  ServiceAwayException(String message) {
    super(message);
  }
}
