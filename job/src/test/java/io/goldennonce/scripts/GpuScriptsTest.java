package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.resource.ResourceInformation$;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts tell Spark of GPUs; the tools that know a machine's are fakes here. */
class GpuScriptsTest {
  @TempDir private Path tools = Path.of("set by JUnit");

  @Test
  void discovery_nvidiasGpus_areTheirIndexes() throws Exception {
    fake(
        "nvidia-smi", "[[ $* == '--query-gpu=index --format=csv,noheader' ]] && printf '0\\n1\\n'");
    fake("clinfo", "echo '[X/0] CL_DEVICE_TYPE CL_DEVICE_TYPE_GPU'");
    assertThat(discovered()).containsExactly("0", "1");
  }

  @Test
  void discovery_driverThatFails_takesWhatOpenClKnowsButNoProcessors() throws Exception {
    fake("nvidia-smi", "echo \"NVIDIA-SMI has failed because it couldn't communicate\"; exit 9");
    fake(
        "clinfo",
        """
        [[ $* == --raw ]] && cat <<'RAW'
        [POCL/0]    CL_DEVICE_NAME    a processor with CL_DEVICE_TYPE_GPU in its name
        [POCL/0]    CL_DEVICE_TYPE    CL_DEVICE_TYPE_CPU
        [AMD/0]     CL_DEVICE_TYPE    CL_DEVICE_TYPE_GPU
        [AMD/1]     CL_DEVICE_TYPE    CL_DEVICE_TYPE_DEFAULT | CL_DEVICE_TYPE_GPU
        RAW
        """);
    assertThat(discovered()).containsExactly("0", "1");
  }

  @Test
  void discovery_noGpu_isAnEmptyListAndALine() throws Exception {
    fake("nvidia-smi", "exit 127");
    fake("clinfo", "echo '[POCL/0] CL_DEVICE_TYPE CL_DEVICE_TYPE_CPU'");
    assertThat(discovered()).isEmpty();
    assertThat(discovery().err())
        .isEqualTo("gpu-discovery.sh: neither nvidia-smi nor clinfo knows a GPU here\n");
  }

  /** As Spark reads it. */
  private List<String> discovered() throws Exception {
    Program.Ended ended = discovery();
    assertThat(ended.code()).isZero();
    ResourceInformation found = ResourceInformation$.MODULE$.parseJson(ended.out());
    assertThat(found.name()).isEqualTo("gpu");
    return List.of(found.addresses());
  }

  private Program.Ended discovery() throws Exception {
    return Program.of(Program.root().resolve("scripts/gpu-discovery.sh"))
        .with("PATH", tools + ":" + System.getenv("PATH"))
        .run(tools);
  }

  private void fake(String tool, String script) throws IOException {
    Path file = Files.writeString(tools.resolve(tool), "#!/usr/bin/env bash\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
