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
 * Reports the resource usage of an executor's process to the driver at intervals. An executor has
 * no endpoint for Prometheus to scrape, and Spark's own messages have only the peak memory.
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
    timer.scheduleAtFixedRate(() -> report(context), 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void shutdown() {
    if (timer == null) {
      return;
    }
    timer.shutdown();
    try {
      // A report that is interrupted, or finds Spark stopped, makes Spark log a stack trace.
      if (!timer.awaitTermination(INTERVAL_SECONDS, TimeUnit.SECONDS)) {
        timer.shutdownNow();
      }
    } catch (InterruptedException e) {
      timer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void report(PluginContext context) {
    try {
      @Nullable String host = host();
      if (host != null) {
        context.send(
            new ExecutorUsage(
                context.executorID(), host, cpuSeconds(), residentBytes(), Kernels.deviceUsage()));
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      // The next report has the same; an exception would stop the timer.
      if (!failed) {
        LOG.warn("could not report this executor's usage to the driver: {}", e.toString());
      }
      failed = true;
    }
  }

  /**
   * This executor's host; null until it is registered. The context's own hostname() fails on a
   * cluster's executors, which have no RPC address.
   */
  private static @Nullable String host() {
    @Nullable SparkEnv env = SparkEnv.get();
    @Nullable BlockManagerId id = env == null ? null : env.blockManager().blockManagerId();
    return id == null ? null : id.host();
  }

  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() * 1e-9;
  }

  /** Resident memory on Linux; 0 on other systems, where it needs native code. */
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
