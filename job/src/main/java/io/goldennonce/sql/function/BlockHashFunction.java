package io.goldennonce.sql.function;

import io.goldennonce.pow.Hash256;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** {@code block_hash(header)}: a header's hash in hex as Bitcoin displays it. */
public final class BlockHashFunction extends HeaderFunction<UTF8String> {
  private static final String NAME = "block_hash";

  BlockHashFunction() {
    super(NAME, DataTypes.StringType);
  }

  /** Called by the code that Spark generates. */
  public static @Nullable UTF8String invoke(byte @Nullable [] header) {
    return header == null
        ? null
        : UTF8String.fromString(Hash256.sha256d(whole(NAME, header)).toDisplay());
  }
}
