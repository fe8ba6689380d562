package io.goldennonce.api;

import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.SearchTemplate;

/** A nonce that solves a search, confirmed by the JDK's own SHA-256. Immutable. */
public final class Solution {
  private final io.goldennonce.search.Solution solution;
  private final byte[] message;

  Solution(SearchSpec search, io.goldennonce.search.Solution solution) {
    SearchTemplate template = search.template();
    this.solution = solution;
    this.message =
        template.variant(solution.variant()).message(template.nonceAt(solution.position()));
  }

  /** Returns the nonce as a number, 0 or more. */
  public long nonce() {
    return solution.nonce();
  }

  /**
   * Returns the hash, 64 hex digits, the most significant first: as {@code sha256sum} prints that
   * of a message, and as Bitcoin displays that of a header.
   */
  public String hash() {
    return solution.hash().toDisplay();
  }

  /** Returns what was hashed: the message or header with the nonce in it, as a copy. */
  public byte[] message() {
    return message.clone();
  }

  /** Returns nonce and hash, to print. */
  @Override
  public String toString() {
    return "nonce " + nonce() + ", hash " + hash();
  }
}
