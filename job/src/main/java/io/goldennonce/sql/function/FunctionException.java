package io.goldennonce.sql.function;

/** Thrown for a value that breaks a function's rule; the message names function, rule and value. */
public final class FunctionException extends IllegalArgumentException {
  FunctionException(String message) {
    super(message);
  }
}
