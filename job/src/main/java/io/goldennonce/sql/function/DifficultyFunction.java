package io.goldennonce.sql.function;

import io.goldennonce.pow.Difficulty;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** {@code difficulty(bits)}: the difficulty relative to bits 1d00ffff, a DOUBLE. */
public final class DifficultyFunction extends BitsFunction<Double> {
  private static final String NAME = "difficulty";

  DifficultyFunction() {
    super(NAME, DataTypes.DoubleType);
  }

  /** Called by the code that Spark generates. */
  public static @Nullable Double invoke(@Nullable UTF8String bits) {
    return bits == null ? null : Difficulty.ofTarget(parse(NAME, bits).toTarget()).value();
  }
}
