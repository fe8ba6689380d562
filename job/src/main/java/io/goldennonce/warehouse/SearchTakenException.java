package io.goldennonce.warehouse;

/** Another process that is alive is at the same search. */
public final class SearchTakenException extends WarehouseException {
  private static final long serialVersionUID = 1;

  SearchTakenException(String message) {
    super(message);
  }
}
