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
 * What is searched for, and where.
 *
 * @param template what is hashed at a position
 * @param target a hash must be at or below it
 * @param keyspace the positions to look at, within the template's
 * @param mode which solutions to end with
 * @param solutions how many to end with, 1 to {@link #ALL}; 1 where the lowest hash is sought
 */
public record SearchSpec(
    SearchTemplate template, Target target, NonceRange keyspace, ResultMode mode, int solutions)
    implements Serializable {
  /** As many solutions as the keyspace has: only its end ends the search. */
  public static final int ALL = Integer.MAX_VALUE;

  private static final int ID_DIGITS = 16;
  private static final Target LOWEST = Target.of(BigInteger.ZERO);

  public SearchSpec {
    if (keyspace.to() > template.keyspace().to()) {
      throw new IllegalArgumentException(
          "the keyspace must end at "
              + template.keyspace().to()
              + " at the latest, got "
              + keyspace.to());
    }
    if (solutions < 1 || (mode == ResultMode.LOWEST_HASH && solutions > 1)) {
      throw new IllegalArgumentException(
          "a search must end with 1 solution or more, and one for the lowest hash with 1, got "
              + solutions);
    }
  }

  /** A search that ends with one solution. */
  public SearchSpec(SearchTemplate template, Target target, NonceRange keyspace, ResultMode mode) {
    this(template, target, keyspace, mode, 1);
  }

  /** The same search, but for how many solutions it ends with. */
  public SearchSpec withSolutions(int number) {
    return new SearchSpec(template, target, keyspace, mode, number);
  }

  /** A search of the template's whole keyspace. */
  public static SearchSpec of(SearchTemplate template, Target target, ResultMode mode) {
    return new SearchSpec(template, target, template.keyspace(), mode);
  }

  /**
   * A search for the lowest hash of a keyspace, which nothing but its end or an order ends. Its
   * target is 0, as no other hash leaves nothing lower to look for.
   */
  public static SearchSpec ofLowestHash(SearchTemplate template, NonceRange keyspace) {
    return new SearchSpec(template, LOWEST, keyspace, ResultMode.LOWEST_HASH);
  }

  /** Whether it looks for the lowest hash and for no target. */
  public boolean seeksLowestHash() {
    return mode == ResultMode.LOWEST_HASH;
  }

  /**
   * The hash at a position, by {@code MessageDigest}: as a number that is read the way the template
   * orders it, that is, with {@code Hash256}'s last byte as the most significant.
   */
  public Hash256 hashAt(long position) {
    NonceTemplate message = template.variant(template.variantAt(position));
    byte[] bytes = message.message(template.nonceAt(position));
    Hash256 digest =
        message.function() == HashFunction.SHA256D ? Hash256.sha256d(bytes) : Hash256.sha256(bytes);
    return message.order() == HashOrder.LITTLE_ENDIAN ? digest : digest.reversed();
  }

  /**
   * What is compared with the target at a position: the hash there XOR the pattern that it should
   * begin with, if the template has one.
   */
  public Hash256 distanceAt(long position) {
    Hash256 hash = hashAt(position);
    NonceTemplate message = template.variant(template.variantAt(position));
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

  /** The search's fingerprint, 16 hex digits: the same template and target give the same id. */
  public String id() {
    String text = template.canonicalText() + " target " + target;
    return Hash256.sha256(text.getBytes(StandardCharsets.UTF_8)).toHex().substring(0, ID_DIGITS);
  }
}
