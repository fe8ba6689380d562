package io.goldennonce.stratum;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Difficulty;
import io.goldennonce.pow.Target;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A header that meets a pool's target, and the pool's verdict.
 *
 * @param pool the pool's address
 * @param worker the user name at the pool
 * @param jobId the pool's id of the job
 * @param extranonce1 hex; set by the pool for the connection
 * @param extranonce2 hex; set by this miner
 * @param versionBits the rolled bits, 8 hex digits; null if the version does not roll
 * @param header the hashed header
 * @param difficulty the minimum difficulty of a share, set by the pool
 * @param isBlock whether the hash also meets the network's target
 * @param searchId the search that found it
 * @param reason the pool's message, or why it was not sent; null if there is none
 */
public record Share(
    String pool,
    String worker,
    String jobId,
    String extranonce1,
    String extranonce2,
    @Nullable String versionBits,
    BlockHeader header,
    double difficulty,
    boolean isBlock,
    String searchId,
    Instant foundAt,
    Verdict verdict,
    @Nullable String reason) {

  /** A pool's verdict on a share. */
  public enum Verdict {
    /** No verdict yet. */
    PENDING,
    ACCEPTED,
    /** The pool refused it. */
    REJECTED,
    /** It was, or would have been, too late for its job. */
    STALE;

    /** The name in tables and messages. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The difficulty of the share's hash, at least the one set by the pool. */
  public double hashDifficulty() {
    return Difficulty.ofTarget(Target.of(header.hash().toNumber())).value();
  }

  /** Returns a copy with a verdict. */
  Share judged(Verdict newVerdict, @Nullable String newReason) {
    return new Share(
        pool,
        worker,
        jobId,
        extranonce1,
        extranonce2,
        versionBits,
        header,
        difficulty,
        isBlock,
        searchId,
        foundAt,
        newVerdict,
        newReason);
  }
}
