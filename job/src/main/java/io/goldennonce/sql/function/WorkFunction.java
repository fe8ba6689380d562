package io.goldennonce.sql.function;

import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.CompactBits;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * {@code work(bits)}: expected number of hashes of a block with these bits, rounded down, as a
 * DECIMAL(38, 0).
 */
public final class WorkFunction extends BitsFunction<Decimal> {
  private static final String NAME = "work";
  private static final int DIGITS = 38;
  private static final BigInteger END = BigInteger.TEN.pow(DIGITS);

  WorkFunction() {
    super(NAME, DataTypes.createDecimalType(DIGITS, 0));
  }

  /**
   * Called by the code that Spark generates.
   *
   * @throws FunctionException also if the work has more than 38 digits
   */
  public static @Nullable Decimal invoke(@Nullable UTF8String bits) {
    if (bits == null) {
      return null;
    }
    CompactBits parsed = parse(NAME, bits);
    BigInteger work = ChainWork.ofTarget(parsed.toTarget()).number();
    if (work.compareTo(END) >= 0) {
      throw refused(NAME, "the work must be below 10^38, got " + work, bits.toString());
    }
    return Decimal.apply(new BigDecimal(work), DIGITS, 0);
  }
}
