package io.goldennonce.puzzle;

import io.goldennonce.pow.Target;
import java.util.Locale;

/** The condition that a solution's hash must meet. */
public enum Rule {
  /** At least N leading zero bits. */
  ZERO_BITS,
  /** At least N leading zeros in hex. */
  ZERO_HEX,
  /** At most a number. */
  TARGET,
  /** Begins with given hex digits. */
  PREFIX,
  /** Ends with given bytes. */
  SUFFIX,
  /** No bound: the lowest hash found. */
  BEST;

  private static final int HEX_DIGITS = 64;

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public boolean takesDifficulty() {
    return this == ZERO_BITS || this == ZERO_HEX;
  }

  /**
   * The target of a difficulty, in leading zeros.
   *
   * @throws IllegalArgumentException if the difficulty is out of range, or the rule takes none
   */
  public Target target(int difficulty) {
    return switch (this) {
      case ZERO_BITS -> Target.ofZeroBits(difficulty);
      case ZERO_HEX -> {
        if (difficulty < 0 || difficulty > HEX_DIGITS) {
          throw new IllegalArgumentException(
              "a difficulty must be from 0 to 64 leading hex zeros, got " + difficulty);
        }
        yield Target.ofZeroBits(4 * difficulty);
      }
      case TARGET, PREFIX, SUFFIX, BEST ->
          throw new IllegalArgumentException("the rule " + label() + " takes no difficulty");
    };
  }
}
