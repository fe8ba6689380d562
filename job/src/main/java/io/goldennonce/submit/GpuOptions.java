package io.goldennonce.submit;

import java.util.List;
import java.util.Properties;

/** What {@code --gpus} asks of a cluster: the settings of conf/gpu.conf. */
final class GpuOptions {
  private static final String DISCOVERY_SCRIPT = "spark.executor.resource.gpu.discoveryScript";

  /** Where container/Dockerfile's image has it: a pod asks it before it receives any file. */
  private static final String SCRIPT_IN_IMAGE = "/opt/golden-nonce/scripts/gpu-discovery.sh";

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
    if (!isOnEmr && master.matches("(local(\\[.*)?)?")) {
      throw SubmitException.usage(
          "--gpus is for clusters; here --kernel gpu takes all GPUs of this machine");
    }
    Properties settings = SparkSettings.read(installation.configuration().resolve("gpu.conf"));
    settings.put("spark.executor.cores", gpus);
    settings.put("spark.executor.resource.gpu.amount", gpus);
    if (master.startsWith("k8s://")) {
      settings.put(DISCOVERY_SCRIPT, SCRIPT_IN_IMAGE);
    } else {
      settings.remove("spark.executor.resource.gpu.vendor");
    }
    if (isOnEmr) {
      settings.remove(DISCOVERY_SCRIPT);
    }
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + "=" + setting.getValue())
        .sorted()
        .map(text -> SparkOption.of(SparkOption.CONF, text))
        .toList();
  }
}
