package io.goldennonce.sql.function;

import io.goldennonce.chain.MerkleTree;
import io.goldennonce.pow.Hash256;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * {@code merkle_root(leaves)}: Bitcoin's merkle root over leaves in order, in hex as Bitcoin
 * displays it. Leaves are BINARY of 32 bytes in digest order, such as {@code sha256d} returns, or
 * STRING in hex as displayed, such as {@code transactions.id}.
 */
public final class MerkleRootFunction extends PowFunction<UTF8String> {
  private static final String NAME = "merkle_root";

  MerkleRootFunction() {
    super(
        NAME,
        "an ARRAY of hashes: 32 bytes of BINARY, or STRING of 64 hex digits",
        List.of(DataTypes.createArrayType(DataTypes.BinaryType)),
        DataTypes.StringType);
  }

  @Override
  boolean accepts(DataType type) {
    return type instanceof ArrayType array
        && (array.elementType().equals(DataTypes.BinaryType)
            || array.elementType().equals(DataTypes.StringType));
  }

  @Override
  BoundFunction boundTo(DataType type) {
    return type instanceof ArrayType array && array.elementType().equals(DataTypes.StringType)
        ? new OfText()
        : this;
  }

  /**
   * Called by the code that Spark generates.
   *
   * @throws FunctionException if there are no leaves, or one is null or not of 32 bytes
   */
  public static @Nullable UTF8String invoke(@Nullable ArrayData leaves) {
    return leaves == null ? null : root(leaves, i -> leaf(leaves.getBinary(i)));
  }

  private static UTF8String root(ArrayData leaves, IntFunction<Hash256> leaf) {
    List<Hash256> hashes = new ArrayList<>(leaves.numElements());
    for (int i = 0; i < leaves.numElements(); i++) {
      if (leaves.isNullAt(i)) {
        throw refused(NAME, "a leaf must not be null, got leaf " + i, "null");
      }
      hashes.add(leaf.apply(i));
    }
    if (hashes.isEmpty()) {
      throw refused(NAME, "there must be at least 1 leaf, got 0", "array()");
    }
    return UTF8String.fromString(MerkleTree.root(hashes).toDisplay());
  }

  private static Hash256 leaf(byte[] digest) {
    try {
      return Hash256.ofBytes(digest);
    } catch (IllegalArgumentException e) {
      throw refused(NAME, e.getMessage(), hex(digest));
    }
  }

  private static Hash256 leaf(String text) {
    try {
      return Hash256.ofDisplay(text);
    } catch (IllegalArgumentException e) {
      throw refused(NAME, e.getMessage(), text);
    }
  }

  /** {@code merkle_root} of leaves in hex. */
  public static final class OfText extends PowFunction<UTF8String> {
    OfText() {
      super(
          NAME,
          "an ARRAY of STRING",
          List.of(DataTypes.createArrayType(DataTypes.StringType)),
          DataTypes.StringType);
    }

    /** Called by the code that Spark generates, with leaves of 64 hex digits. */
    public static @Nullable UTF8String invoke(@Nullable ArrayData leaves) {
      return leaves == null ? null : root(leaves, i -> leaf(leaves.getUTF8String(i).toString()));
    }
  }
}
