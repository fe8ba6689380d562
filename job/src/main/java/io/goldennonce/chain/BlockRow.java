package io.goldennonce.chain;

import java.time.Instant;
import java.util.List;

/**
 * A block as stored: unchecked, any value may be wrong.
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
    Instant minedAt) {}
