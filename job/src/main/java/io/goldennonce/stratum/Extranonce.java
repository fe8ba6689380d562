package io.goldennonce.stratum;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The part of the coinbase that is one connection's alone: no other miner of the pool gets the same
 * first part.
 *
 * @param first hex; as the pool gave it
 * @param secondBytes how many bytes the miner fills in, 0 to 16
 */
record Extranonce(String first, int secondBytes) {
  private static final int MAX_FIRST_DIGITS = 64;
  private static final int MAX_SECOND_BYTES = 16;

  /**
   * Reads one.
   *
   * @param index where in the list the first part is; the size of the second is after it
   * @throws IllegalArgumentException if it is none
   */
  static Extranonce of(JsonNode list, int index) {
    String first = Parameters.hex(list, index, "extranonce1");
    if (first.length() > MAX_FIRST_DIGITS) {
      throw new IllegalArgumentException(
          "extranonce1 must have at most 32 bytes, got " + first.length() / 2);
    }
    return new Extranonce(
        first, Parameters.whole(list, index + 1, 0, MAX_SECOND_BYTES, "extranonce2_size"));
  }
}
