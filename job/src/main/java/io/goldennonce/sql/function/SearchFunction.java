package io.goldennonce.sql.function;

import io.goldennonce.batch.RowSolver;
import io.goldennonce.pow.Target;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.SearchTemplate;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A function that searches for the lowest nonce, in the task that evaluates it. Its arguments are a
 * template and, optionally, the positions {@code from} (inclusive) and {@code to} (exclusive). The
 * result is a struct of {@code nonce} BIGINT, {@code hash} STRING (hex, the most significant digit
 * first) and {@code tried} BIGINT (hashes, exact), or null if there is no solution. A null argument
 * gives null.
 */
abstract class SearchFunction implements UnboundFunction, Serializable {
  private static final long serialVersionUID = 1;

  private static final StructType RESULT =
      new StructType()
          .add("nonce", DataTypes.LongType, false)
          .add("hash", DataTypes.StringType, false)
          .add("tried", DataTypes.LongType, false);

  /** An argument: binaries also take text, as UTF-8, and BIGINT takes any whole number. */
  record Parameter(String name, DataType type) implements Serializable {
    boolean accepts(DataType given) {
      if (given.equals(type) || given.equals(DataTypes.NullType)) {
        return true;
      }
      return type.equals(DataTypes.BinaryType)
          ? given.equals(DataTypes.StringType)
          : type.equals(DataTypes.LongType)
              && List.<DataType>of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType)
                  .contains(given);
    }
  }

  private static final List<Parameter> POSITIONS =
      List.of(new Parameter("from", DataTypes.LongType), new Parameter("to", DataTypes.LongType));

  private final String name;
  private final List<Parameter> template;

  SearchFunction(String name, Parameter... template) {
    this.name = name;
    this.template = List.of(template);
  }

  /** What to search for; throws what {@link PowFunction#refused} makes of a wrong value. */
  abstract Search search(InternalRow arguments);

  record Search(SearchTemplate template, Target target) {}

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return "%s(%s[, from, to]) searches for the lowest nonce"
        .formatted(name, template.stream().map(Parameter::name).collect(Collectors.joining(", ")));
  }

  /**
   * Checks number and types of the arguments.
   *
   * @throws UnsupportedOperationException on others: Spark makes an analysis error of it
   */
  @Override
  public BoundFunction bind(StructType given) {
    List<Parameter> parameters =
        given.length() == template.size()
            ? template
            : Stream.concat(template.stream(), POSITIONS.stream()).toList();
    boolean fits = given.length() == parameters.size();
    for (int i = 0; fits && i < parameters.size(); i++) {
      fits = parameters.get(i).accepts(given.fields()[i].dataType());
    }
    if (!fits) {
      throw new UnsupportedOperationException(
          "%s takes (%s[, from BIGINT, to BIGINT]), got (%s)"
              .formatted(
                  name,
                  template.stream()
                      .map(parameter -> parameter.name() + " " + parameter.type().sql())
                      .collect(Collectors.joining(", ")),
                  Arrays.stream(given.fields())
                      .map(field -> field.dataType().sql())
                      .collect(Collectors.joining(", "))));
    }
    return new Bound(parameters);
  }

  /** The function with its arguments' number known. */
  private final class Bound implements ScalarFunction<InternalRow> {
    private static final long serialVersionUID = 1;

    private final List<Parameter> parameters;

    Bound(List<Parameter> parameters) {
      this.parameters = parameters;
    }

    @Override
    public DataType[] inputTypes() {
      return parameters.stream().map(Parameter::type).toArray(DataType[]::new);
    }

    @Override
    public DataType resultType() {
      return RESULT;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String canonicalName() {
      return SearchFunction.this.getClass().getName();
    }

    /** The result is, but Spark may evaluate what is deterministic once per use of a field. */
    @Override
    public boolean isDeterministic() {
      return false;
    }

    @Override
    public @Nullable InternalRow produceResult(InternalRow arguments) {
      for (int i = 0; i < parameters.size(); i++) {
        if (arguments.isNullAt(i)) {
          return null;
        }
      }
      Search search = search(arguments);
      NonceRange keyspace = search.template().keyspace();
      if (parameters.size() > template.size()) {
        keyspace =
            positions(
                keyspace,
                arguments.getLong(template.size()),
                arguments.getLong(template.size() + 1));
      }
      RowSolver.Result result =
          RowSolver.solve(
              new SearchSpec(
                  search.template(), search.target(), keyspace, ResultMode.LOWEST_NONCE));
      return result
          .solution()
          .map(
              found ->
                  new GenericInternalRow(
                      new Object[] {
                        found.nonce(),
                        UTF8String.fromString(found.hash().toDisplay()),
                        result.hashes()
                      }))
          .orElse(null);
    }

    private NonceRange positions(NonceRange all, long from, long to) {
      if (from < 0 || from >= to || to > all.to()) {
        throw PowFunction.refused(
            name,
            "from must be at least 0 and below to, and to at most " + all.to(),
            from + ", " + to);
      }
      return new NonceRange(from, to);
    }
  }
}
