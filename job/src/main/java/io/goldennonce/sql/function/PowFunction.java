package io.goldennonce.sql.function;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A function of one argument. Each has a public static method {@code invoke}, which is what the
 * code that Spark generates calls: no row is made, no object boxed. Null gives null; a value
 * against the function's rule is an error that names both.
 *
 * @param <R> Spark's own form of the result
 */
abstract class PowFunction<R> implements UnboundFunction, ScalarFunction<R> {
  private static final long serialVersionUID = 1;
  private static final int SHOWN = 40;

  private final String name;
  private final String argument;
  private final List<DataType> accepted;
  private final DataType result;

  /**
   * @param argument what it takes, in words
   * @param accepted the types it takes; the last is what the others are cast to
   */
  PowFunction(String name, String argument, List<DataType> accepted, DataType result) {
    this.name = name;
    this.argument = argument;
    this.accepted = accepted;
    this.result = result;
  }

  /**
   * Sees to the number and type of arguments.
   *
   * @throws UnsupportedOperationException on others: Spark makes an analysis error of it
   */
  @Override
  public BoundFunction bind(StructType arguments) {
    StructField[] given = arguments.fields();
    DataType type = given.length == 1 ? given[0].dataType() : DataTypes.NullType;
    if (given.length != 1 || !(type.equals(DataTypes.NullType) || accepts(type))) {
      throw new UnsupportedOperationException(
          name
              + " takes "
              + argument
              + ", got "
              + (given.length == 0
                  ? "nothing"
                  : Arrays.stream(given)
                      .map(field -> field.dataType().sql())
                      .collect(Collectors.joining(", "))));
    }
    return boundTo(type);
  }

  boolean accepts(DataType type) {
    return accepted.contains(type);
  }

  BoundFunction boundTo(DataType type) {
    return this;
  }

  @Override
  public DataType[] inputTypes() {
    return new DataType[] {accepted.get(accepted.size() - 1)};
  }

  @Override
  public DataType resultType() {
    return result;
  }

  @Override
  public String name() {
    return name;
  }

  /** Two calls with the same argument are one to Spark. */
  @Override
  public String canonicalName() {
    return getClass().getName();
  }

  @Override
  public String description() {
    return name + " takes " + argument;
  }

  /**
   * What a function says of a value that breaks its rule.
   *
   * @param rule what must be, and what was got
   */
  static FunctionException refused(String function, @Nullable String rule, String value) {
    String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    return new FunctionException(function + ": " + rule + ": '" + shown + "'");
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN));
  }
}
