package io.goldennonce.chain;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.Difficulty;
import io.goldennonce.pow.Hash256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks one stored block on its own: that its hash is that of its 80 bytes and meets their target,
 * that all columns agree with the bytes, and that the bytes commit to its height, extra nonce,
 * miner and transactions. {@link ChainCheck} checks its place in the chain.
 */
public final class BlockCheck {
  /** The maximum time of a header ahead of the clock: two hours, as in Bitcoin. */
  public static final long MAX_AHEAD_SECONDS = 7200;

  private final BlockRow block;
  private final List<Violation> faults = new ArrayList<>();
  private String hash = "";

  private BlockCheck(BlockRow block) {
    this.block = block;
  }

  /**
   * The result of a check.
   *
   * @param faults empty for a valid block
   * @param link its place in the chain; empty if the bytes are not a header
   * @param template its block template; empty if its columns do not form one
   */
  public record Result(
      List<Violation> faults, Optional<BlockIndexEntry> link, Optional<BlockTemplate> template) {}

  /**
   * Why no block can follow a tip yet: the time of a block is at least its parent's.
   *
   * @param time the tip's time, in seconds since 1970
   * @return empty if one can
   */
  public static Optional<String> whyNoneFollows(long time, Instant now) {
    long ahead = time - now.getEpochSecond();
    return ahead <= MAX_AHEAD_SECONDS
        ? Optional.empty()
        : Optional.of(
            "no block can follow yet: the tip's time must be at most %s s ahead of the clock, got %s s"
                .formatted(MAX_AHEAD_SECONDS, ahead));
  }

  public static Result of(BlockRow block) {
    return new BlockCheck(block).check();
  }

  private Result check() {
    BlockHeader header;
    try {
      header = BlockHeader.parse(block.header());
    } catch (IllegalArgumentException e) {
      String bytes = HexFormat.of().formatHex(block.header());
      faults.add(
          new Violation(block.height(), "", "header", String.valueOf(e.getMessage()), bytes));
      return new Result(faults, Optional.empty(), Optional.empty());
    }
    hash = header.hash().toDisplay();
    proofOfWork(header);
    columns(header);
    Optional<BlockTemplate> template = commitments(header);
    if (header.time() > block.minedAt().getEpochSecond() + MAX_AHEAD_SECONDS) {
      fault("time", "at most 2 h after mined_at " + block.minedAt(), header.time());
    }
    return new Result(faults, Optional.of(link(header)), template);
  }

  private void proofOfWork(BlockHeader header) {
    if (!header.meetsTarget()) {
      fault("proof_of_work", "at most " + header.target(), hash);
    }
  }

  private void columns(BlockHeader header) {
    equal("hash", hash, block.hash());
    if (!BlockTemplate.isVersion(header.version())) {
      fault("version", BlockTemplate.VERSION + " with free bits set", header.version());
    }
    equal("version", header.version(), block.version());
    equal("previous_hash", header.previousHash().toDisplay(), block.previousHash());
    equal("merkle_root", header.merkleRoot().toDisplay(), block.merkleRoot());
    equal("time", header.time(), block.time());
    equal("bits", header.bits().toString(), block.bits());
    equal("nonce", header.nonce(), block.nonce());
    equal("difficulty", Difficulty.ofTarget(header.target()).value(), block.difficulty());
  }

  /** The merkle root commits to height, extra nonce, miner and transactions. */
  private Optional<BlockTemplate> commitments(BlockHeader header) {
    try {
      BlockTemplate template =
          BlockTemplate.of(
              block.height(),
              header.previousHash(),
              ChainWork.ZERO,
              block.transactions().stream().map(Transaction::ofBytes).toList(),
              header.bits(),
              header.time(),
              block.miner());
      Hash256 root = template.header(block.extraNonce()).merkleRoot();
      equal("merkle_root", root.toDisplay(), header.merkleRoot().toDisplay());
      return Optional.of(template);
    } catch (IllegalArgumentException e) {
      fault("contents", "valid contents", e.getMessage());
      return Optional.empty();
    }
  }

  private BlockIndexEntry link(BlockHeader header) {
    ChainWork work = ChainWork.ZERO;
    try {
      work = ChainWork.ofHex(block.chainWork());
      // Each number has exactly one text, so that a listing by name is in the order of work.
      equal("chain_work", work.toHex(), block.chainWork());
    } catch (IllegalArgumentException e) {
      fault("chain_work", "64 hex digits", block.chainWork());
    }
    return new BlockIndexEntry(
        block.height(),
        header.hash(),
        header.previousHash(),
        header.time(),
        header.bits(),
        work,
        block.minedAt());
  }

  private void equal(String rule, Object expected, Object found) {
    if (!expected.equals(found)) {
      fault(rule, expected, found);
    }
  }

  private void fault(String rule, Object expected, @Nullable Object found) {
    faults.add(
        new Violation(block.height(), hash, rule, expected.toString(), String.valueOf(found)));
  }
}
