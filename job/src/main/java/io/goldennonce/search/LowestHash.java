package io.goldennonce.search;

import io.goldennonce.pow.Hash256;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The lowest hash among some positions.
 *
 * @param hash the hash, in the template's byte order
 */
public record LowestHash(Hash256 hash, long position) implements Serializable {
  /** Returns the lower of two; on a tie, the first. */
  public static @Nullable LowestHash of(@Nullable LowestHash a, @Nullable LowestHash b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.hash.compareTo(b.hash) <= 0 ? a : b;
  }
}
