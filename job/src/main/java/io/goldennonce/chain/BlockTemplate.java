package io.goldennonce.chain;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import io.goldennonce.pow.Target;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A block without its proof of work: everything known before the search. Each extra nonce gives
 * another header, with 2^32 nonces to try.
 *
 * <p>The extra nonce is part of the block's first leaf, the coinbase record: the double SHA-256 of
 * height (4 bytes, little-endian) ‖ extra nonce (8 bytes, little-endian) ‖ miner (UTF-8). The ids
 * of the transactions follow as leaves.
 */
public final class BlockTemplate implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * The version without signals: the base of version bits (BIP 9). Miners may set the bits that are
   * free for them, see {@link #isVersion}.
   */
  public static final int VERSION = 0x2000_0000;

  private static final long MAX_HEIGHT = 0xffff_ffffL;

  private final long height;
  private final ChainWork parentWork;
  private final List<Transaction> transactions;
  private final String miner;
  private final BlockHeader blank;
  private final List<Hash256> merkleBranch;

  private BlockTemplate(
      long height,
      ChainWork parentWork,
      List<Transaction> transactions,
      String miner,
      BlockHeader blank) {
    this.height = height;
    this.parentWork = parentWork;
    this.transactions = transactions;
    this.miner = miner;
    this.blank = blank;
    this.merkleBranch = MerkleTree.branch(transactions.stream().map(Transaction::id).toList());
  }

  /**
   * Creates the template of the block after a parent.
   *
   * @param parent the block to build on, or null for a chain's first block
   * @param transactions any number, all different; copied
   * @param bits the compact target
   * @param time seconds since 1970-01-01T00:00Z, 0 to 2^32 − 1
   * @param miner the miner's name; any text
   * @throws IllegalArgumentException if two transactions are equal, or the time or the height is
   *     over 2^32 − 1
   */
  public static BlockTemplate of(
      @Nullable BlockIndexEntry parent,
      List<Transaction> transactions,
      CompactBits bits,
      long time,
      String miner) {
    return parent == null
        ? of(0, Hash256.ZERO, ChainWork.ZERO, transactions, bits, time, miner)
        : of(
            parent.height() + 1,
            parent.hash(),
            parent.chainWork(),
            transactions,
            bits,
            time,
            miner);
  }

  /** The same for a parent of which only the hash and the work up to it are known. */
  static BlockTemplate of(
      long height,
      Hash256 previous,
      ChainWork work,
      List<Transaction> transactions,
      CompactBits bits,
      long time,
      String miner) {
    if (height < 0 || height > MAX_HEIGHT) {
      throw new IllegalArgumentException("a height must be from 0 to 4294967295, got " + height);
    }
    List<Transaction> copy = List.copyOf(transactions);
    requireDifferent(copy);
    BlockHeader blank = BlockHeader.of(VERSION, previous, Hash256.ZERO, time, bits, 0);
    return new BlockTemplate(height, work, copy, miner, blank);
  }

  /**
   * The header to search, with nonce 0. Costs the coinbase and one hash per level of the merkle
   * tree.
   *
   * @param extraNonce 0 or more
   * @throws IllegalArgumentException if it is negative
   */
  public BlockHeader header(long extraNonce) {
    Hash256 root = MerkleTree.root(coinbase(extraNonce).id(), merkleBranch);
    return BlockHeader.of(
        blank.version(), blank.previousHash(), root, blank.time(), blank.bits(), 0);
  }

  /** Completes the block with a solution for {@link #VERSION}. */
  public Block solve(long extraNonce, long nonce, String searchId, Instant minedAt) {
    return solve(VERSION, extraNonce, nonce, searchId, minedAt);
  }

  /**
   * Completes the block with a solution.
   *
   * @param version {@link #VERSION}, with any of {@link BlockHeader#FREE_VERSION_BITS} set
   * @param extraNonce 0 or more
   * @param nonce 0 to 2^32 − 1
   * @param searchId the search that found it
   * @param minedAt when it was found
   * @throws IllegalArgumentException if the block's hash does not meet the target, or a value is
   *     out of range
   */
  public Block solve(int version, long extraNonce, long nonce, String searchId, Instant minedAt) {
    if (!isVersion(version)) {
      throw new IllegalArgumentException(
          "a block's version must be 0x%08x, with any bits of 0x%08x set, got 0x%08x"
              .formatted(VERSION, BlockHeader.FREE_VERSION_BITS, version));
    }
    BlockHeader header = header(extraNonce).withVersion(version).withNonce(nonce);
    if (!header.meetsTarget()) {
      throw new IllegalArgumentException(
          "a block's hash must be at most its target %s, got %s"
              .formatted(header.target(), header.hash()));
    }
    ChainWork work = parentWork.plus(ChainWork.ofTarget(header.target()));
    return new Block(height, header, extraNonce, transactions, miner, work, searchId, minedAt);
  }

  /** Whether a block may have a version. */
  static boolean isVersion(int version) {
    return (version & ~BlockHeader.FREE_VERSION_BITS) == VERSION;
  }

  /** Blocks before this one: 0 to 2^32 − 1. */
  public long height() {
    return height;
  }

  public Target target() {
    return blank.target();
  }

  private Transaction coinbase(long extraNonce) {
    if (extraNonce < 0) {
      throw new IllegalArgumentException("an extra nonce must be at least 0, got " + extraNonce);
    }
    return coinbase(height, extraNonce, miner);
  }

  /** The first leaf of a block. */
  public static Transaction coinbase(long height, long extraNonce, String miner) {
    byte[] name = miner.getBytes(StandardCharsets.UTF_8);
    return Transaction.ofBytes(
        ByteBuffer.allocate(12 + name.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) height)
            .putLong(extraNonce)
            .put(name)
            .array());
  }

  /** A merkle root commits only to distinct leaves: see {@link MerkleTree}. */
  private static void requireDifferent(List<Transaction> transactions) {
    Map<Transaction, Integer> seen = new HashMap<>();
    for (int i = 0; i < transactions.size(); i++) {
      Integer first = seen.putIfAbsent(transactions.get(i), i);
      if (first != null) {
        throw new IllegalArgumentException(
            "a block's transactions must all differ, got number %s equal to number %s"
                .formatted(i + 1, first + 1));
      }
    }
  }
}
