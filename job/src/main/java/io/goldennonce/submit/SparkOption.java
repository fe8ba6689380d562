package io.goldennonce.submit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.launcher.SparkSubmitArgumentsParser;

/**
 * An option of {@code spark-submit}.
 *
 * @param name the long one
 * @param value nothing for a switch
 */
record SparkOption(String name, Optional<String> value) {
  static final String CONF = "--conf";

  static SparkOption conf(String key, String value) {
    return new SparkOption(CONF, Optional.of(key + "=" + value));
  }

  /** Whether it sets one of these settings. */
  boolean sets(String key) {
    return name.equals(CONF) && value.filter(text -> text.startsWith(key + "=")).isPresent();
  }

  Stream<String> words() {
    return Stream.concat(Stream.of(name), value.stream());
  }

  /**
   * The option that some words begin with.
   *
   * @return nothing if this Spark's {@code spark-submit} has no such option
   * @throws SubmitException if it has no value and needs one
   */
  static Optional<Parsed> parse(List<String> words) {
    First first = new First();
    try {
      first.of(words);
    } catch (IllegalArgumentException e) {
      throw SubmitException.usage(words.get(0) + " needs a value");
    }
    return first.option.map(option -> new Parsed(option, words.size() - first.left));
  }

  /**
   * An option as it was found.
   *
   * @param length in words
   */
  record Parsed(SparkOption option, int length) {}

  /** Spark's own parser, which knows all options, ended after the first one. */
  private static final class First extends SparkSubmitArgumentsParser {
    private Optional<SparkOption> option = Optional.empty();
    private int left;

    void of(List<String> words) {
      parse(new ArrayList<>(words));
    }

    @Override
    public boolean handle(String name, String value) {
      option = Optional.of(new SparkOption(name, Optional.ofNullable(value)));
      return false;
    }

    @Override
    public boolean handleUnknown(String word) {
      return false;
    }

    @Override
    public void handleExtraArgs(List<String> rest) {
      left = rest.size();
    }
  }
}
