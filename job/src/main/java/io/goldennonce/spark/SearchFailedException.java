package io.goldennonce.spark;

/** A search failed: Spark could not continue it, or its ledger could not be saved. */
public final class SearchFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SearchFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  public SearchFailedException(String message) {
    super(message);
  }

  /** A Spark job of the search has failed, and the search can't continue. */
  static SearchFailedException of(Throwable cause) {
    return new SearchFailedException("a Spark job of the search failed: " + cause, cause);
  }
}
