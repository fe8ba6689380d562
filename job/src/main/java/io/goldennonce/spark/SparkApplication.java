package io.goldennonce.spark;

import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.deploy.SparkHadoopUtil;

/** The Spark application that a command runs in. */
public final class SparkApplication {
  private static final String PLUGINS = "spark.plugins";
  private static final String MASTER = "spark.master";
  private static final String ALL_CORES = "local[*]";

  private final SparkConf conf;

  /**
   * @param name its name in Spark's UI and in the cluster manager
   * @param defaults Spark settings, unless {@code spark-submit} or a system property sets them
   * @param plugins Spark plugins besides the search's own
   */
  @SafeVarargs
  public SparkApplication(
      String name, Map<String, String> defaults, Class<? extends SparkPlugin>... plugins) {
    this.conf = new SparkConf().setAppName(name);
    defaults.forEach(conf::setIfMissing);
    Stream<String> ours =
        Stream.concat(Stream.of(MiningPlugin.class), Stream.of(plugins)).map(Class::getName);
    conf.set(
        PLUGINS,
        Stream.concat(Stream.of(conf.get(PLUGINS, "")), ours)
            .filter(plugin -> !plugin.isEmpty())
            .collect(Collectors.joining(",")));
  }

  /**
   * Returns the kind of workers that its settings define.
   *
   * @param defaultCores cores per executor, unless the settings give a number
   */
  public Workers workers(int defaultCores) {
    return Workers.of(conf, defaultCores);
  }

  /** Returns the number of GPUs per executor; empty in local mode, where Spark has none. */
  public OptionalInt gpusOfExecutor() {
    return workers(1).isLocal()
        ? OptionalInt.empty()
        : OptionalInt.of(conf.getInt("spark.executor.resource.gpu.amount", 1));
  }

  /** Requests a number of workers, in place of what the settings say. */
  public void require(Workers kind, int workers) {
    kind.settings(workers).forEach(conf::set);
  }

  /**
   * Limits the number of concurrent tasks, if it runs in this JVM on all cores, because a task
   * needs a resource that there are fewer of. Has no effect on an explicit number of cores.
   *
   * @param slots at least 1
   */
  public void limitLocalSlots(int slots) {
    if (conf.get(MASTER, "").equals(ALL_CORES)
        && slots < Runtime.getRuntime().availableProcessors()) {
      conf.set(MASTER, "local[" + slots + "]");
    }
  }

  public JavaSparkContext start() {
    return new JavaSparkContext(conf);
  }

  /** Returns Hadoop's settings as given by {@code spark-submit}, without the program's own. */
  public static Configuration hadoopSettings() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  /** Returns the application's Hadoop settings without starting it. */
  public Configuration hadoopConfiguration() {
    return SparkHadoopUtil.get().newConfiguration(conf);
  }
}
