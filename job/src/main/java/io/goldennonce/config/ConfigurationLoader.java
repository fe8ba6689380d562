package io.goldennonce.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the configuration: {@code reference.conf}, then files, then single keys; the later wins.
 */
public final class ConfigurationLoader {
  private static final String ROOT = "golden-nonce";

  /** Below it any key is allowed: they are Spark's. */
  private static final String SPARK = "spark";

  private static final String PASSWORD = "node.password";

  /** Below it any name is allowed, with the keys of an instance below it. */
  private static final String INSTANCES = "plan.instances";

  /** Below it any name is allowed, with a class. */
  private static final String SOURCES = "work.sources";

  private static final List<String> INSTANCE_KEYS =
      List.of("vcpus", "gpus", "price-per-hour", "rate-per-vcpu", "rate-per-gpu", "rate-is");

  private static final List<String> RATE_KINDS = List.of("estimated", "derived", "measured");

  private ConfigurationLoader() {}

  /**
   * Loads it.
   *
   * @param files HOCON files, each over the one before
   * @param keys single keys, with or without {@code golden-nonce} before them, and their values,
   *     over all files
   * @throws ConfigurationException if a file is missing or broken, a key unknown, or a value of the
   *     wrong type, unit or range
   */
  public static Configuration load(List<Path> files, Map<String, String> keys) {
    try {
      Config reference = ConfigFactory.parseResources(ConfigurationLoader.class, "/reference.conf");
      Config merged = reference;
      for (Path file : files) {
        Config overlay =
            ConfigFactory.parseFile(
                file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
        merged = overlay(overlay, merged, reference);
      }
      merged = overlay(ofKeys(keys), merged, reference);
      return read(merged.resolve().getConfig(ROOT));
    } catch (ConfigException e) {
      throw new ConfigurationException(oneLine(e), e);
    }
  }

  private static Config ofKeys(Map<String, String> keys) {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, String> entry : keys.entrySet()) {
      String origin = "option -D " + entry.getKey();
      String key = belowRoot(entry.getKey());
      if (key.equals(PASSWORD)) {
        throw new ConfigurationException(
            origin
                + ": a password must not stand in a command line, which other users can read; put"
                + " it into a file (-c) or the environment");
      }
      // A Spark setting is one key with dots in it.
      String path =
          key.startsWith(SPARK + ".") ? ConfigUtil.joinPath(ROOT, SPARK, key) : ROOT + "." + key;
      try {
        config =
            ConfigFactory.parseMap(Map.of(path, entry.getValue()), origin).withFallback(config);
      } catch (ConfigException.BadPath e) {
        throw new ConfigurationException(origin + ": " + oneLine(e), e);
      }
    }
    return config;
  }

  /** The key as files have it inside their braces, for one who gives all of it. */
  private static String belowRoot(String key) {
    String inner = key.startsWith(ROOT + ".") ? key.substring(ROOT.length() + 1) : key;
    // As it stands in a file: the object spark, and in it a name that begins with spark.
    return inner.startsWith(SPARK + "." + SPARK + ".")
        ? inner.substring(SPARK.length() + 1)
        : inner;
  }

  private static Config overlay(Config overlay, Config base, Config reference) {
    requireKnown(overlay.root(), reference.root(), "");
    return overlay.withFallback(base);
  }

  private static void requireKnown(ConfigObject object, ConfigObject reference, String prefix) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String key = prefix + entry.getKey();
      ConfigValue known = reference.get(entry.getKey());
      if (known == null) {
        throw new ConfigurationException(
            entry.getValue().origin().description()
                + ": unknown key "
                + key
                + "; known here: "
                + String.join(", ", new TreeMap<>(reference).keySet()));
      }
      if (entry.getValue() instanceof ConfigObject inner
          && known instanceof ConfigObject innerReference
          && !key.equals(ROOT + "." + SPARK)
          && !key.equals(ROOT + "." + SOURCES)) {
        if (key.equals(ROOT + "." + INSTANCES)) {
          inner.values().forEach(ConfigurationLoader::requireInstance);
        } else {
          requireKnown(inner, innerReference, key + ".");
        }
      }
    }
  }

  private static void requireInstance(ConfigValue value) {
    if (value instanceof ConfigObject instance) {
      for (Map.Entry<String, ConfigValue> entry : instance.entrySet()) {
        if (!INSTANCE_KEYS.contains(entry.getKey())) {
          throw new ConfigurationException(
              entry.getValue().origin().description()
                  + ": unknown key "
                  + entry.getKey()
                  + " of an instance; known here: "
                  + String.join(", ", INSTANCE_KEYS));
        }
      }
    }
  }

  private static Configuration read(Config config) {
    return new Configuration(
        config.getString("warehouse"),
        compactFiles(config),
        new Configuration.Search(
            config.getString("search.kernel"),
            positive(config, "search.range-time"),
            atLeast(config, "search.first-range", 1, Long.MAX_VALUE),
            positive(config, "search.report-interval"),
            (int) atLeast(config, "search.events-per-second", 1, 1_000_000),
            positive(config, "search.checkpoint-interval"),
            positive(config, "search.stop-wait")),
        new Configuration.Chain(
            (int) atLeast(config, "chain.difficulty", 0, 255),
            config.getString("chain.miner"),
            positive(config, "chain.tip-interval"),
            (int) atLeast(config, "chain.block-transactions", 1, 1_000_000),
            positive(config, "chain.max-wait"),
            rules(config)),
        new Configuration.Pool(
            positive(config, "pool.interval"),
            positive(config, "pool.settle-time"),
            (int) atLeast(config, "pool.max-transaction", 1, 1 << 30)),
        new Configuration.Node(
            config.getString("node.cookie"),
            config.getString("node.user"),
            new Secret(config.getString(PASSWORD)),
            positive(config, "node.timeout"),
            positive(config, "node.template-age"),
            positive(config, "node.poll-interval"),
            positive(config, "node.longest-pause")),
        new Configuration.Service(
            positive(config, "service.timeout"),
            positive(config, "service.poll-interval"),
            positive(config, "service.longest-pause")),
        texts(config.getObject(SOURCES), "a source of work"),
        new Configuration.Progress(positive(config, "progress.plain-interval")),
        new Configuration.Notify(
            config.getString("notify.url"),
            positive(config, "notify.timeout"),
            (int) atLeast(config, "notify.attempts", 1, 10)),
        plan(config),
        texts(config.getObject(SPARK), "a Spark setting"));
  }

  private static int compactFiles(Config config) {
    int files = (int) atLeast(config, "compaction.files", 0, 100_000);
    if (files == 1) {
      throw invalid(config, "compaction.files", "must be 0 (never) or at least 2");
    }
    return files;
  }

  private static Configuration.Rules rules(Config config) {
    int window = (int) atLeast(config, "chain.retarget-window", 0, 1_000_000);
    if (window == 1) {
      throw invalid(config, "chain.retarget-window", "must be 0 (fixed) or at least 2");
    }
    return new Configuration.Rules(
        wholeSeconds(config, "chain.block-interval"),
        window,
        (int) atLeast(config, "chain.retarget-clamp", 2, 1_000_000),
        headerTime(config, "chain.genesis-time"),
        config.getString("chain.genesis-data"),
        (int) atLeast(config, "chain.genesis-difficulty", 0, 32));
  }

  /** Headers know no parts of a second. */
  private static Duration wholeSeconds(Config config, String key) {
    Duration value = positive(config, key);
    if (value.getNano() != 0) {
      throw invalid(config, key, "must be whole seconds");
    }
    return value;
  }

  private static Configuration.Plan plan(Config config) {
    return new Configuration.Plan(
        (int) atLeast(config, "plan.executor-cores", 1, 1_024),
        (int) atLeast(config, "plan.max-executors", 1, 1_000_000),
        positive(config, "plan.startup"),
        positive(config, "plan.local-startup"),
        positive(config, "plan.measure-time"),
        config.getString("plan.prices-of"),
        config.getString("plan.currency"),
        instances(config));
  }

  /** By name, so that every run shows them in the same order. */
  private static Map<String, Configuration.Instance> instances(Config config) {
    Map<String, Configuration.Instance> instances = new TreeMap<>();
    for (String name : config.getObject(INSTANCES).keySet()) {
      instances.put(name, instance(config, INSTANCES + "." + ConfigUtil.quoteString(name) + "."));
    }
    return instances;
  }

  private static Configuration.Instance instance(Config config, String key) {
    String unit = config.hasPath(key + "gpus") ? "gpu" : "vcpu";
    String rateIs = key + "rate-is";
    String kind = config.hasPath(rateIs) ? config.getString(rateIs) : RATE_KINDS.get(0);
    if (!RATE_KINDS.contains(kind)) {
      throw invalid(config, rateIs, "must be one of " + String.join(", ", RATE_KINDS));
    }
    return new Configuration.Instance(
        (int) atLeast(config, key + unit + "s", 1, 1_024),
        positiveNumber(config, key + "price-per-hour"),
        positiveNumber(config, key + "rate-per-" + unit),
        kind);
  }

  private static double positiveNumber(Config config, String key) {
    double value = number(config, key).doubleValue();
    if (!(value > 0) || Double.isInfinite(value)) {
      throw invalid(config, key, "must be more than 0");
    }
    return value;
  }

  private static Instant headerTime(Config config, String key) {
    try {
      Instant time = Instant.parse(config.getString(key));
      if (time.getNano() == 0 && time.getEpochSecond() >>> 32 == 0) {
        return time;
      }
    } catch (DateTimeParseException e) {
      throw invalid(config, key, "must be a time such as 2026-01-01T00:00:00Z");
    }
    throw invalid(config, key, "must be whole seconds, from 1970 to 2106");
  }

  private static Duration positive(Config config, String key) {
    try {
      return UnitParser.duration(config.getString(key));
    } catch (IllegalArgumentException e) {
      throw invalid(config, key, UnitParser.DURATION_RULE);
    }
  }

  private static long atLeast(Config config, String key, long min, long max) {
    // Typesafe's getLong would cut digits off without a word.
    BigDecimal value = number(config, key);
    if (value.stripTrailingZeros().scale() > 0) {
      throw invalid(config, key, "must be a whole number");
    }
    if (value.compareTo(BigDecimal.valueOf(min)) < 0
        || value.compareTo(BigDecimal.valueOf(max)) > 0) {
      throw invalid(config, key, "must be from " + min + " to " + max);
    }
    return value.longValueExact();
  }

  private static BigDecimal number(Config config, String key) {
    try {
      return UnitParser.number(config.getString(key));
    } catch (IllegalArgumentException e) {
      throw invalid(config, key, UnitParser.NUMBER_RULE);
    }
  }

  private static ConfigurationException invalid(Config config, String key, String rule) {
    ConfigValue value = config.getValue(key);
    return new ConfigurationException(
        value.origin().description()
            + ": "
            + ROOT
            + "."
            + key
            + " "
            + rule
            + ", got "
            + value.unwrapped());
  }

  /** Any keys with texts; nested objects become dotted keys, as Spark's are. */
  private static Map<String, String> texts(ConfigObject object, String what) {
    Map<String, String> settings = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : object.toConfig().entrySet()) {
      if (entry.getValue().valueType() == ConfigValueType.LIST) {
        throw new ConfigurationException(
            entry.getValue().origin().description() + ": " + what + " can't be a list");
      }
      settings.put(
          String.join(".", ConfigUtil.splitPath(entry.getKey())),
          String.valueOf(entry.getValue().unwrapped()));
    }
    return settings;
  }

  private static String oneLine(ConfigException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("configuration error").strip();
  }
}
