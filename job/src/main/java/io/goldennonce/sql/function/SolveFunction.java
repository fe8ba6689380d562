package io.goldennonce.sql.function;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.Target;
import io.goldennonce.search.MessageTemplate;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code solve(prefix, suffix, encoding, hash, zero_bits[, from, to])}: finds the lowest nonce with
 * which the hash of {@code prefix ‖ nonce ‖ suffix} has at least that number of leading zero bits.
 */
final class SolveFunction extends SearchFunction {
  private static final long serialVersionUID = 1;
  private static final String NAME = "solve";

  SolveFunction() {
    super(
        NAME,
        new Parameter("prefix", DataTypes.BinaryType),
        new Parameter("suffix", DataTypes.BinaryType),
        new Parameter("encoding", DataTypes.StringType),
        new Parameter("hash", DataTypes.StringType),
        new Parameter("zero_bits", DataTypes.LongType));
  }

  @Override
  Search search(InternalRow arguments) {
    NonceTemplate message =
        NonceTemplate.of(
            arguments.getBinary(0),
            arguments.getBinary(1),
            choice("encoding", NonceEncoding.values(), NonceEncoding::label, text(arguments, 2)),
            choice("hash", HashFunction.values(), HashFunction::label, text(arguments, 3)),
            HashOrder.BIG_ENDIAN);
    long zeroBits = arguments.getLong(4);
    if (zeroBits < 0 || zeroBits > 256) {
      throw PowFunction.refused(NAME, "zero_bits must be from 0 to 256", "" + zeroBits);
    }
    return new Search(new MessageTemplate(message), Target.ofZeroBits((int) zeroBits));
  }

  private static String text(InternalRow arguments, int index) {
    return arguments.getUTF8String(index).toString();
  }

  private static <E> E choice(
      String parameter, E[] values, Function<E, String> label, String given) {
    return Arrays.stream(values)
        .filter(value -> label.apply(value).equals(given))
        .findFirst()
        .orElseThrow(
            () ->
                PowFunction.refused(
                    NAME,
                    parameter
                        + " must be one of "
                        + Arrays.stream(values).map(label).collect(Collectors.joining(", ")),
                    given));
  }
}
