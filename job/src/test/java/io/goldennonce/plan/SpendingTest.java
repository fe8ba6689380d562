package io.goldennonce.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SpendingTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = 3_600 * SECOND;

  /**
   * A clock's zero is anywhere, even just before it overflows. No constant: that it does is meant.
   */
  private static final long START = Long.sum(Long.MAX_VALUE, -HOUR);

  private final Spending spending = new Spending();

  private double spent(long sinceStart) {
    return spending.at(START + sinceStart).orElseThrow().amount();
  }

  private void price(double perExecutor, double perCore, OptionalDouble limit) {
    spending.pricedBy(new Spending.Terms(new Price(perExecutor, perCore), "USD", limit));
  }

  @Test
  void spent_withoutAPrice_isUnknown() {
    spending.added("1", 4, START);
    assertThat(spending.at(START + HOUR)).isEmpty();
    price(2, 0, OptionalDouble.empty());
    assertThat(spent(HOUR)).as("the time before counts").isEqualTo(2);
  }

  @Test
  void spent_onExecutorsThatComeAndGo_isForTheTimeOfEach() {
    price(1, 0.25, OptionalDouble.empty());
    assertThat(spent(HOUR)).as("nobody is there").isZero();
    spending.added("1", 4, START); // 2 per hour
    spending.added("2", 8, START + HOUR); // 3 per hour
    spending.removed("1", START + HOUR / 2 * 3);
    spending.added("3", 0, START + 2 * HOUR); // 1 per hour
    spending.removed("2", START + 3 * HOUR);
    assertThat(spent(HOUR)).as("asked late").isLessThanOrEqualTo(spent(4 * HOUR));
    assertThat(spent(4 * HOUR)).isCloseTo(3 + 6 + 2, within(1e-9));
  }

  @Test
  void removal_ofAnExecutorThatIsGone_changesNothing() {
    price(1, 0, OptionalDouble.empty());
    spending.removed("1", START);
    spending.added("1", 1, START);
    spending.removed("1", START + HOUR);
    spending.removed("1", START + 5 * HOUR);
    assertThat(spent(9 * HOUR)).isCloseTo(1, within(1e-9));
  }

  /** Spark may register an executor twice, when its driver did not hear that it was lost. */
  @Test
  void executor_thatComesTwice_costsOnce() {
    price(0, 1, OptionalDouble.empty());
    spending.added("1", 2, START);
    spending.added("1", 4, START + HOUR);
    assertThat(spent(2 * HOUR)).isCloseTo(2 + 4, within(1e-9));
  }

  @Test
  void limit_whenReached_isAllSpent() {
    price(3_600, 0, OptionalDouble.of(10));
    spending.added("1", 1, START);
    assertThat(spending.at(START + 10 * SECOND - 1_000).orElseThrow().isAll()).isFalse();
    assertThat(spending.at(START + 10 * SECOND).orElseThrow().isAll()).isTrue();
    price(3_600, 0, OptionalDouble.empty());
    assertThat(spending.at(START + HOUR).orElseThrow().isAll()).isFalse();
  }

  /** What comes and goes, second by second, against a sum over these seconds. */
  @Property
  void spent_onAnyHistory_isTheSumOverSeconds(
      @ForAll @Size(max = 60) List<@IntRange(min = -4, max = 4) Integer> events) {
    Spending sum = new Spending(); // jqwik has one instance of this class for all tries
    sum.pricedBy(new Spending.Terms(new Price(360, 36), "USD", OptionalDouble.empty()));
    Map<Integer, Integer> cores = new HashMap<>();
    double expected = 0;
    double last = 0;
    for (int second = 0; second < events.size(); second++) {
      int executor = Math.abs(events.get(second));
      if (events.get(second) > 0) {
        sum.added("" + executor, second % 5, START + second * SECOND);
        cores.put(executor, second % 5);
      } else {
        sum.removed("" + executor, START + second * SECOND);
        cores.remove(executor);
      }
      for (int present : cores.values()) {
        expected += 0.1 + 0.01 * present;
      }
      double now = sum.at(START + (second + 1) * SECOND).orElseThrow().amount();
      assertThat(now).isCloseTo(expected, within(1e-9)).isGreaterThanOrEqualTo(last);
      last = now;
    }
  }
}
