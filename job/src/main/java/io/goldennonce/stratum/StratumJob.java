package io.goldennonce.stratum;

import com.fasterxml.jackson.databind.JsonNode;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A pool's job: the parameters of {@code mining.notify}, in this order. The coinbase transaction is
 * {@code coinbaseBefore ‖ extranonce1 ‖ extranonce2 ‖ coinbaseAfter}.
 *
 * @param id the pool's id of it
 * @param previousHash the block's parent
 * @param coinbaseBefore hex; the bytes before the extranonces
 * @param coinbaseAfter hex; the bytes after them
 * @param branch the merkle branch of the coinbase
 * @param version the header's
 * @param bits the network's target
 * @param time the header's first time
 * @param clean whether shares of earlier jobs become stale
 */
record StratumJob(
    String id,
    Hash256 previousHash,
    String coinbaseBefore,
    String coinbaseAfter,
    List<Hash256> branch,
    int version,
    CompactBits bits,
    long time,
    boolean clean) {
  /** A block has at most a million transactions. */
  private static final int MAX_BRANCH = 20;

  private static final int HASH_DIGITS = 64;
  private static final int WORD_DIGITS = 8;

  StratumJob {
    branch = List.copyOf(branch);
  }

  /**
   * Reads a job.
   *
   * @throws IllegalArgumentException if a parameter is not valid; the message names it
   */
  static StratumJob of(JsonNode parameters) {
    return new StratumJob(
        Parameters.text(parameters, 0, "the job's id"),
        previousHash(Parameters.hex(parameters, 1, "the previous hash")),
        Parameters.hex(parameters, 2, "the coinbase's first part"),
        Parameters.hex(parameters, 3, "the coinbase's second part"),
        branch(parameters.path(4)),
        (int) word(parameters, 5, "the version"),
        CompactBits.of(word(parameters, 6, "the bits")),
        time(parameters),
        Parameters.flag(parameters, 8, "clean_jobs"));
  }

  /**
   * The protocol reverses each four bytes of the hash, as the first miners' software had them in
   * memory.
   */
  static Hash256 previousHash(String swapped) {
    requireDigits("the previous hash", swapped, HASH_DIGITS);
    byte[] bytes = HexFormat.of().parseHex(swapped);
    byte[] digest = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      digest[i] = bytes[i ^ 3];
    }
    return Hash256.ofBytes(digest);
  }

  private static List<Hash256> branch(JsonNode hashes) {
    if (!hashes.isArray() || hashes.size() > MAX_BRANCH) {
      throw new IllegalArgumentException(
          "the merkle branch must be a list of at most " + MAX_BRANCH + " hashes");
    }
    List<Hash256> branch = new ArrayList<>();
    for (int i = 0; i < hashes.size(); i++) {
      branch.add(Hash256.ofHex(Parameters.hex(hashes, i, "a hash of the merkle branch")));
    }
    return branch;
  }

  private static long time(JsonNode parameters) {
    long time = word(parameters, 7, "the time");
    if (time + JobSearch.MAX_ROLL_SECONDS > 0xffff_ffffL) {
      throw new IllegalArgumentException("the time must be before 2106, got " + time);
    }
    return time;
  }

  private static long word(JsonNode parameters, int index, String what) {
    String hex = Parameters.hex(parameters, index, what);
    requireDigits(what, hex, WORD_DIGITS);
    return Long.parseLong(hex, 16);
  }

  private static void requireDigits(String what, String hex, int digits) {
    if (hex.length() != digits) {
      throw new IllegalArgumentException(
          what + " must have " + digits + " hex digits, got " + hex.length());
    }
  }
}
