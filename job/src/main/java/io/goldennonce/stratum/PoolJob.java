package io.goldennonce.stratum;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Target;

/**
 * A job as one connection searches it.
 *
 * @param job what the pool has sent
 * @param extranonce the connection's when it came
 * @param generation how many jobs before it said that no earlier one is wanted any more
 * @param difficulty what the pool counts as a share, more than 0
 * @param versionMask the bits of the version that roll, as many as the kernels take
 * @param negotiatedMask all that the pool lets a miner roll
 */
record PoolJob(
    StratumJob job,
    Extranonce extranonce,
    long generation,
    double difficulty,
    int versionMask,
    int negotiatedMask) {
  /** What a share's hash must meet. */
  Target target() {
    return Target.ofDifficulty(difficulty);
  }

  /** Whether a share is a block of the network, too. */
  boolean isBlock(BlockHeader header) {
    return job.bits().toTarget().isMetBy(header.hash());
  }

  /** Whether a search of this one may go on when the other has come. */
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
