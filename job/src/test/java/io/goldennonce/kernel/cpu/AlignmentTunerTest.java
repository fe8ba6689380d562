package io.goldennonce.kernel.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlignmentTunerTest {
  private static final int MANY = 200_000;

  @Test
  void place_afterEachWasTried_isTheFastest() {
    assertMostlyAt(5, new AlignmentTuner());
  }

  /** A garbage collector moves the array, and another place is the fastest. */
  @Test
  void place_whenAnotherBecomesTheFastest_follows() {
    AlignmentTuner placement = new AlignmentTuner();
    assertMostlyAt(5, placement);
    assertMostlyAt(11, placement);
  }

  @Test
  void place_arrayWasMoved_isTriedAgainWithinTwoThousandRuns() {
    AlignmentTuner tuner = new AlignmentTuner();
    assertMostlyAt(5, tuner);
    for (int run = 0; run < 2000; run++) {
      tuner.record(tuner.place() == 11 ? 100 : 200, 1);
    }

    assertThat(tuner.place()).isEqualTo(11);
  }

  /** Runs often, where one place is twice as fast as the others. */
  private static void assertMostlyAt(int fastest, AlignmentTuner placement) {
    int runs = 0;
    for (int run = 0; run < MANY; run++) {
      int place = placement.place();
      runs += place == fastest ? 1 : 0;
      // Now and then the thread loses its processor.
      long stolen = run % 7 == 0 ? 1_000 : 0;
      placement.record((place == fastest ? 100 : 200) + stolen, 1);
    }
    assertThat(runs).isGreaterThan((int) (0.9 * MANY));
  }
}
