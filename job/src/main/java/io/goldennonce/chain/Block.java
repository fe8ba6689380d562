package io.goldennonce.chain;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.Hash256;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A block with its proof of work, made by {@link BlockTemplate#solve}. */
public final class Block implements Serializable {
  private static final long serialVersionUID = 1;

  private final long height;
  private final BlockHeader header;
  private final long extraNonce;
  private final List<Transaction> transactions;
  private final String miner;
  private final ChainWork chainWork;
  private final String searchId;
  private final Instant minedAt;

  /** The template has checked the header's work; the list is unmodifiable. */
  Block(
      long height,
      BlockHeader header,
      long extraNonce,
      List<Transaction> transactions,
      String miner,
      ChainWork chainWork,
      String searchId,
      Instant minedAt) {
    this.height = height;
    this.header = header;
    this.extraNonce = extraNonce;
    this.transactions = transactions;
    this.miner = miner;
    this.chainWork = chainWork;
    this.searchId = Objects.requireNonNull(searchId);
    this.minedAt = Objects.requireNonNull(minedAt);
  }

  /** Blocks before this one: 0 to 2^32 − 1. */
  public long height() {
    return height;
  }

  /** The header, which meets its target. */
  public BlockHeader header() {
    return header;
  }

  public Hash256 hash() {
    return header.hash();
  }

  /** The extra nonce of the coinbase record, 0 or more. */
  public long extraNonce() {
    return extraNonce;
  }

  /** The transactions in their order, without the coinbase record; unmodifiable. */
  public List<Transaction> transactions() {
    return transactions;
  }

  public String miner() {
    return miner;
  }

  /** The work of the chain up to and including this block. */
  public ChainWork chainWork() {
    return chainWork;
  }

  public String searchId() {
    return searchId;
  }

  public Instant minedAt() {
    return minedAt;
  }

  /** This block as fork choice and the chain's rules see it. */
  public BlockIndexEntry indexEntry() {
    return new BlockIndexEntry(
        height, hash(), header.previousHash(), header.time(), header.bits(), chainWork, minedAt);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Block that
        && height == that.height
        && header.equals(that.header)
        && extraNonce == that.extraNonce
        && transactions.equals(that.transactions)
        && miner.equals(that.miner)
        && chainWork.equals(that.chainWork)
        && searchId.equals(that.searchId)
        && minedAt.equals(that.minedAt);
  }

  @Override
  public int hashCode() {
    return header.hashCode();
  }

  @Override
  public String toString() {
    return height + " " + hash();
  }
}
