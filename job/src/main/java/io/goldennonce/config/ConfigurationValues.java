package io.goldennonce.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads values by key, checked for type, unit and range; an error names the file and line. */
final class ConfigurationValues {
  private final Config config;

  ConfigurationValues(Config config) {
    this.config = config;
  }

  String text(String key) {
    return config.getString(key);
  }

  Set<String> names(String key) {
    return config.getObject(key).keySet();
  }

  /** Headers know no parts of a second. */
  Duration wholeSeconds(String key) {
    Duration value = positive(key);
    if (value.getNano() != 0) {
      throw invalid(key, "must be whole seconds");
    }
    return value;
  }

  double positiveNumber(String key) {
    double value = number(key).doubleValue();
    if (!(value > 0) || Double.isInfinite(value)) {
      throw invalid(key, "must be more than 0");
    }
    return value;
  }

  double notNegativeNumber(String key) {
    return number(key).signum() == 0 ? 0 : positiveNumber(key);
  }

  double share(String key) {
    double value = notNegativeNumber(key);
    if (value > 1) {
      throw invalid(key, "must be from 0 to 1");
    }
    return value;
  }

  boolean flag(String key) {
    String value = config.getString(key);
    if (!value.equals("true") && !value.equals("false")) {
      throw invalid(key, "must be true or false");
    }
    return value.equals("true");
  }

  Instant headerTime(String key) {
    try {
      Instant time = Instant.parse(config.getString(key));
      if (time.getNano() == 0 && time.getEpochSecond() >>> 32 == 0) {
        return time;
      }
    } catch (DateTimeParseException e) {
      throw invalid(key, "must be a time such as 2026-01-01T00:00:00Z");
    }
    throw invalid(key, "must be whole seconds, from 1970 to 2106");
  }

  Duration positive(String key) {
    try {
      return UnitParser.duration(config.getString(key));
    } catch (IllegalArgumentException e) {
      throw invalid(key, UnitParser.DURATION_RULE);
    }
  }

  long atLeast(String key, long min, long max) {
    // Typesafe's getLong would truncate silently.
    BigDecimal value = number(key);
    if (value.stripTrailingZeros().scale() > 0) {
      throw invalid(key, "must be a whole number");
    }
    if (value.compareTo(BigDecimal.valueOf(min)) < 0
        || value.compareTo(BigDecimal.valueOf(max)) > 0) {
      throw invalid(key, "must be from " + min + " to " + max);
    }
    return value.longValueExact();
  }

  BigDecimal number(String key) {
    try {
      return UnitParser.number(config.getString(key));
    } catch (IllegalArgumentException e) {
      throw invalid(key, UnitParser.NUMBER_RULE);
    }
  }

  boolean has(String key) {
    return config.hasPath(key);
  }

  ConfigurationException invalid(String key, String rule) {
    ConfigValue value = config.getValue(key);
    return new ConfigurationException(
        "%s: %s.%s %s, got %s"
            .formatted(
                value.origin().description(),
                ConfigurationLoader.ROOT,
                key,
                rule,
                value.unwrapped()));
  }

  /** Texts by any keys; nested objects become dotted keys, like Spark's. */
  Map<String, String> texts(String key, String what) {
    Map<String, String> settings = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : config.getObject(key).toConfig().entrySet()) {
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
}
