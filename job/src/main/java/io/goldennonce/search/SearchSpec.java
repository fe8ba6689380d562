package io.goldennonce.search;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.Hash256;
import io.goldennonce.pow.Target;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * The specification of a search.
 *
 * @param template defines the message at each position
 * @param target the upper bound of a solution's hash
 * @param keyspace the positions to search, within the template's
 * @param mode which solutions to look for
 * @param solutions how many of them, 1 to {@link #ALL}; 1 in a search for the lowest hash
 */
public record SearchSpec(
    SearchTemplate template, Target target, NonceRange keyspace, ResultMode mode, int solutions)
    implements Serializable {
  /** All solutions in the keyspace. */
  public static final int ALL = Integer.MAX_VALUE;

  private static final int ID_DIGITS = 16;
  private static final Target LOWEST = Target.of(BigInteger.ZERO);

  public SearchSpec {
    if (keyspace.to() > template.keyspace().to()) {
      throw new IllegalArgumentException(
          "the keyspace must end at %s or before, got %s"
              .formatted(template.keyspace().to(), keyspace.to()));
    }
    if (solutions < 1 || (mode == ResultMode.LOWEST_HASH && solutions > 1)) {
      throw new IllegalArgumentException(
          "a search must be for 1 or more solutions, for 1 if for the lowest hash, got "
              + solutions);
    }
  }

  public SearchSpec(SearchTemplate template, Target target, NonceRange keyspace, ResultMode mode) {
    this(template, target, keyspace, mode, 1);
  }

  public SearchSpec withSolutions(int number) {
    return new SearchSpec(template, target, keyspace, mode, number);
  }

  /** Creates a search of the template's whole keyspace. */
  public static SearchSpec of(SearchTemplate template, Target target, ResultMode mode) {
    return new SearchSpec(template, target, template.keyspace(), mode);
  }

  /** Creates a search for the lowest hash. Only hash 0, its target, would end it early. */
  public static SearchSpec ofLowestHash(SearchTemplate template, NonceRange keyspace) {
    return new SearchSpec(template, LOWEST, keyspace, ResultMode.LOWEST_HASH);
  }

  public boolean seeksLowestHash() {
    return mode == ResultMode.LOWEST_HASH;
  }

  /**
   * Computes the hash at a position with {@code MessageDigest}. It is in the template's byte order:
   * the last byte of the {@code Hash256} is the most significant.
   */
  public Hash256 hashAt(long position) {
    return hash(template.variant(template.variantAt(position)), template.nonceAt(position));
  }

  private static Hash256 hash(NonceTemplate message, long nonce) {
    byte[] bytes = message.message(nonce);
    Hash256 digest =
        message.function() == HashFunction.SHA256D ? Hash256.sha256d(bytes) : Hash256.sha256(bytes);
    return message.order() == HashOrder.LITTLE_ENDIAN ? digest : digest.reversed();
  }

  /**
   * Returns what is compared with the target at a position: the hash, XOR the pattern that it must
   * start with if the template has one.
   */
  public Hash256 distanceAt(long position) {
    return distance(template.variant(template.variantAt(position)), template.nonceAt(position));
  }

  /**
   * Returns the number of leading zero bits of {@link #distanceAt} at each of some positions, 0 to
   * 256. Each variant's message is made once where they ascend.
   */
  int[] zeroBitsAt(long[] positions) {
    int[] zeroBits = new int[positions.length];
    long variant = -1;
    NonceTemplate message = template.variant(0);
    for (int i = 0; i < positions.length; i++) {
      if (template.variantAt(positions[i]) != variant) {
        variant = template.variantAt(positions[i]);
        message = template.variant(variant);
      }
      zeroBits[i] = distance(message, template.nonceAt(positions[i])).leadingZeroBits();
    }
    return zeroBits;
  }

  private static Hash256 distance(NonceTemplate message, long nonce) {
    Hash256 hash = hash(message, nonce);
    if (!message.hasPattern()) {
      return hash;
    }
    byte[] bytes = hash.toBytes();
    byte[] pattern = message.pattern();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= pattern[bytes.length - 1 - i];
    }
    return Hash256.ofBytes(bytes);
  }

  /** Returns the fingerprint of template and target, 16 hex digits. */
  public String id() {
    String text = template.canonicalText() + " target " + target;
    return Hash256.sha256(text.getBytes(StandardCharsets.UTF_8)).toHex().substring(0, ID_DIGITS);
  }
}
