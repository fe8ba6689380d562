package io.goldennonce.spark;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/** The Spark application that a command runs in. */
public final class SparkApplication {
  private static final String PLUGINS = "spark.plugins";

  private final SparkConf conf;

  /**
   * @param name what Spark's UI and a cluster manager call it
   * @param defaults Spark settings for where neither {@code spark-submit} nor a system property
   *     gives one
   */
  public SparkApplication(String name, Map<String, String> defaults) {
    this.conf = new SparkConf().setAppName(name);
    defaults.forEach(conf::setIfMissing);
    String plugins = conf.get(PLUGINS, "");
    conf.set(PLUGINS, (plugins.isEmpty() ? "" : plugins + ",") + MiningPlugin.class.getName());
  }

  /**
   * What its settings make of workers.
   *
   * @param defaultCores of an executor, where the settings give none
   */
  public Workers workers(int defaultCores) {
    return Workers.of(conf, defaultCores);
  }

  /** Lets it start with so many workers, whatever its settings say of that. */
  public void require(Workers kind, int workers) {
    kind.settings(workers).forEach(conf::set);
  }

  /** Starts it. */
  public JavaSparkContext start() {
    return new JavaSparkContext(conf);
  }

  /** Hadoop's settings as the application will have them, without starting it. */
  public Configuration hadoopConfiguration() {
    return SparkHadoopUtil.get().newConfiguration(conf);
  }
}
