package io.goldennonce.warehouse;

/** Another process is running the search. */
public final class SearchTakenException extends WarehouseException {
  private static final long serialVersionUID = 1;

  SearchTakenException(String message, Throwable cause) {
    super(message, cause);
  }
}
