package io.goldennonce.monitor;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.goldennonce.plan.Spending;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.jspecify.annotations.Nullable;

/**
 * Connects the monitor to Spark: registers its metrics with the driver, adds its page to the UI,
 * and receives the executors' usage. Spark creates one plugin, and so one monitor, per application.
 */
public final class MonitorPlugin implements SparkPlugin {
  private static volatile @Nullable MiningMonitor current;
  private static volatile Optional<String> page = Optional.empty();

  /** The monitor of this process's application. */
  public static Optional<MiningMonitor> monitor() {
    return Optional.ofNullable(current);
  }

  /** The address of its live page, if Spark's UI is on. */
  public static Optional<String> page() {
    return page;
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new OnDriver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new UsageReporter();
  }

  /** Tells when executors come and go; in local mode, the driver is one. */
  private static final class ExecutorListener extends SparkListener {
    private final Spending spending;

    ExecutorListener(Spending spending) {
      this.spending = spending;
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded added) {
      spending.added(added.executorId(), added.executorInfo().totalCores(), System.nanoTime());
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      spending.removed(removed.executorId(), System.nanoTime());
    }
  }

  private static final class OnDriver implements DriverPlugin {
    private final MiningMonitor monitor = new MiningMonitor(Clock.systemUTC());

    @Override
    public Map<String, String> init(SparkContext context, PluginContext plugin) {
      current = monitor;
      context.addSparkListener(new ExecutorListener(monitor.spending()));
      page =
          context.ui().isDefined()
              ? MiningTab.attach(context.ui().get(), monitor)
              : Optional.empty();
      return Map.of();
    }

    /** Registers the metrics without labels, as Spark's registry has no labels. */
    @Override
    public void registerMetrics(String applicationId, PluginContext plugin) {
      MetricRegistry registry = plugin.metricRegistry();
      for (Metric metric : Metric.values()) {
        if (metric.isSingle()) {
          String name = metric.shortName();
          if (metric.type() == Metric.Type.COUNTER) {
            registry.register(
                name,
                new Counter() {
                  @Override
                  public long getCount() {
                    return (long) value(metric);
                  }
                });
          } else {
            registry.register(name, (Gauge<Double>) () -> value(metric));
          }
        }
      }
    }

    @Override
    public @Nullable Object receive(Object message) {
      if (message instanceof ExecutorUsage usage) {
        monitor.usage(usage);
      }
      return null;
    }

    @Override
    public void shutdown() {
      if (current == monitor) {
        current = null;
        page = Optional.empty();
      }
    }

    private double value(Metric metric) {
      return Measurement.of(monitor.snapshot()).stream()
          .filter(one -> one.metric() == metric)
          .mapToDouble(Measurement::value)
          .findFirst()
          .orElse(Double.NaN);
    }
  }
}
