package io.goldennonce.puzzle;

import io.goldennonce.pow.Target;
import java.util.Locale;

/** When a hash is good enough. */
public enum Rule {
  /** At least so many leading zero bits. */
  ZERO_BITS,
  /** At least so many leading zeros in hex. */
  ZERO_HEX,
  /** At or below a number. */
  TARGET,
  /** None: the lowest there is. */
  BEST;

  private static final int HEX_DIGITS = 64;

  /** What options call it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether a difficulty says how hard it is. */
  public boolean takesDifficulty() {
    return this == ZERO_BITS || this == ZERO_HEX;
  }

  /**
   * The target of a difficulty, in leading zeros.
   *
   * @throws IllegalArgumentException if there is no such difficulty, or the rule takes none
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
      case TARGET, BEST ->
          throw new IllegalArgumentException("the rule " + label() + " takes no difficulty");
    };
  }
}
