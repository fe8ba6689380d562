package io.goldennonce.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Converts a complete configuration to records. */
final class ConfigurationReader {
  private static final List<String> RATE_KINDS = List.of("estimated", "derived", "measured");

  private final ConfigurationValues values;

  /**
   * @param config the object below the root, with all keys
   */
  ConfigurationReader(Config config) {
    this.values = new ConfigurationValues(config);
  }

  Configuration read() {
    return new Configuration(
        values.text("warehouse"),
        compactFiles(),
        new Configuration.Search(
            values.text("search.kernel"),
            values.positive("search.range-time"),
            values.atLeast("search.first-range", 1, Long.MAX_VALUE),
            values.positive("search.report-interval"),
            (int) values.atLeast("search.events-per-second", 1, 1_000_000),
            values.share("search.audit-share"),
            values.positive("search.checkpoint-interval"),
            values.positive("search.stop-wait")),
        new Configuration.Chain(
            (int) values.atLeast("chain.difficulty", 0, 255),
            values.text("chain.miner"),
            (int) values.atLeast("chain.version-bits", 0, 4),
            values.positive("chain.tip-interval"),
            (int) values.atLeast("chain.block-transactions", 1, 1_000_000),
            values.positive("chain.max-wait"),
            rules()),
        new Configuration.Pool(
            values.positive("pool.interval"),
            values.positive("pool.settle-time"),
            (int) values.atLeast("pool.max-transaction", 1, 1 << 30)),
        new Configuration.Node(
            values.text("node.cookie"),
            values.text("node.user"),
            new Secret(values.text(ConfigurationLoader.PASSWORD)),
            values.positive("node.timeout"),
            values.positive("node.template-age"),
            values.positive("node.poll-interval"),
            values.positive("node.longest-pause"),
            (int) values.atLeast("node.version-bits", 0, 4)),
        new Configuration.Service(
            values.positive("service.timeout"),
            values.positive("service.poll-interval"),
            values.positive("service.longest-pause")),
        new Configuration.Stratum(
            values.positive("stratum.timeout"),
            values.positive("stratum.silence"),
            values.positive("stratum.keep-alive"),
            values.positive("stratum.job-age"),
            values.positive("stratum.longest-pause"),
            values.notNegativeNumber("stratum.suggest-difficulty"),
            (int) values.atLeast("stratum.version-bits", 0, 4),
            values.flag("stratum.follow-reconnect"),
            values.text("stratum.certificates")),
        values.texts(ConfigurationLoader.SOURCES, "a source of work"),
        new Configuration.Progress(values.positive("progress.plain-interval")),
        new Configuration.Notify(
            values.text("notify.url"),
            values.positive("notify.timeout"),
            (int) values.atLeast("notify.attempts", 1, 10)),
        plan(),
        values.texts(ConfigurationLoader.SPARK, "a Spark setting"));
  }

  private int compactFiles() {
    int files = (int) values.atLeast("compaction.files", 0, 100_000);
    if (files == 1) {
      throw values.invalid("compaction.files", "must be 0 (never) or at least 2");
    }
    return files;
  }

  private Configuration.Rules rules() {
    int window = (int) values.atLeast("chain.retarget-window", 0, 1_000_000);
    if (window == 1) {
      throw values.invalid("chain.retarget-window", "must be 0 (fixed) or at least 2");
    }
    return new Configuration.Rules(
        values.wholeSeconds("chain.block-interval"),
        window,
        (int) values.atLeast("chain.retarget-clamp", 2, 1_000_000),
        values.headerTime("chain.genesis-time"),
        values.text("chain.genesis-data"),
        (int) values.atLeast("chain.genesis-difficulty", 0, 32));
  }

  private Configuration.Plan plan() {
    return new Configuration.Plan(
        (int) values.atLeast("plan.executor-cores", 1, 1_024),
        (int) values.atLeast("plan.max-executors", 1, 1_000_000),
        values.positive("plan.startup"),
        values.positive("plan.local-startup"),
        values.positive("plan.measure-time"),
        values.text("plan.prices-of"),
        values.text("plan.currency"),
        values.text("plan.price"),
        values.notNegativeNumber("plan.max-cost"),
        instances());
  }

  /** Sorted by name, for the same order in every run. */
  private Map<String, Configuration.Instance> instances() {
    Map<String, Configuration.Instance> instances = new TreeMap<>();
    for (String name : values.names(ConfigurationLoader.INSTANCES)) {
      String key = ConfigurationLoader.INSTANCES + "." + ConfigUtil.quoteString(name) + ".";
      instances.put(name, instance(key));
    }
    return instances;
  }

  private Configuration.Instance instance(String key) {
    boolean hasGpus = values.has(key + "gpus");
    String unit = hasGpus ? "gpu" : "vcpu";
    String rateIs = key + "rate-is";
    String kind = values.has(rateIs) ? values.text(rateIs) : RATE_KINDS.get(0);
    if (!RATE_KINDS.contains(kind)) {
      throw values.invalid(rateIs, "must be one of " + String.join(", ", RATE_KINDS));
    }
    return new Configuration.Instance(
        (int) values.atLeast(key + unit + "s", 1, 1_024),
        hasGpus,
        values.positiveNumber(key + "price-per-hour"),
        values.positiveNumber(key + "rate-per-" + unit),
        kind);
  }
}
