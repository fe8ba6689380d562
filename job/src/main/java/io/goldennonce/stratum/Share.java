package io.goldennonce.stratum;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Difficulty;
import io.goldennonce.pow.Target;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A header that a pool counts, and what the pool made of it.
 *
 * @param pool where it goes
 * @param worker whose it is
 * @param jobId the pool's name for the job
 * @param extranonce1 hex; the connection's
 * @param extranonce2 hex; what this miner put into the coinbase
 * @param versionBits 8 hex digits; what was rolled of the version; null where nothing rolls
 * @param header what was hashed
 * @param difficulty what the pool asked for
 * @param isBlock whether the hash meets the network's target, too
 * @param searchId the search that found it
 * @param foundAt when
 * @param verdict what the pool made of it
 * @param reason the pool's words, or why it was not sent; null where there are none
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

  /** What a pool makes of a share. */
  public enum Verdict {
    /** Not known yet. */
    PENDING,
    ACCEPTED,
    /** The pool says that something is wrong with it. */
    REJECTED,
    /** It came too late for its job, or would have. */
    STALE;

    /** How it is written. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The difficulty of the share's own hash, at least what the pool asked for. */
  public double hashDifficulty() {
    return Difficulty.ofTarget(Target.of(header.hash().toNumber())).value();
  }

  /** The same with a verdict. */
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
