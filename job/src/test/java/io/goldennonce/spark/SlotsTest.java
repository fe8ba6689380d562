package io.goldennonce.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {
  @ParameterizedTest
  @CsvSource({
    // Cores, executors, GPUs of each, GPUs of a task.
    "2, 2, 1, 1, 2",
    "32, 2, 4, 1, 8",
    "32, 2, 4, 2, 4",
    "8, 2, 8, 1, 8",
    "32, 2, 1, 0.25, 8",
    "0, 0, 1, 1, 1",
    "16, 0, 1, 1, 1",
    "16, 2, 0, 1, 1"
  })
  void limited_coresAndGpus_isTheFewer(
      int cores, int executors, int gpusOfExecutor, double gpusOfTask, int slots) {
    assertThat(Slots.limited(cores, executors, gpusOfExecutor, gpusOfTask)).isEqualTo(slots);
  }
}
