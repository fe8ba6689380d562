package io.goldennonce.bitcoin;

import io.goldennonce.chain.MerkleTree;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Hash256;
import java.io.Serializable;
import java.util.List;

/**
 * The headers of one block template, one per extranonce. Small, since it is sent to every task: it
 * holds the coinbase and the merkle branch instead of the transactions.
 */
public final class HeaderFamily implements Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] prefix;
  private final byte[] suffix;
  private final List<Hash256> branch;
  private final BlockHeader blank;

  HeaderFamily(Coinbase coinbase, List<Hash256> others, BlockHeader blank) {
    this.prefix = coinbase.idPrefix();
    this.suffix = coinbase.idSuffix();
    this.branch = MerkleTree.branch(others);
    this.blank = blank;
  }

  /**
   * The header of an extranonce, with nonce 0.
   *
   * @param extraNonce 0 or more
   */
  public BlockHeader header(long extraNonce) {
    if (extraNonce < 0) {
      throw new IllegalArgumentException("an extranonce must be at least 0, got " + extraNonce);
    }
    byte[] coinbase = Wire.empty().raw(prefix).u64(extraNonce).raw(suffix).toBytes();
    Hash256 root = MerkleTree.root(Hash256.sha256d(coinbase), branch);
    return BlockHeader.of(
        blank.version(), blank.previousHash(), root, blank.time(), blank.bits(), 0);
  }
}
