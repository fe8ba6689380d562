package io.goldennonce.sql.function;

import io.goldennonce.proof.LogTree;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * {@code log_root(leaves)}: the root of the tree of RFC 9162 over leaves in order, in hex in digest
 * order. Leaves are BINARY of any length.
 */
public final class LogRootFunction extends PowFunction<UTF8String> {
  private static final String NAME = "log_root";

  LogRootFunction() {
    super(
        NAME,
        "an ARRAY of BINARY",
        List.of(DataTypes.createArrayType(DataTypes.BinaryType)),
        DataTypes.StringType);
  }

  @Override
  boolean accepts(DataType type) {
    return type instanceof ArrayType array && array.elementType().equals(DataTypes.BinaryType);
  }

  /**
   * Called by the code that Spark generates.
   *
   * @throws FunctionException if a leaf is null
   */
  public static @Nullable UTF8String invoke(@Nullable ArrayData leaves) {
    if (leaves == null) {
      return null;
    }
    List<byte[]> bytes = new ArrayList<>(leaves.numElements());
    for (int i = 0; i < leaves.numElements(); i++) {
      if (leaves.isNullAt(i)) {
        throw refused(NAME, "a leaf must not be null, got leaf " + i, "null");
      }
      bytes.add(leaves.getBinary(i));
    }
    return UTF8String.fromString(LogTree.of(bytes).head().root().toHex());
  }
}
