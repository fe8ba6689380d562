package io.goldennonce.chain;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Difficulty;
import java.time.Instant;
import java.util.List;

/**
 * A block as the table {@code blocks} stores it. Unchecked: any value may be wrong.
 *
 * @param header not copied
 * @param transactions the payloads; not copied
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
    Instant minedAt) {

  public static BlockRow of(Block block) {
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
        block.minedAt());
  }
}
