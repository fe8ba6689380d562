package io.goldennonce.sql.function;

import io.goldennonce.pow.BlockHeader;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A function of a header. {@code invoke} throws {@link FunctionException} unless it has 80 bytes.
 *
 * @param <R> Spark's own form of the result
 */
abstract class HeaderFunction<R> extends PowFunction<R> {
  HeaderFunction(String name, DataType result) {
    super(
        name, "a header of 80 bytes as BINARY (see unhex)", List.of(DataTypes.BinaryType), result);
  }

  /** Returns the header; refuses another length. */
  static byte[] whole(String function, byte[] header) {
    if (header.length != BlockHeader.BYTES) {
      throw refused(
          function,
          "a header must have " + BlockHeader.BYTES + " bytes, got " + header.length,
          hex(header));
    }
    return header;
  }
}
