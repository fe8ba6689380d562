package io.goldennonce.api;

/**
 * A search failed. The cause says why: Spark's jobs failed repeatedly, the session's application
 * has stopped, or a listener threw an exception.
 */
public final class SearchFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SearchFailedException(Throwable cause) {
    super("the search failed: " + cause.getMessage(), cause);
  }
}
