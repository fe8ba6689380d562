package io.goldennonce.search;

/** Which result a search looks for. */
public enum ResultMode {
  /** Any solution: the first one found, which may differ from run to run. */
  ANY("first"),
  /** The solution at the lowest position: the same on any cluster. */
  LOWEST_NONCE("lowest"),
  /** The lowest hash: no solution ends the search, only the end of the keyspace or a stop does. */
  LOWEST_HASH("best");

  private final String label;

  ResultMode(String label) {
    this.label = label;
  }

  /** Its name in the column {@code result} and in options. */
  public String label() {
    return label;
  }
}
