package io.goldennonce.sql.function;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** {@code target(bits)}: the target in 64 hex digits, most significant first. */
public final class TargetFunction extends BitsFunction<UTF8String> {
  private static final String NAME = "target";

  TargetFunction() {
    super(NAME, DataTypes.StringType);
  }

  /** Called by the code that Spark generates. */
  public static @Nullable UTF8String invoke(@Nullable UTF8String bits) {
    return bits == null ? null : UTF8String.fromString(parse(NAME, bits).toTarget().toString());
  }
}
