package io.goldennonce.stratum;

import io.goldennonce.base.LatestMap;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Target;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one connection. A job is created with the difficulty, extranonce and version mask
 * that are valid when it arrives. Thread-safe.
 */
final class SessionJobs {
  private static final int MOST_JOBS = 64;

  private final int versionBits;

  /** Jobs whose shares the pool still accepts, by the pool's id. */
  private final Map<String, PoolJob> wanted = new LatestMap<>(MOST_JOBS);

  // Written under this lock only.
  private volatile @Nullable PoolJob latest;
  private @Nullable StratumJob notified;
  private @Nullable Extranonce extranonce;
  private double difficulty = 1;
  private int negotiatedMask;
  private long generation;

  /**
   * @param versionBits maximum number of version bits to roll
   */
  SessionJobs(int versionBits) {
    this.versionBits = versionBits;
  }

  /** The newest job; null before the first. */
  @Nullable PoolJob latest() {
    return latest;
  }

  /** Sets the first extranonce; a job may have arrived before it. */
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

  /** Takes effect with the next job. */
  synchronized void extranonce(Extranonce next) {
    extranonce = next;
  }

  /**
   * Takes effect with the next job.
   *
   * @throws IllegalArgumentException if it is not a difficulty
   */
  synchronized void difficulty(double asked) {
    Target.ofDifficulty(asked);
    difficulty = asked;
  }

  /**
   * Takes effect at once.
   *
   * @param hex up to eight digits; otherwise no bit rolls
   */
  synchronized void versionMask(String hex) {
    int mask = (int) Long.parseLong(hex.matches("[0-9a-fA-F]{1,8}") ? hex : "0", 16);
    negotiatedMask = versionBits == 0 ? 0 : mask & BlockHeader.FREE_VERSION_BITS;
    PoolJob job = latest;
    if (job != null) {
      put(job.withMasks(rollingBits(), negotiatedMask));
    }
  }

  /** Whether a share belongs to a job of this connection that the pool still accepts. */
  synchronized boolean wants(Share share) {
    PoolJob job = wanted.get(share.jobId());
    // The extranonce may change from one job to the next.
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
