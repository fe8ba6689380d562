package io.goldennonce.pool;

/** Thrown if a pool can't be used; one line with the rule and the location. */
public final class PoolException extends RuntimeException {
  PoolException(String message) {
    super(message);
  }

  PoolException(String message, Throwable cause) {
    super(message, cause);
  }
}
