package io.goldennonce.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  @Test
  void workers_allCoresOfThisMachine_areSlots() {
    Workers workers = workers("local[*]");
    assertThat(workers.isLocal()).isTrue();
    assertThat(workers.cores()).isEqualTo(1);
    assertThat(workers.max(1000)).isEqualTo(PROCESSORS);
    assertThat(workers.settings(workers.requireFits(1)))
        .isEqualTo(Map.of("spark.master", "local[1]"));
    assertThat(workers.given(1)).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> workers.requireFits(PROCESSORS + 1))
        .withMessage(
            "workers must be at most the number of processors, %d, got %d",
            PROCESSORS, PROCESSORS + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[3]", "local[3,2]", "local-cluster[3,2,1024]"})
  void workers_masterThatFixesThem_areAsManyAsItHas(String master) {
    Workers workers = workers(master);
    assertThat(workers.max(1000)).isEqualTo(3);
    assertThat(workers.given(1)).isEqualTo(3);
    assertThat(workers.settings(workers.requireFits(3))).isEmpty();
    assertThat(workers.cores()).isEqualTo(master.startsWith("local-") ? 2 : 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> workers.requireFits(2))
        .withMessage("spark.master " + master + " fixes 3 workers, got 2");
  }

  @Test
  void workers_oneThread_isOne() {
    assertThat(workers("local").max(9)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yarn", "spark://host:7077", "k8s://https://host"})
  void workers_cluster_areExecutorsWithoutDynamicAllocation(String master) {
    Workers workers = workers(master);
    assertThat(workers.isLocal()).isFalse();
    assertThat(workers.max(1000)).isEqualTo(1000);
    assertThat(workers.settings(workers.requireFits(12)))
        .isEqualTo(
            Map.of(
                "spark.executor.instances", "12",
                "spark.executor.cores", "4",
                "spark.cores.max", "48",
                "spark.dynamicAllocation.enabled", "false"));
  }

  @Test
  void workers_executorCoresOfTheSettings_win() {
    SparkConf conf =
        new SparkConf(false).set("spark.master", "yarn").set("spark.executor.cores", "7");
    assertThat(Workers.of(conf, 4).cores()).isEqualTo(7);
  }

  @Test
  void limitLocalSlots_allCores_areNoMoreThanThat() {
    assertThat(masterWithOneSlot("local[*]")).isEqualTo(PROCESSORS > 1 ? "local[1]" : "local[*]");
    assertThat(masterWithOneSlot("local[7]")).as("asked for").isEqualTo("local[7]");
    assertThat(masterWithOneSlot("yarn")).isEqualTo("yarn");
  }

  private static String masterWithOneSlot(String master) {
    SparkApplication application = new SparkApplication("test", Map.of("spark.master", master));
    application.limitLocalSlots(1);
    return application.workers(4).master();
  }

  private static Workers workers(String master) {
    return Workers.of(new SparkConf(false).set("spark.master", master), 4);
  }
}
