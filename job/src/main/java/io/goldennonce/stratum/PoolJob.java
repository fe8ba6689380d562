package io.goldennonce.stratum;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Target;

/**
 * A job as one connection searches it.
 *
 * @param job the pool's message
 * @param extranonce the connection's extranonce when the job arrived
 * @param generation number of earlier jobs that made all jobs before them stale
 * @param difficulty minimum difficulty of a share, more than 0
 * @param versionMask the bits of the version that roll, as many as the kernels support
 * @param negotiatedMask all bits that the pool allows to roll
 */
record PoolJob(
    StratumJob job,
    Extranonce extranonce,
    long generation,
    double difficulty,
    int versionMask,
    int negotiatedMask) {
  /** The target of a share's hash. */
  Target target() {
    return Target.ofDifficulty(difficulty);
  }

  /** Whether a share is also a block of the network. */
  boolean isBlock(BlockHeader header) {
    return job.bits().toTarget().isMetBy(header.hash());
  }

  /** Whether a search of this job may continue when the other one has arrived. */
  boolean isAsGoodAs(PoolJob newer) {
    return newer.generation == generation
        && newer.difficulty == difficulty
        && newer.extranonce.equals(extranonce)
        && newer.versionMask == versionMask;
  }

  PoolJob withMasks(int newVersionMask, int newNegotiatedMask) {
    return new PoolJob(job, extranonce, generation, difficulty, newVersionMask, newNegotiatedMask);
  }
}
