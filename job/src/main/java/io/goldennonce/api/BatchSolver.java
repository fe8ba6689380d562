package io.goldennonce.api;

import io.goldennonce.batch.PartitionSolver;
import io.goldennonce.batch.TemplateColumns;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Solves many small searches: adds solutions to a table of templates, as one narrow transformation.
 * A task solves the templates of its partition one by one, each from its first nonce, so the result
 * is the lowest nonce on any cluster. For a single search that needs a whole cluster, use the
 * program's commands.
 *
 * <p>A row is a template in one of two forms; a null counts as an absent column.
 *
 * <ul>
 *   <li>{@code header}: a Bitcoin header, 80 bytes as BINARY or 160 hex digits as STRING, whose
 *       nonce is ignored.
 *   <li>{@code prefix} and {@code suffix}: the bytes before and after the nonce, BINARY, or STRING
 *       as UTF-8, either may be left out; {@code encoding}: {@code u32be}, {@code u32le}, {@code
 *       u64be}, {@code u64le} or {@code decimal}; {@code hash_function}: {@code sha256} or {@code
 *       sha256d}; {@code order}: which byte of the hash is the most significant, {@code first} (the
 *       default) or {@code last}.
 * </ul>
 *
 * <p>The target is {@code target} (1 to 64 hex digits), or {@code bits} (8 hex digits), or {@code
 * zero_bits} (INT, leading zero bits); for a header, its own bits if none is given. {@code
 * from_nonce} and {@code to_nonce} (BIGINT, half-open) select a part of the nonces.
 *
 * <p>Added columns:
 *
 * <ul>
 *   <li>{@code outcome}: {@code found} or {@code exhausted}.
 *   <li>{@code nonce} BIGINT, {@code hash} STRING (hex, the most significant digit first) and
 *       {@code solution} BINARY (the whole message or header): null where exhausted. Each hash was
 *       recomputed by code other than the kernel's.
 *   <li>{@code hashes} BIGINT: how many nonces were tried, exactly.
 *   <li>{@code kernel} STRING: the kernel; each JVM chooses its fastest.
 * </ul>
 */
public final class BatchSolver {
  private static final StructType SOLUTION =
      new StructType()
          .add("outcome", DataTypes.StringType, false)
          .add("nonce", DataTypes.LongType)
          .add("hash", DataTypes.StringType)
          .add("solution", DataTypes.BinaryType)
          .add("hashes", DataTypes.LongType, false)
          .add("kernel", DataTypes.StringType, false);

  private BatchSolver() {}

  /**
   * Solves templates. The result is computed lazily, and again each time it is used: write or cache
   * it. It has the partitions of the templates, so make sure there are enough for all cores.
   *
   * @param templates as above; other columns are preserved
   * @return the templates with their solutions
   * @throws IllegalArgumentException if a column is missing, has the wrong type, or has the name of
   *     an added column. An invalid row fails the job with a message that names the column.
   */
  public static Dataset<Row> solve(Dataset<Row> templates) {
    StructType schema = templates.schema();
    List<String> given = Arrays.asList(schema.fieldNames());
    StructType solved = schema;
    for (var added : SOLUTION.fields()) {
      if (given.contains(added.name())) {
        throw new IllegalArgumentException(
            "templates must have no column " + added.name() + ", since it is added; rename it");
      }
      solved = solved.add(added);
    }
    TemplateColumns columns = TemplateColumns.of(schema);
    return templates.mapPartitions(new PartitionSolver(columns), Encoders.row(solved));
  }
}
