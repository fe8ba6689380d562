package io.goldennonce.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.goldennonce.pow.Target;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final double WHOLE = Long.MAX_VALUE;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Executors KIND = new Executors(4, 25e6, MINUTE, 1000);
  private static final Odds FORTY_BITS = Odds.of(Target.ofZeroBits(40), WHOLE);

  @Test
  void plan_confidenceAndDeadline_isTheFormulasByHand() {
    Plan plan = Plan.of(FORTY_BITS, KIND, 0.95, HOUR);
    // ln(0.05) · -2^40 / (4 · 25e6 · 3540) = 9.30
    assertThat(plan.executors()).isEqualTo(10);
    assertThat(plan.shortfall()).isEmpty();
    assertThat(plan.forecast().chanceBy(3_600)).isCloseTo(0.96003, within(1e-5));
    assertThat(plan.forecast().seconds(0.5)).isCloseTo(60 + 762.12, within(0.01));
  }

  @Property
  void plan_anyThatIsMet_isTheFewestExecutors(
      @ForAll @IntRange(min = 1, max = 60) int bits,
      @ForAll @DoubleRange(min = 0.01, max = 0.9999) @Scale(6) double confidence,
      @ForAll @IntRange(min = 61, max = 1_000_000) int deadline) {
    Odds odds = Odds.of(Target.ofZeroBits(bits), WHOLE);
    Plan plan = Plan.of(odds, KIND, confidence, Duration.ofSeconds(deadline));
    if (plan.shortfall().isEmpty()) {
      assertThat(plan.forecast().chanceBy(deadline))
          .isGreaterThanOrEqualTo(confidence * (1 - 1e-9));
      if (plan.executors() > 1) {
        assertThat(KIND.forecast(odds, plan.executors() - 1).chanceBy(deadline))
            .isLessThan(confidence * (1 + 1e-9));
      }
    } else {
      assertThat(KIND.forecast(odds, KIND.max()).chanceBy(deadline)).isLessThan(confidence);
    }
  }

  @Test
  void plan_startupLongerThanTheDeadline_saysSoAndTheNearest() {
    Plan plan = Plan.of(FORTY_BITS, KIND, 0.95, MINUTE);
    assertThat(plan.shortfall().orElseThrow().toString())
        .isEqualTo(
            "the start-up of 60 s uses up the deadline of 60 s; nearest: 95.0 %"
                + " in 93 s with 1000 executors");
    assertThat(KIND.forecast(FORTY_BITS, 1000).chanceBy(93)).isGreaterThanOrEqualTo(0.95);
    assertThat(KIND.forecast(FORTY_BITS, 1000).chanceBy(92)).isLessThan(0.95);
  }

  @Test
  void plan_moreExecutorsThanThereAre_saysSoAndTheNearest() {
    Odds odds = Odds.of(Target.ofZeroBits(50), WHOLE);
    Plan plan = Plan.of(odds, KIND, 0.95, HOUR);
    assertThat(plan.executors()).isEqualTo(1000);
    Shortfall shortfall = plan.shortfall().orElseThrow();
    assertThat(shortfall.why()).isEqualTo("it takes 9528 executors, and there are 1000 at most");
    assertThat(shortfall.nearest())
        .startsWith("27.0 % by the deadline with 1000 executors, or 95.0 % in 33789")
        .endsWith(" s with 1000 executors");
  }

  @Test
  void plan_keyspaceTooSmall_saysSoAndTheNearest() {
    Odds odds = Odds.of(Target.ofZeroBits(32), Math.scalb(1.0, 32));
    Plan plan = Plan.of(odds, KIND, 0.95, HOUR);
    assertThat(plan.shortfall().orElseThrow().toString())
        .contains("all 4294967296 positions", "63.2 % only, less than 95.0 %", "larger keyspace");
    assertThat(plan.executors()).isEqualTo(1);
    assertThat(plan.forecast().chanceBy(3_600)).isCloseTo(0.632, within(0.001));
    assertThat(plan.forecast().seconds(0.95)).isInfinite();
  }

  @Test
  void plan_fixedExecutors_givesTheProbability() {
    Plan plan = Plan.of(FORTY_BITS, KIND, 10, Optional.of(HOUR));
    assertThat(plan.forecast()).isEqualTo(Plan.of(FORTY_BITS, KIND, 0.95, HOUR).forecast());
  }

  @Property
  void meanSeconds_anyDeadline_isTheIntegralOfTheChanceToBeLooking(
      @ForAll @IntRange(min = 20, max = 40) int bits,
      @ForAll @IntRange(min = 1, max = 5_000) int deadline) {
    Forecast forecast = KIND.forecast(Odds.of(Target.ofZeroBits(bits), WHOLE), 3);
    int steps = 20_000;
    double step = (double) deadline / steps;
    double integral = 0;
    for (int i = 0; i < steps; i++) {
      integral += (1 - forecast.chanceBy((i + 0.5) * step)) * step;
    }
    assertThat(forecast.meanSeconds(deadline)).isCloseTo(integral, within(2 * step));
  }

  @Test
  void meanSeconds_noDeadline_isTheExpectedHashesTime() {
    Forecast forecast = KIND.forecast(FORTY_BITS, 10);
    assertThat(forecast.meanSeconds(Double.POSITIVE_INFINITY))
        .isCloseTo(60 + Math.scalb(1.0, 40) / 1e9, within(1e-3));
  }

  @Test
  void budget_withDeadline_buysAsManyAsItPays() {
    Instance instance = new Instance("x", 4, 25e6, 0.25, "estimated");
    Offer offer = new Budget(2.60, MINUTE, 3_600).offer(instance, FORTY_BITS);
    assertThat(offer.count()).isEqualTo(10);
    assertThat(offer.mostCost()).isCloseTo(2.50, within(1e-9));
    assertThat(offer.probability()).isCloseTo(0.96003, within(1e-5));
    assertThat(offer.meanCost()).isLessThan(1).isGreaterThan(0.5);
    assertThat(new Budget(0.24, MINUTE, 3_600).offer(instance, FORTY_BITS).count()).isZero();
  }

  @Test
  void budget_noTarget_findsTheHardestThatItPays() {
    Instance instance = new Instance("x", 4, 25e6, 0.25, "estimated");
    Budget budget = new Budget(2.60, MINUTE, 3_600);
    assertThat(budget.bestDifficulty(instance, WHOLE, 0.95)).hasValue(40);
    assertThat(budget.bestDifficulty(instance, WHOLE, 0.97)).hasValue(39);
    assertThat(new Budget(0.01, MINUTE, 3_600).bestDifficulty(instance, WHOLE, 0.95)).isEmpty();
  }

  @Test
  void executors_outOfRange_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Executors(0, 1, MINUTE, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Executors(1, 0, MINUTE, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Executors(1, 1, MINUTE, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Forecast(FORTY_BITS, Double.NaN, MINUTE));
  }
}
