package io.goldennonce.stratum;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The part of the coinbase that differs between connections: no other miner of the pool gets the
 * same first part.
 *
 * @param first hex, from the pool
 * @param secondBytes number of bytes that the miner chooses, 0 to 16
 */
record Extranonce(String first, int secondBytes) {
  private static final int MAX_FIRST_DIGITS = 64;
  private static final int MAX_SECOND_BYTES = 16;

  /**
   * Reads an extranonce.
   *
   * @param index index of the first part in the list; the size of the second part follows it
   * @throws IllegalArgumentException if it is not valid
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
