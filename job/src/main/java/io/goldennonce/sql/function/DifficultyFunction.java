package io.goldennonce.sql.function;

import io.goldennonce.pow.Difficulty;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** {@code difficulty(bits)}: how many times harder than bits 1d00ffff, a DOUBLE. */
public final class DifficultyFunction extends BitsFunction<Double> {
  private static final long serialVersionUID = 1;
  private static final String NAME = "difficulty";

  DifficultyFunction() {
    super(NAME, DataTypes.DoubleType);
  }

  /**
   * For the code that Spark generates.
   *
   * @param bits 8 hex digits
   * @throws FunctionException on any other text, and on bits that Bitcoin refuses
   */
  public static @Nullable Double invoke(@Nullable UTF8String bits) {
    return bits == null ? null : Difficulty.ofTarget(parse(NAME, bits).toTarget()).value();
  }
}
