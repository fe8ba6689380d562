package io.goldennonce.pow;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * How many times harder a target is than Bitcoin mainnet's easiest, that of bits {@code 1d00ffff}
 * (Bitcoin Core, {@code GetDifficulty} in {@code src/rpc/blockchain.cpp}). Easier targets have a
 * difficulty under 1.
 */
public final class Difficulty implements Comparable<Difficulty>, Serializable {
  private static final long serialVersionUID = 1;

  private final double value;

  private Difficulty(double value) {
    this.value = value;
  }

  /** The difficulty of a target; infinite for target 0. */
  public static Difficulty ofTarget(Target target) {
    BigDecimal number = new BigDecimal(target.toNumber());
    return new Difficulty(
        number.signum() == 0
            ? Double.POSITIVE_INFINITY
            : Target.DIFFICULTY_1.divide(number, MathContext.DECIMAL128).doubleValue());
  }

  /** More than 0; to a double's precision. */
  public double value() {
    return value;
  }

  @Override
  public int compareTo(Difficulty other) {
    return Double.compare(value, other.value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Difficulty that && Double.compare(value, that.value) == 0;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(value);
  }

  @Override
  public String toString() {
    return Double.toString(value);
  }
}
