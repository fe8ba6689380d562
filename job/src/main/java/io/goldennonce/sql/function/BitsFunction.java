package io.goldennonce.sql.function;

import io.goldennonce.pow.CompactBits;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A function of compact bits in 8 hex digits. {@code invoke} throws {@link FunctionException} for
 * any other text, and for bits that Bitcoin refuses.
 *
 * @param <R> Spark's own form of the result
 */
abstract class BitsFunction<R> extends PowFunction<R> {
  BitsFunction(String name, DataType result) {
    super(
        name,
        "bits as a STRING of 8 hex digits (of a number: lpad(hex(bits), 8, '0'))",
        List.of(DataTypes.StringType),
        result);
  }

  /** Parses the argument. */
  static CompactBits parse(String function, UTF8String bits) {
    try {
      return CompactBits.ofHex(bits.toString());
    } catch (IllegalArgumentException e) {
      throw refused(function, e.getMessage(), bits.toString());
    }
  }
}
