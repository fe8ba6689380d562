package io.goldennonce.sql.function;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A function of one argument. Each has a public static method {@code invoke}, which the code that
 * Spark generates calls without creating a row or boxing values. Null gives null; a value that
 * breaks the function's rule is an error that names both.
 *
 * @param <R> Spark's own form of the result
 */
abstract class PowFunction<R> implements UnboundFunction, ScalarFunction<R> {
  private static final int SHOWN = 40;

  private final String name;
  private final String argument;
  private final List<DataType> accepted;
  private final DataType result;

  /**
   * @param argument description of the argument
   * @param accepted the types accepted; all are cast to the last
   */
  PowFunction(String name, String argument, List<DataType> accepted, DataType result) {
    this.name = name;
    this.argument = argument;
    this.accepted = accepted;
    this.result = result;
  }

  /**
   * Checks the number and type of arguments.
   *
   * @throws UnsupportedOperationException on others; Spark turns it into an analysis error
   */
  @Override
  public BoundFunction bind(StructType arguments) {
    StructField[] given = arguments.fields();
    DataType type = given.length == 1 ? given[0].dataType() : DataTypes.NullType;
    if (given.length != 1 || !(type.equals(DataTypes.NullType) || accepts(type))) {
      String types =
          Arrays.stream(given).map(field -> field.dataType().sql()).collect(joining(", "));
      throw new UnsupportedOperationException(
          description() + ", got " + (types.isEmpty() ? "nothing" : types));
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

  /** Lets Spark merge two calls with the same argument. */
  @Override
  public String canonicalName() {
    return getClass().getName();
  }

  @Override
  public String description() {
    return name + " takes " + argument;
  }

  /**
   * The error for a value that breaks a function's rule.
   *
   * @param rule the rule, and what was given instead
   */
  static FunctionException refused(String function, @Nullable String rule, String value) {
    String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    return new FunctionException(function + ": " + rule + ": '" + shown + "'");
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN));
  }
}
