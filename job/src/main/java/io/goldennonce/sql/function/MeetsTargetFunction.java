package io.goldennonce.sql.function;

import io.goldennonce.pow.BlockHeader;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** {@code meets_target(header)}: whether a header's hash meets its own bits. */
public final class MeetsTargetFunction extends HeaderFunction<Boolean> {
  private static final String NAME = "meets_target";

  MeetsTargetFunction() {
    super(NAME, DataTypes.BooleanType);
  }

  /** Called by the code that Spark generates; false also if Bitcoin refuses the bits. */
  public static @Nullable Boolean invoke(byte @Nullable [] header) {
    return header == null ? null : meets(whole(NAME, header));
  }

  private static boolean meets(byte[] header) {
    try {
      return BlockHeader.parse(header).meetsTarget();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
