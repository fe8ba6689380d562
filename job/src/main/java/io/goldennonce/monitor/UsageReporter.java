package io.goldennonce.monitor;

import io.goldennonce.base.DaemonThreads;
import io.goldennonce.kernel.choice.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.storage.BlockManagerId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports to the driver, from time to time, what an executor's process uses. An executor has no
 * endpoint that Prometheus could scrape, and Spark's own messages bring only the highest memory so
 * far.
 */
final class UsageReporter implements ExecutorPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(UsageReporter.class);
  private static final long INTERVAL_SECONDS = 2;
  private static final Path STATUS = Path.of("/proc/self/status");

  private @Nullable ScheduledExecutorService timer;
  private boolean failed;

  @Override
  public void init(PluginContext context, Map<String, String> extra) {
    timer = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("executor-usage"));
    timer.scheduleAtFixedRate(() -> tell(context), 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void shutdown() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }

  private void tell(PluginContext context) {
    try {
      @Nullable String host = host();
      if (host != null) {
        context.send(
            new ExecutorUsage(
                context.executorID(), host, cpuSeconds(), residentBytes(), Kernels.deviceUsage()));
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      // The next one tells as much; a timer that throws would never ring again.
      if (!failed) {
        LOG.warn("could not tell the driver what this executor uses: {}", e.toString());
      }
      failed = true;
    }
  }

  /**
   * Null until the executor is registered. The context's own hostname() fails on a cluster's
   * executors, which have no address of RPC.
   */
  private static @Nullable String host() {
    @Nullable SparkEnv env = SparkEnv.get();
    @Nullable BlockManagerId id = env == null ? null : env.blockManager().blockManagerId();
    return id == null ? null : id.host();
  }

  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() * 1e-9;
  }

  /** From Linux; other systems need native code for it. */
  private static long residentBytes() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
