package io.goldennonce.search;

/** Which of a keyspace's solutions a search ends with. */
public enum ResultMode {
  /** The one found first in time: fastest, and another one on another run. */
  FIRST,
  /** The one with the lowest position: the same on any cluster. */
  LOWEST
}
