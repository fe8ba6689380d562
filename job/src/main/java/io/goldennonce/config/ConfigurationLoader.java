package io.goldennonce.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration: {@code reference.conf}, then files, then single keys. Later values win.
 */
public final class ConfigurationLoader {
  static final String ROOT = "golden-nonce";

  /** Spark's settings: any key is allowed below. */
  static final String SPARK = "spark";

  static final String PASSWORD = "node.password";

  /** Instance types: any name is allowed below, with the keys of an instance. */
  static final String INSTANCES = "plan.instances";

  /** Sources of work: any name is allowed below, with a class. */
  static final String SOURCES = "work.sources";

  private static final List<String> INSTANCE_KEYS =
      List.of("vcpus", "gpus", "price-per-hour", "rate-per-vcpu", "rate-per-gpu", "rate-is");

  private ConfigurationLoader() {}

  /**
   * Loads the configuration.
   *
   * @param files HOCON files; later files win
   * @param keys single keys, with or without the prefix {@code golden-nonce}, and their values,
   *     which win over all files
   * @throws ConfigurationException if a file is missing or broken, a key unknown, or a value of the
   *     wrong type, unit or range
   */
  public static Configuration load(List<Path> files, Map<String, @Nullable String> keys) {
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
      return new ConfigurationReader(merged.resolve().getConfig(ROOT)).read();
    } catch (ConfigException e) {
      throw new ConfigurationException(oneLine(e), e);
    }
  }

  private static Config ofKeys(Map<String, @Nullable String> keys) {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, @Nullable String> entry : keys.entrySet()) {
      if (entry.getKey().isEmpty() || entry.getValue() == null) {
        throw new ConfigurationException(
            "-D must be KEY=VALUE, such as search.range-time=2s, got '"
                + (entry.getKey().isEmpty() ? "=" + entry.getValue() : entry.getKey())
                + "'");
      }
      String origin = "option -D " + entry.getKey();
      String key = belowRoot(entry.getKey());
      if (key.equals(PASSWORD)) {
        throw new ConfigurationException(
            origin
                + ": a password must not be in a command line, which other users can read; put it"
                + " into a file (-c) or the environment");
      }
      // A Spark setting is one key with dots in it.
      String path =
          key.startsWith(SPARK + ".") ? ConfigUtil.joinPath(ROOT, SPARK, key) : ROOT + "." + key;
      try {
        config =
            ConfigFactory.parseMap(Map.of(path, entry.getValue()), origin).withFallback(config);
      } catch (ConfigException.BadPath e) {
        throw new ConfigurationException(
            origin + ": a key must be names with a dot between them, such as search.range-time", e);
      }
    }
    return config;
  }

  /** The key below the root, for a key with or without the root. */
  private static String belowRoot(String key) {
    String inner = key.startsWith(ROOT + ".") ? key.substring(ROOT.length() + 1) : key;
    // In a file, it is the object spark with a name that starts with spark.
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
        throw unknown(entry.getValue(), key, new TreeSet<>(reference.keySet()));
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
          throw unknown(entry.getValue(), entry.getKey() + " of an instance", INSTANCE_KEYS);
        }
      }
    }
  }

  private static ConfigurationException unknown(
      ConfigValue value, String key, Collection<String> known) {
    return new ConfigurationException(
        "%s: unknown key %s; known here: %s"
            .formatted(value.origin().description(), key, String.join(", ", known)));
  }

  private static String oneLine(ConfigException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("configuration error").strip();
  }
}
