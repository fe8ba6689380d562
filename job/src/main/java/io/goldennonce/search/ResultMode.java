package io.goldennonce.search;

/** The result that a search looks for. */
public enum ResultMode {
  /** The first solution found, which may differ between runs. */
  ANY("first"),
  /** The solution at the lowest position, the same on any cluster. */
  LOWEST_NONCE("lowest"),
  /** The lowest hash: the search ends at the end of the keyspace or when it is stopped. */
  LOWEST_HASH("best");

  private final String label;

  ResultMode(String label) {
    this.label = label;
  }

  /** Returns the name in the column {@code result} and in options. */
  public String label() {
    return label;
  }
}
