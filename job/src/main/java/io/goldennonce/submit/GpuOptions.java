package io.goldennonce.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What {@code --gpus} asks of a cluster: the settings of conf/gpu.conf. */
final class GpuOptions {
  private static final Set<String> COUNTED =
      Set.of("spark.executor.cores", "spark.executor.resource.gpu.amount");
  private static final String VENDOR = "spark.executor.resource.gpu.vendor";
  private static final String SCRIPT = "spark.executor.resource.gpu.discoveryScript";

  private GpuOptions() {}

  /**
   * The settings, to stand before the user's own, which win.
   *
   * @param gpus how many GPUs an executor has
   * @param isOnEmr whose nodes have a script of their own
   */
  static List<SparkOption> of(
      String gpus, String master, boolean isOnEmr, Installation installation) {
    if (!gpus.matches("[1-9]\\d{0,2}")) {
      throw SubmitException.usage("--gpus must be from 1 to 999, got " + gpus);
    }
    if (!isOnEmr && (master.isEmpty() || master.matches("local(\\[.*)?"))) {
      throw SubmitException.usage(
          "--gpus is for clusters; here --kernel gpu takes all GPUs of this machine");
    }
    List<SparkOption> options = new ArrayList<>();
    for (String line : lines(installation.configuration().resolve("gpu.conf"))) {
      String[] words = line.strip().split("\\s+", 2);
      boolean isMeant =
          words.length == 2
              && !line.startsWith("#")
              && (!words[0].equals(VENDOR) || master.startsWith("k8s://"))
              && (!words[0].equals(SCRIPT) || !isOnEmr);
      if (isMeant) {
        options.add(SparkOption.conf(words[0], COUNTED.contains(words[0]) ? gpus : words[1]));
      }
    }
    return options;
  }

  /** What the settings name, to travel along. */
  static Path script(Installation installation) {
    return installation.root().resolve("scripts/gpu-discovery.sh");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw SubmitException.failure(file + " can't be read");
    }
  }
}
