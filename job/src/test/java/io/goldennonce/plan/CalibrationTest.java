package io.goldennonce.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Target;
import io.goldennonce.search.HeaderTemplate;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeSearcher;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A thousand real searches of random headers, planned and then done. */
class CalibrationTest {
  private static final int SEARCHES = 1_000;
  private static final int BITS = 10;
  private static final Executors KIND = new Executors(1, 1_000, Duration.ZERO, 100);
  private static final List<Long> HASHES = new ArrayList<>();

  @BeforeAll
  static void search() {
    Random random = new Random(20_261_121);
    Target target = Target.ofZeroBits(BITS);
    for (int i = 0; i < SEARCHES; i++) {
      byte[] random72 = new byte[72];
      random.nextBytes(random72);
      String header = HexFormat.of().formatHex(random72) + "ffff001d" + "00000000";
      HeaderTemplate template = new HeaderTemplate(BlockHeader.ofHex(header), 0);
      SearchSpec spec = SearchSpec.of(template, target, ResultMode.ANY);
      RangeSearcher searcher = new RangeSearcher(spec, "message-digest");
      HASHES.add(searcher.search(new NonceRange(0, 1 << 24), () -> false).end());
    }
  }

  @Test
  void calibration_thousandRealSearches_p95Is95Percent() {
    Calibration calibration = Calibration.of(runs(BITS, OptionalDouble.empty()));
    for (Calibration.Line line : calibration.lines()) {
      assertThat(line.runs()).isEqualTo(SEARCHES);
      assertThat(line.agrees()).as("%s", line).isTrue();
    }
    assertThat(calibration.pace()).hasValueCloseTo(1.0, within(1e-9));
  }

  @Test
  void calibration_plannedHalfAsHard_doesNotAgree() {
    Calibration calibration = Calibration.of(runs(BITS - 1, OptionalDouble.empty()));
    assertThat(calibration.lines()).noneMatch(Calibration.Line::agrees);
  }

  @Test
  void calibration_deadlines_doNotMakeItCountTheLuckyOnes() {
    // The deadline is after p50 and before p95: it hides half of what is slower than p50.
    double deadline = Expectation.of(odds(BITS), KIND, 1, OptionalDouble.empty()).p50() * 1.5;
    Calibration calibration = Calibration.of(runs(BITS, OptionalDouble.of(deadline)));
    assertThat(calibration.lines().get(0).runs()).isEqualTo(SEARCHES);
    assertThat(calibration.lines().get(0).agrees()).isTrue();
    assertThat(calibration.lines().get(1).runs()).isZero();
    assertThat(calibration.lines().get(2).runs()).isZero();
  }

  @Test
  void calibration_someStoppedByHand_leavesThemOut() {
    Expectation expected = Expectation.of(odds(BITS), KIND, 1, OptionalDouble.empty());
    PlannedRun early = new PlannedRun(expected, 1e-3, 1, PlannedRun.End.STOPPED);
    PlannedRun late = new PlannedRun(expected, 1e9, 1, PlannedRun.End.STOPPED);
    PlannedRun exhausted = new PlannedRun(expected, 1, 1, PlannedRun.End.EXHAUSTED);
    Calibration calibration = Calibration.of(List.of(early, late, exhausted));
    assertThat(calibration.lines())
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.runs()).isEqualTo(2);
              assertThat(line.done()).isZero();
            });
  }

  @Test
  void line_fiftyOfHundred_hasTheScoreIntervalOfTheTables() {
    // Wilson's interval for 50 of 100: 0.4038 to 0.5962 (R: prop.test(50, 100, correct = FALSE)).
    Calibration.Line line = Calibration.Line.of(0.5, 100, 50);
    assertThat(line.low()).isCloseTo(0.4038, within(1e-4));
    assertThat(line.high()).isCloseTo(0.5962, within(1e-4));
    assertThat(Calibration.Line.of(0.5, 0, 0).agrees()).isTrue();
  }

  private static List<PlannedRun> runs(int plannedBits, OptionalDouble limit) {
    Expectation expected = Expectation.of(odds(plannedBits), KIND, 1, limit);
    double end = limit.orElse(Double.POSITIVE_INFINITY);
    return HASHES.stream()
        .map(
            hashes -> {
              double seconds = hashes / KIND.rate();
              return seconds <= end
                  ? new PlannedRun(expected, seconds, hashes, PlannedRun.End.FOUND)
                  : new PlannedRun(expected, end, end * KIND.rate(), PlannedRun.End.STOPPED);
            })
        .toList();
  }

  private static Odds odds(int bits) {
    return Odds.of(Target.ofZeroBits(bits), Long.MAX_VALUE);
  }
}
