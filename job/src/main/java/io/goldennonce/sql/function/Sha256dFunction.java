package io.goldennonce.sql.function;

import io.goldennonce.pow.Hash256;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** {@code sha256d(BINARY)}: the SHA-256 of the SHA-256, 32 bytes in digest order. */
public final class Sha256dFunction extends PowFunction<byte[]> {
  Sha256dFunction() {
    super(
        "sha256d",
        "a BINARY, or a STRING as UTF-8",
        List.of(DataTypes.StringType, DataTypes.BinaryType),
        DataTypes.BinaryType);
  }

  /** Called by the code that Spark generates. */
  public static byte @Nullable [] invoke(byte @Nullable [] message) {
    return message == null ? null : Hash256.sha256d(message).toBytes();
  }
}
