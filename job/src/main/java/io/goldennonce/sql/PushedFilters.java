package io.goldennonce.sql;

import io.goldennonce.table.parquet.ParquetFile.Selection;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.filter2.predicate.Operators.Column;
import org.apache.parquet.filter2.predicate.Operators.SupportsLtGt;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.sources.EqualTo;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.GreaterThan;
import org.apache.spark.sql.sources.GreaterThanOrEqual;
import org.apache.spark.sql.sources.LessThan;
import org.apache.spark.sql.sources.LessThanOrEqual;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The filters of a query that let Parquet skip files, row groups, pages and rows: comparisons of
 * whole numbers and texts with constants.
 *
 * @param byFilter Parquet's predicates by Spark's filters
 */
record PushedFilters(Map<Filter, FilterPredicate> byFilter) implements Serializable {
  static final PushedFilters NONE = new PushedFilters(Map.of());

  /**
   * Selects the filters that can be used.
   *
   * @param stored columns whose names and values are the same in the files
   */
  static PushedFilters of(Filter[] filters, StructType stored) {
    Map<Filter, FilterPredicate> pushed = new LinkedHashMap<>();
    for (Filter filter : filters) {
      predicate(filter, stored).ifPresent(predicate -> pushed.put(filter, predicate));
    }
    return new PushedFilters(pushed);
  }

  /** Selects these columns of the rows that may match. */
  Selection select(List<String> columns) {
    return new Selection(
        columns,
        byFilter.values().stream()
            .reduce(FilterApi::and)
            .map(FilterCompat::get)
            .orElse(FilterCompat.NOOP));
  }

  private static Optional<FilterPredicate> predicate(Filter filter, StructType stored) {
    if (filter instanceof EqualTo f) {
      return comparison("=", f.attribute(), f.value(), stored);
    } else if (filter instanceof GreaterThan f) {
      return comparison(">", f.attribute(), f.value(), stored);
    } else if (filter instanceof GreaterThanOrEqual f) {
      return comparison(">=", f.attribute(), f.value(), stored);
    } else if (filter instanceof LessThan f) {
      return comparison("<", f.attribute(), f.value(), stored);
    } else if (filter instanceof LessThanOrEqual f) {
      return comparison("<=", f.attribute(), f.value(), stored);
    }
    return Optional.empty();
  }

  private static Optional<FilterPredicate> comparison(
      String operator, String column, Object value, StructType stored) {
    if (!Arrays.asList(stored.fieldNames()).contains(column)) {
      return Optional.empty();
    }
    DataType type = stored.apply(column).dataType();
    if (type.equals(DataTypes.LongType) && value instanceof Long number) {
      return Optional.of(compare(operator, FilterApi.longColumn(column), number));
    } else if (type.equals(DataTypes.IntegerType) && value instanceof Integer number) {
      return Optional.of(compare(operator, FilterApi.intColumn(column), number));
    } else if (type.equals(DataTypes.StringType) && value instanceof String text) {
      return Optional.of(
          compare(operator, FilterApi.binaryColumn(column), Binary.fromString(text)));
    }
    return Optional.empty();
  }

  private static <T extends Comparable<T>, C extends Column<T> & SupportsLtGt>
      FilterPredicate compare(String operator, C column, T value) {
    return switch (operator) {
      case "=" -> FilterApi.eq(column, value);
      case ">" -> FilterApi.gt(column, value);
      case ">=" -> FilterApi.gtEq(column, value);
      case "<" -> FilterApi.lt(column, value);
      case "<=" -> FilterApi.ltEq(column, value);
      default -> throw new IllegalArgumentException("no comparison " + operator);
    };
  }
}
