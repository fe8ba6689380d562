package io.goldennonce.sql.function;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.search.HeaderTemplate;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code solve_header(header[, from, to])}: finds the lowest nonce with which a Bitcoin header of
 * 80 bytes meets its own bits; the nonce in it is ignored.
 */
final class SolveHeaderFunction extends SearchFunction {
  private static final long serialVersionUID = 1;
  private static final String NAME = "solve_header";

  SolveHeaderFunction() {
    super(NAME, new Parameter("header", DataTypes.BinaryType));
  }

  @Override
  Search search(InternalRow arguments) {
    byte[] bytes = HeaderFunction.whole(NAME, arguments.getBinary(0));
    try {
      BlockHeader header = BlockHeader.parse(bytes);
      return new Search(new HeaderTemplate(header, 0), header.target());
    } catch (IllegalArgumentException e) {
      throw PowFunction.refused(NAME, e.getMessage(), PowFunction.hex(bytes));
    }
  }
}
