package io.goldennonce.search;

import io.goldennonce.pow.Hash256;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The lowest hash among some positions.
 *
 * @param hash the hash, as a number that is read the way the template orders it
 * @param position where in the keyspace it is
 */
public record LowestHash(Hash256 hash, long position) implements Serializable {
  /** The lower of two; on a tie, the first. */
  static @Nullable LowestHash of(@Nullable LowestHash a, @Nullable LowestHash b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.hash.compareTo(b.hash) <= 0 ? a : b;
  }
}
