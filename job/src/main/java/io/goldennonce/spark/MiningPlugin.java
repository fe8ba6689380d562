package io.goldennonce.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages from tasks to the driver, beside the accumulators, whose updates arrive with the
 * end of a task. A message takes a millisecond or two.
 */
public final class MiningPlugin implements SparkPlugin {
  private static final Map<String, Consumer<Serializable>> RUNS = new ConcurrentHashMap<>();

  private static volatile @Nullable PluginContext executor;

  private record Message(String run, Serializable report) implements Serializable {}

  /** On the driver: passes a run's reports to a sink, in any thread, until {@link #close}. */
  static <T extends Serializable> void open(String run, Class<T> type, Consumer<T> sink) {
    RUNS.put(run, report -> sink.accept(type.cast(report)));
  }

  static void close(String run) {
    RUNS.remove(run);
  }

  /** In a task: sends a report without waiting. */
  static void send(String run, Serializable report) {
    PluginContext context = executor;
    if (!deliverHere(run, report) && context != null) {
      try {
        context.send(new Message(run, report));
      } catch (IOException e) {
        throw new IllegalStateException("a report could not be serialized", e);
      }
    }
  }

  /**
   * In a task: sends a report and waits until the driver has received it.
   *
   * @return whether it was received: not if the plugin is not installed
   */
  static boolean deliver(String run, Serializable report) throws Exception {
    if (deliverHere(run, report)) {
      return true;
    }
    PluginContext context = executor;
    if (context == null) {
      return false;
    }
    context.ask(new Message(run, report));
    return true;
  }

  /** Passes a report on where driver and task share a JVM, which needs no plugin. */
  private static boolean deliverHere(String run, Serializable report) {
    Consumer<Serializable> sink = RUNS.get(run);
    if (sink != null) {
      sink.accept(report);
    }
    return sink != null;
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new OnDriver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new OnExecutor();
  }

  private static final class OnDriver implements DriverPlugin {
    @Override
    public @Nullable Object receive(Object message) {
      if (message instanceof Message report) {
        deliverHere(report.run(), report.report());
      }
      // The answer only confirms receipt.
      return null;
    }
  }

  private static final class OnExecutor implements ExecutorPlugin {
    @Override
    public void init(PluginContext context, Map<String, String> extra) {
      executor = context;
    }

    @Override
    public void shutdown() {
      executor = null;
    }
  }
}
