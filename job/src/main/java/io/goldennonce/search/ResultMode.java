package io.goldennonce.search;

/** What of a keyspace a search ends with. */
public enum ResultMode {
  /** The one found first in time: fastest, and another one on another run. */
  FIRST,
  /** The one with the lowest position: the same on any cluster. */
  LOWEST,
  /** None: the lowest hash of all, which only the keyspace's end or an order ends. */
  BEST
}
