package io.goldennonce.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.goldennonce.config.Configuration;
import io.goldennonce.config.ConfigurationLoader;
import io.goldennonce.plan.Spending;
import io.goldennonce.spark.SparkApplication;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One hour of one executor with 2 cores, by the prices of reference.conf. */
class ExecutorCostTest {
  private static final long HOUR = 3_600_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    "c7a.xlarge, yarn, 1, 0.1283", // 0.2566 for 4 vCPUs
    "0.25, yarn, 1, 0.25",
    "0.25, local[2], 1, 0.25",
    "c7a.xlarge, local[2], 1, 0.1283",
    "g6.xlarge, yarn, 1, 1.006",
    "p5en.48xlarge, yarn, 2, 15.825", // 63.3 for 8 GPUs
    "p5en.48xlarge, local[2], 1, 15.825", // a core drives a GPU
  })
  void price_ofAnExecutor_isItsPartOfTheMachine(
      String price, String master, int gpus, double expected) {
    Spending spending = new Spending();
    spending.added("1", 2, 0);
    spending.pricedBy(terms(price, 0, master, gpus).orElseThrow());
    assertThat(spending.at(HOUR).orElseThrow().amount()).isCloseTo(expected, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c8x.xlarge", "0", "-1", "NaN", "Infinity", "1 USD"})
  void price_thatIsNone_isRefused(String price) {
    assertThatThrownBy(() -> terms(price, 0, "yarn", 1))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("--price must be an amount of USD", "c7a.xlarge", "got " + price);
  }

  @Test
  void limit_withoutAPrice_isRefused() {
    assertThat(terms("", 0, "yarn", 1)).isEmpty();
    assertThatThrownBy(() -> terms("", 5, "local[*]", 1))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--max-cost needs the price of an executor: give --price");
  }

  private static Optional<Spending.Terms> terms(
      String price, int maxCost, String master, int gpus) {
    Configuration configuration =
        ConfigurationLoader.load(
            List.of(), Map.of("plan.price", price, "plan.max-cost", "" + maxCost));
    SparkApplication application =
        new SparkApplication(
            "test",
            Map.of("spark.master", master, "spark.executor.resource.gpu.amount", "" + gpus));
    return ExecutorCost.terms(configuration.plan(), application);
  }
}
