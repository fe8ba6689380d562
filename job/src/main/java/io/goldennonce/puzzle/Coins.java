package io.goldennonce.puzzle;

import io.goldennonce.base.Sha256Digest;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.NonceRange;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * The format {@code coins}: 32 random bytes, hashed with SHA-256 once, are a coin when the hash's
 * hex begins with {@code 0}. The bytes come from one stream of SplitMix64 (Steele, Lea, Flood,
 * "Fast splittable pseudorandom number generators", OOPSLA 2014, which {@link
 * java.util.SplittableRandom} follows) that starts with state 0: candidate {@code p} is the four
 * numbers from {@code 4p} on, each with its most significant byte first. Each seed has 2⁴²
 * candidates of its own.
 *
 * <p>So no two candidates are the same, of one seed or of two: their first numbers differ, since
 * the state takes each of its 2⁶⁴ values once, and is mixed by a bijection. No coin can be counted
 * twice unless its position is.
 */
public final class Coins {
  /** The largest seed; the smallest is 0. */
  public static final int LAST_SEED = (1 << 20) - 1;

  private static final long CANDIDATES_PER_SEED = 1L << 42;
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final int WORDS = 4;
  private static final int BYTES = WORDS * Long.BYTES;

  /** Candidates between two polls of the stop signal: about 0.2 ms. */
  private static final int POLL = 1024;

  private Coins() {}

  /** Returns the positions of a seed's candidates. */
  public static NonceRange candidates(int seed) {
    if (seed < 0 || seed > LAST_SEED) {
      throw new IllegalArgumentException("a seed must be from 0 to " + LAST_SEED + ", got " + seed);
    }
    return new NonceRange(seed * CANDIDATES_PER_SEED, (seed + 1) * CANDIDATES_PER_SEED);
  }

  /** The 32 bytes of a candidate. */
  public static byte[] candidate(long position) {
    byte[] bytes = new byte[BYTES];
    put(position, ByteBuffer.wrap(bytes));
    return bytes;
  }

  /**
   * Counts the coins in a range of candidates, in ascending order, up to a maximum.
   *
   * @param most the maximum, at least 1
   * @param stop polled about every 0.2 ms; the count ends once it is true
   */
  public static CoinCount count(NonceRange range, long most, BooleanSupplier stop) {
    MessageDigest sha256 = Sha256Digest.create();
    ByteBuffer candidate = ByteBuffer.allocate(BYTES);
    byte[] hash = new byte[BYTES];
    byte[] lowest = new byte[BYTES];
    Arrays.fill(lowest, (byte) 0xff);
    long coins = 0;
    long at = range.from();
    while (at < range.to() && coins < most) {
      if ((at - range.from()) % POLL == 0 && stop.getAsBoolean()) {
        break;
      }
      put(at, candidate);
      sha256.update(candidate.array());
      digest(sha256, hash);
      if (Arrays.compareUnsigned(hash, lowest) < 0) {
        System.arraycopy(hash, 0, lowest, 0, BYTES);
      }
      if ((hash[0] & 0xf0) == 0) {
        coins++;
      }
      at++;
    }
    return new CoinCount(new NonceRange(range.from(), at), coins, Hash256.ofBytes(lowest));
  }

  private static void put(long position, ByteBuffer bytes) {
    long state = WORDS * position * GOLDEN_GAMMA;
    for (int word = 0; word < WORDS; word++) {
      state += GOLDEN_GAMMA;
      bytes.putLong(word * Long.BYTES, mix(state));
    }
  }

  /** SplitMix64's finalizer, variant 13 of David Stafford's. */
  private static long mix(long state) {
    long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private static void digest(MessageDigest sha256, byte[] hash) {
    try {
      sha256.digest(hash, 0, BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("32 bytes hold a SHA-256", e);
    }
  }
}
