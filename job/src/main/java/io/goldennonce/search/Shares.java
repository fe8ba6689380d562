package io.goldennonce.search;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Evidence that a range was scanned: all of its positions whose distance to the target's zero
 * ({@link SearchSpec#distanceAt}, in most searches the hash) has a number of leading zero bits or
 * more. Nobody finds them without hashing, and anybody can check one by one hash. Immutable.
 */
public final class Shares implements Serializable {
  private static final long serialVersionUID = 1;

  /** Nothing is claimed: no share target was set. */
  public static final Shares NONE = new Shares(0, new long[0], new byte[0]);

  /** The highest number of leading zero bits that can be asked for. */
  public static final int MAX_BITS = 255;

  private final int bits;

  /** Ascending. */
  private final long[] positions;

  /** The number of leading zero bits of each, at most {@link #MAX_BITS}. */
  private final byte[] zeroBits;

  private Shares(int bits, long[] positions, byte[] zeroBits) {
    this.bits = bits;
    this.positions = positions;
    this.zeroBits = zeroBits;
  }

  /**
   * Creates the shares of a range in which none was found yet.
   *
   * @param bits leading zero bits of a share, 1 to {@link #MAX_BITS}; 0 for {@link #NONE}
   */
  public static Shares none(int bits) {
    return bits == 0 ? NONE : of(bits, List.of());
  }

  /**
   * Creates shares of which no more is known than that they meet the share target, as a table
   * stores them.
   *
   * @param bits leading zero bits of a share, 1 to {@link #MAX_BITS}
   * @param positions ascending
   */
  public static Shares of(int bits, List<Long> positions) {
    if (bits < 1 || bits > MAX_BITS) {
      throw new IllegalArgumentException(
          "a share must have 1 to " + MAX_BITS + " leading zero bits, got " + bits);
    }
    long[] array = positions.stream().mapToLong(Long::longValue).toArray();
    for (int i = 1; i < array.length; i++) {
      if (array[i] <= array[i - 1]) {
        throw new IllegalArgumentException(
            "positions of shares must ascend, got " + array[i] + " after " + array[i - 1]);
      }
    }
    byte[] zeroBits = new byte[array.length];
    Arrays.fill(zeroBits, (byte) bits);
    return new Shares(bits, array, zeroBits);
  }

  /** Returns the number of leading zero bits of a share; 0 if no share target was set. */
  public int bits() {
    return bits;
  }

  public int size() {
    return positions.length;
  }

  /** Returns the positions, ascending. */
  public LongStream positions() {
    return Arrays.stream(positions);
  }

  /** Returns these shares and a hash found after them, if it is a share, too. */
  public Shares plus(long position, int zeros) {
    if (bits == 0 || zeros < bits) {
      return this;
    }
    int size = positions.length;
    long[] longer = Arrays.copyOf(positions, size + 1);
    byte[] zerosOfEach = Arrays.copyOf(zeroBits, size + 1);
    longer[size] = position;
    zerosOfEach[size] = (byte) Math.min(zeros, MAX_BITS);
    return new Shares(bits, longer, zerosOfEach);
  }

  /** Returns those in a part of the range. */
  public Shares in(NonceRange part) {
    int from = indexOf(part.from());
    int to = indexOf(part.to());
    return to - from == positions.length
        ? this
        : new Shares(
            bits, Arrays.copyOfRange(positions, from, to), Arrays.copyOfRange(zeroBits, from, to));
  }

  /** Returns the number of those below a position. */
  private int indexOf(long position) {
    int found = Arrays.binarySearch(positions, position);
    return found < 0 ? -found - 1 : found;
  }

  /** Returns those that meet a share target at least as hard. */
  public Shares raisedTo(int newBits) {
    if (bits == 0 || newBits <= bits) {
      return this;
    }
    long[] kept = new long[positions.length];
    byte[] zerosOfEach = new byte[positions.length];
    int size = 0;
    for (int i = 0; i < positions.length; i++) {
      if ((zeroBits[i] & 0xff) >= newBits) {
        kept[size] = positions[i];
        zerosOfEach[size] = zeroBits[i];
        size++;
      }
    }
    return new Shares(newBits, Arrays.copyOf(kept, size), Arrays.copyOf(zerosOfEach, size));
  }

  /** Whether each of the other's positions is one of these. */
  public boolean hasAllOf(Shares other) {
    return other.positions().allMatch(each -> Arrays.binarySearch(positions, each) >= 0);
  }

  /** Returns these and those of the next range, by the harder of their share targets. */
  public Shares mergedWith(Shares next) {
    if (bits == 0 || next.bits == 0) {
      return NONE;
    }
    Shares left = raisedTo(next.bits);
    Shares right = next.raisedTo(bits);
    int size = left.size();
    long[] all = Arrays.copyOf(left.positions, size + right.size());
    byte[] zerosOfEach = Arrays.copyOf(left.zeroBits, size + right.size());
    System.arraycopy(right.positions, 0, all, size, right.size());
    System.arraycopy(right.zeroBits, 0, zerosOfEach, size, right.size());
    return new Shares(left.bits, all, zerosOfEach);
  }

  /** Whether they are as this class makes them: those of a report may come from other code. */
  boolean areWellFormed() {
    if (bits < 0 || bits > MAX_BITS || zeroBits.length != positions.length) {
      return false;
    }
    for (int i = 0; i < positions.length; i++) {
      boolean ascends = i == 0 || positions[i - 1] < positions[i];
      if (!ascends || bits == 0 || (zeroBits[i] & 0xff) < bits) {
        return false;
      }
    }
    return true;
  }

  /** Whether each of them has the stated number of leading zero bits, by {@code MessageDigest}. */
  boolean areTrue(SearchSpec spec) {
    int[] actual = spec.zeroBitsAt(positions);
    for (int i = 0; i < positions.length; i++) {
      if (Math.min(actual[i], MAX_BITS) != (zeroBits[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Shares shares
        && bits == shares.bits
        && Arrays.equals(positions, shares.positions);
  }

  @Override
  public int hashCode() {
    return 31 * bits + Arrays.hashCode(positions);
  }

  @Override
  public String toString() {
    return "2^-" + bits + " " + Arrays.toString(positions);
  }
}
