package io.goldennonce.stratum;

import io.goldennonce.chain.MerkleTree;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.SearchTemplate;
import java.util.HexFormat;
import java.util.List;

/**
 * The search for the shares of a job: variant {@code v} is the header with extranonce2 {@code v};
 * if a pool gives it less than 8 bytes, the time advances by a second when all are tried.
 */
final class JobSearch implements SearchTemplate {
  private static final long serialVersionUID = 1;

  /** Pools accept a time as far ahead as Bitcoin's nodes accept a block's: almost two hours. */
  static final long MAX_ROLL_SECONDS = 7_000;

  /** A job that is sent again is searched in a part that was not searched yet. */
  static final int PARTS = 16;

  private final String pool;
  private final byte[] before;
  private final int secondBytes;
  private final byte[] after;
  private final List<Hash256> branch;
  private final int version;
  private final Hash256 previousHash;
  private final long time;
  private final CompactBits bits;
  private final int versionMask;

  JobSearch(String pool, PoolJob given) {
    StratumJob job = given.job();
    HexFormat hex = HexFormat.of();
    this.pool = pool;
    this.before = hex.parseHex(job.coinbaseBefore() + given.extranonce().first());
    this.secondBytes = given.extranonce().secondBytes();
    this.after = hex.parseHex(job.coinbaseAfter());
    this.branch = job.branch();
    this.version = job.version();
    this.previousHash = job.previousHash();
    this.time = job.time();
    this.bits = job.bits();
    this.versionMask = given.versionMask();
  }

  /** The header of a position. */
  BlockHeader at(long position) {
    return BlockHeader.parse(variant(variantAt(position)).message(nonceAt(position)));
  }

  /** The extranonce2 of a variant: its bytes in hex, the most significant first. */
  String extranonce2(long variant) {
    byte[] bytes = new byte[secondBytes];
    long rest = secondBytes < Long.BYTES ? variant % extranonces() : variant;
    for (int i = secondBytes - 1; i >= 0; i--) {
      bytes[i] = (byte) rest;
      rest >>>= Byte.SIZE;
    }
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * One of {@value #PARTS} parts of the keyspace.
   *
   * @param part 0 to {@value #PARTS} − 1
   */
  NonceRange part(int part) {
    long size = keyspace().to() / PARTS;
    return new NonceRange(size * part, size * (part + 1));
  }

  @Override
  public NonceTemplate variant(long variant) {
    byte[] second = HexFormat.of().parseHex(extranonce2(variant));
    byte[] coinbase = new byte[before.length + second.length + after.length];
    System.arraycopy(before, 0, coinbase, 0, before.length);
    System.arraycopy(second, 0, coinbase, before.length, second.length);
    System.arraycopy(after, 0, coinbase, before.length + second.length, after.length);
    Hash256 root = MerkleTree.root(Hash256.sha256d(coinbase), branch);
    long rolled = secondBytes < Long.BYTES ? time + variant / extranonces() : time;
    return NonceTemplate.ofHeader(
        BlockHeader.of(version, previousHash, root, rolled, bits, 0).toBytes(), versionMask);
  }

  @Override
  public long variants() {
    return secondBytes < Long.BYTES - 1 ? extranonces() * MAX_ROLL_SECONDS : Long.MAX_VALUE;
  }

  private long extranonces() {
    return 1L << Byte.SIZE * secondBytes;
  }

  @Override
  public String canonicalText() {
    return "stratum "
        + pool
        + " "
        + at(0).toHex()
        + (versionMask == 0 ? "" : " version mask " + Integer.toHexString(versionMask));
  }
}
