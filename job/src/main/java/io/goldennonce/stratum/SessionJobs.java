package io.goldennonce.stratum;

import io.goldennonce.base.LatestMap;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.Target;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one connection, and what the pool has said of them: a job is made of what counts when
 * it comes. Thread-safe.
 */
final class SessionJobs {
  /** What BIP 320 leaves to miners. */
  static final int FREE_VERSION_BITS = 0x1fffe000;

  private static final int MOST_JOBS = 64;

  private final int versionBits;

  /** Those whose shares the pool still takes, by the pool's name. */
  private final Map<String, PoolJob> wanted = new LatestMap<>(MOST_JOBS);

  // Guarded by this, but for reading.
  private volatile @Nullable PoolJob latest;
  private @Nullable StratumJob notified;
  private @Nullable Extranonce extranonce;
  private double difficulty = 1;
  private int negotiatedMask;
  private long generation;

  /**
   * @param versionBits how many bits of a version roll, at most
   */
  SessionJobs(int versionBits) {
    this.versionBits = versionBits;
  }

  /** The newest job; null before the first. */
  @Nullable PoolJob latest() {
    return latest;
  }

  /** The first extranonce: a job may have come before it. */
  synchronized void subscribed(Extranonce own) {
    extranonce = own;
    publish();
  }

  synchronized void notified(StratumJob job) {
    notified = job;
    if (job.clean()) {
      generation++;
      wanted.clear();
    }
    publish();
  }

  /** It counts from the next job on. */
  synchronized void extranonce(Extranonce next) {
    extranonce = next;
  }

  /**
   * It counts from the next job on.
   *
   * @throws IllegalArgumentException if it is no difficulty
   */
  synchronized void difficulty(double asked) {
    Target.ofDifficulty(asked);
    difficulty = asked;
  }

  /**
   * It counts at once.
   *
   * @param hex up to eight digits; anything else lets nothing roll
   */
  synchronized void versionMask(String hex) {
    int mask = (int) Long.parseLong(hex.matches("[0-9a-fA-F]{1,8}") ? hex : "0", 16);
    negotiatedMask = versionBits == 0 ? 0 : mask & FREE_VERSION_BITS;
    PoolJob job = latest;
    if (job != null) {
      put(job.withMasks(rollingBits(), negotiatedMask));
    }
  }

  /** Whether a share of this connection is of a job that the pool still wants. */
  synchronized boolean wants(Share share) {
    PoolJob job = wanted.get(share.jobId());
    // A job's own extranonce is its own: it may change from one job to the next.
    return job != null && job.extranonce().first().equals(share.extranonce1());
  }

  /** Whether a share has the connection's extranonce. */
  synchronized boolean isOf(Share share) {
    return Optional.ofNullable(extranonce)
        .filter(own -> own.first().equals(share.extranonce1()))
        .isPresent();
  }

  private void publish() {
    StratumJob job = notified;
    Extranonce own = extranonce;
    if (job != null && own != null) {
      put(new PoolJob(job, own, generation, difficulty, rollingBits(), negotiatedMask));
    }
  }

  private void put(PoolJob job) {
    wanted.put(job.job().id(), job);
    latest = job;
  }

  private int rollingBits() {
    return NonceTemplate.versionMask(negotiatedMask, versionBits);
  }
}
