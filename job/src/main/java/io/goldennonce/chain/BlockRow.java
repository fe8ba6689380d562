package io.goldennonce.chain;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Difficulty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block as the table {@code blocks} stores it. Unchecked: any value may be wrong.
 *
 * @param header not copied
 * @param transactions the payloads; not copied
 * @param chainRoot root of the tree over the hashes of all blocks up to this one, in digest order;
 *     null in rows of earlier versions
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of raw values, never compared
public record BlockRow(
    long height,
    String hash,
    String previousHash,
    String merkleRoot,
    int version,
    long time,
    String bits,
    long nonce,
    long extraNonce,
    byte[] header,
    double difficulty,
    String chainWork,
    List<byte[]> transactions,
    String miner,
    String searchId,
    Instant minedAt,
    @Nullable String chainRoot) {

  /** The row of a block without its chain's root. */
  public static BlockRow of(Block block) {
    return of(block, null);
  }

  /** The row of a block whose chain, up to this block, has a root. */
  public static BlockRow of(Block block, @Nullable String chainRoot) {
    BlockHeader header = block.header();
    return new BlockRow(
        block.height(),
        block.hash().toDisplay(),
        header.previousHash().toDisplay(),
        header.merkleRoot().toDisplay(),
        header.version(),
        header.time(),
        header.bits().toString(),
        header.nonce(),
        block.extraNonce(),
        header.toBytes(),
        Difficulty.ofTarget(header.target()).value(),
        block.chainWork().toHex(),
        block.transactions().stream().map(Transaction::payload).toList(),
        block.miner(),
        block.searchId(),
        block.minedAt(),
        chainRoot);
  }
}
