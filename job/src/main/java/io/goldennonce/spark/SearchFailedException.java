package io.goldennonce.spark;

/** A search that Spark could not carry on. */
public final class SearchFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SearchFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  public SearchFailedException(String message) {
    super(message);
  }
}
