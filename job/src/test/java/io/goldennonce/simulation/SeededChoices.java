package io.goldennonce.simulation;

import java.util.SplittableRandom;

/** Choices drawn from a seed. */
public final class SeededChoices implements Choices {
  private final SplittableRandom random;

  public SeededChoices(long seed) {
    random = new SplittableRandom(seed);
  }

  @Override
  public int next(int options) {
    return random.nextInt(options);
  }
}
