package io.goldennonce.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;

class RangeTaskTest {
  @Test
  void kernelOn_aTaskWithAGpu_isTheKernelOfItsAddress() {
    Map<String, ResourceInformation> gpu =
        Map.of("gpu", new ResourceInformation("gpu", new String[] {"3"}));
    assertThat(RangeTask.kernelOn("auto", gpu)).isEqualTo("gpu:3");
    assertThat(RangeTask.kernelOn("opencl", gpu)).isEqualTo("opencl:3");
    assertThat(RangeTask.kernelOn("superword", gpu)).isEqualTo("superword");
  }

  @Test
  void kernelOn_aTaskWithoutOne_isTheKernelAskedFor() {
    assertThat(RangeTask.kernelOn("auto", Map.of())).isEqualTo("auto");
    Map<String, ResourceInformation> none =
        Map.of("gpu", new ResourceInformation("gpu", new String[0]));
    assertThat(RangeTask.kernelOn("auto", none)).isEqualTo("auto");
  }
}
