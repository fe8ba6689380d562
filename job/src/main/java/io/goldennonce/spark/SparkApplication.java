package io.goldennonce.spark;

import java.util.Map;
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
   * @param name what Spark's UI and a cluster manager call it
   * @param defaults Spark settings for where neither {@code spark-submit} nor a system property
   *     gives one
   * @param plugins Spark plugins to run in it besides the search's own
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
   * What its settings make of workers.
   *
   * @param defaultCores of an executor, where the settings give none
   */
  public Workers workers(int defaultCores) {
    return Workers.of(conf, defaultCores);
  }

  /** Makes it start with a number of workers, whatever its settings say. */
  public void require(Workers kind, int workers) {
    kind.settings(workers).forEach(conf::set);
  }

  /**
   * Lets it run no more tasks at once, if it runs in this JVM on all cores: where a task needs
   * something that there is less of. A number of cores that was asked for stays.
   *
   * @param slots at least 1
   */
  public void limitLocalSlots(int slots) {
    if (conf.get(MASTER, "").equals(ALL_CORES)
        && slots < Runtime.getRuntime().availableProcessors()) {
      conf.set(MASTER, "local[" + slots + "]");
    }
  }

  /** Starts it. */
  public JavaSparkContext start() {
    return new JavaSparkContext(conf);
  }

  /** Hadoop's settings as {@code spark-submit} has given them, without any of the program's. */
  public static Configuration hadoopSettings() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  /** Hadoop's settings as the application will have them, without starting it. */
  public Configuration hadoopConfiguration() {
    return SparkHadoopUtil.get().newConfiguration(conf);
  }
}
