package io.goldennonce.batch;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Target;
import io.goldennonce.search.HeaderTemplate;
import io.goldennonce.search.MessageTemplate;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.SearchTemplate;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Finds the columns of a table of templates and turns each row into a search. */
public final class TemplateColumns implements Serializable {
  private static final long serialVersionUID = 1;

  private static final List<DataType> BYTES = List.of(DataTypes.BinaryType, DataTypes.StringType);
  private static final List<DataType> TEXT = List.of(DataTypes.StringType);
  private static final List<DataType> NUMBER = List.of(DataTypes.LongType, DataTypes.IntegerType);

  private static final Map<String, List<DataType>> TYPES =
      Map.ofEntries(
          Map.entry("header", BYTES),
          Map.entry("prefix", BYTES),
          Map.entry("suffix", BYTES),
          Map.entry("encoding", TEXT),
          Map.entry("hash_function", TEXT),
          Map.entry("order", TEXT),
          Map.entry("target", TEXT),
          Map.entry("bits", TEXT),
          Map.entry("zero_bits", NUMBER),
          Map.entry("from_nonce", NUMBER),
          Map.entry("to_nonce", NUMBER));

  private final HashMap<String, Integer> indices;

  private TemplateColumns(HashMap<String, Integer> indices) {
    this.indices = indices;
  }

  /**
   * The template columns of a schema.
   *
   * @throws IllegalArgumentException if it has no template columns, or a column has the wrong type
   */
  public static TemplateColumns of(StructType schema) {
    HashMap<String, Integer> indices = new HashMap<>();
    for (StructField field : schema.fields()) {
      List<DataType> types = TYPES.get(field.name());
      if (types != null) {
        if (!types.contains(field.dataType())) {
          String required = types.stream().map(DataType::sql).collect(Collectors.joining(" or "));
          throw new IllegalArgumentException(
              "the templates' column %s must be %s, got %s"
                  .formatted(field.name(), required, field.dataType().sql()));
        }
        indices.put(field.name(), schema.fieldIndex(field.name()));
      }
    }
    if (!indices.containsKey("header") && !indices.containsKey("encoding")) {
      throw new IllegalArgumentException(
          "templates must have a column header, or encoding with prefix, suffix and hash_function,"
              + " got "
              + String.join(", ", schema.fieldNames()));
    }
    return new TemplateColumns(indices);
  }

  /**
   * The search of a row, for the lowest nonce.
   *
   * @throws IllegalArgumentException if the row is not a template; the message names the column
   */
  SearchSpec spec(Row row) {
    Object header = value(row, "header");
    if (header == null) {
      return spec(row, new MessageTemplate(message(row)), target(row, null));
    }
    BlockHeader parsed = checked("header", () -> header(header));
    return spec(row, new HeaderTemplate(parsed, 0), target(row, parsed.target()));
  }

  private SearchSpec spec(Row row, SearchTemplate template, Target target) {
    NonceRange all = template.keyspace();
    NonceRange keyspace =
        checked(
            "from_nonce and to_nonce",
            () -> {
              long to = number(row, "to_nonce", all.to());
              if (to > all.to()) {
                throw new IllegalArgumentException(
                    "a part of the nonces must end at " + all.to() + " or before, got " + to);
              }
              return new NonceRange(number(row, "from_nonce", 0), to);
            });
    return new SearchSpec(template, target, keyspace, ResultMode.LOWEST_NONCE);
  }

  private static BlockHeader header(Object value) {
    return value instanceof byte[] wire
        ? BlockHeader.parse(wire)
        : BlockHeader.ofHex((String) value);
  }

  private NonceTemplate message(Row row) {
    return NonceTemplate.of(
        bytes(value(row, "prefix")),
        bytes(value(row, "suffix")),
        choice(row, "encoding", null, NonceEncoding.values(), NonceEncoding::label),
        choice(row, "hash_function", null, HashFunction.values(), HashFunction::label),
        choice(
            row,
            "order",
            HashOrder.BIG_ENDIAN,
            HashOrder.values(),
            each -> each == HashOrder.BIG_ENDIAN ? "first" : "last"));
  }

  private static byte[] bytes(@Nullable Object value) {
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    return value == null ? new byte[0] : (byte[]) value;
  }

  private Target target(Row row, @Nullable Target fallback) {
    String target = (String) value(row, "target");
    String bits = (String) value(row, "bits");
    if (target != null) {
      return checked("target", () -> Target.ofHex(target));
    } else if (bits != null) {
      return checked("bits", () -> CompactBits.ofHex(bits).toTarget());
    } else if (value(row, "zero_bits") != null) {
      return checked(
          "zero_bits", () -> Target.ofZeroBits(Math.toIntExact(number(row, "zero_bits", 0))));
    } else if (fallback != null) {
      return fallback;
    }
    throw new IllegalArgumentException(
        "a template of a message must have one of target, bits and zero_bits");
  }

  private <E> E choice(
      Row row, String column, @Nullable E fallback, E[] values, Function<E, String> label) {
    String name = (String) value(row, column);
    if (name == null && fallback != null) {
      return fallback;
    }
    return Arrays.stream(values)
        .filter(each -> label.apply(each).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a template's %s must be one of %s, got %s"
                        .formatted(
                            column,
                            Arrays.stream(values).map(label).collect(Collectors.joining(", ")),
                            name)));
  }

  private long number(Row row, String column, long fallback) {
    Number value = (Number) value(row, column);
    return value == null ? fallback : value.longValue();
  }

  private @Nullable Object value(Row row, String column) {
    Integer index = indices.get(column);
    return index == null ? null : row.get(index);
  }

  private static <T> T checked(String column, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException("a template's " + column + ": " + e.getMessage(), e);
    }
  }
}
