package io.goldennonce.submit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.launcher.SparkSubmitArgumentsParser;

/**
 * What was typed after {@code submit.sh}.
 *
 * @param own options of submit.sh itself, with their values
 * @param spark options of {@code spark-submit}, in their order
 * @param program the command and its arguments
 * @param isDryRun whether to show what would run, and run nothing
 * @param asksForHelp whether the rest does not count
 */
record SubmitArguments(
    Map<String, String> own,
    List<SparkOption> spark,
    List<String> program,
    boolean isDryRun,
    boolean asksForHelp) {
  private static final Set<String> OWN =
      Set.of(
          "--staging",
          "--jar",
          "--gpus",
          "--on",
          "--cluster-id",
          "--application-id",
          "--execution-role");

  SubmitArguments {
    own = Map.copyOf(own);
    spark = List.copyOf(spark);
    program = List.copyOf(program);
  }

  /**
   * Reads a command line. The command is the first word that is no option and no option's value, or
   * what follows {@code --}.
   *
   * @throws SubmitException if an option is neither ours nor Spark's, or the command is missing
   */
  static SubmitArguments parse(List<String> words) {
    Map<String, String> own = new HashMap<>();
    List<SparkOption> spark = new ArrayList<>();
    boolean dryRun = false;
    for (int at = 0; ; ) {
      SparkOptions options = new SparkOptions(spark);
      at += options.read(words.subList(at, words.size()));
      String word = at < words.size() ? words.get(at) : "";
      String[] pair = word.split("=", 2);
      if (options.asksForHelp) {
        return new SubmitArguments(own, spark, List.of(), dryRun, true);
      } else if (word.equals("--dry-run")) {
        dryRun = true;
        at++;
      } else if (OWN.contains(pair[0])) {
        at++;
        if (pair.length == 1 && at == words.size()) {
          throw SubmitException.usage(word + " needs a value");
        }
        own.put(pair[0], pair.length == 2 ? pair[1] : words.get(at++));
      } else if (word.startsWith("-") && !word.equals("--")) {
        throw SubmitException.usage(
            "spark-submit has no option "
                + pair[0]
                + "; options of a command must follow its name");
      } else {
        List<String> program = words.subList(word.equals("--") ? at + 1 : at, words.size());
        if (program.isEmpty()) {
          throw SubmitException.usage("no command after the options; see --help");
        }
        return new SubmitArguments(own, spark, program, dryRun, false);
      }
    }
  }

  /** Spark's own parser, which knows all of its options, up to a word that is none of them. */
  private static final class SparkOptions extends SparkSubmitArgumentsParser {
    private final List<SparkOption> found;
    private boolean asksForHelp;
    private int left;

    SparkOptions(List<SparkOption> found) {
      this.found = found;
    }

    /** Returns how many words were read. */
    int read(List<String> words) {
      try {
        parse(words);
        return words.size() - left;
      } catch (IllegalArgumentException e) {
        throw SubmitException.usage(words.get(words.size() - 1) + " needs a value");
      }
    }

    @Override
    public boolean handle(String name, String value) {
      asksForHelp = name.equals("--help");
      if (!asksForHelp) {
        found.add(new SparkOption(name, Optional.ofNullable(value)));
      }
      return !asksForHelp;
    }

    @Override
    public boolean handleUnknown(String word) {
      left = 1;
      return false;
    }

    @Override
    public void handleExtraArgs(List<String> rest) {
      left += rest.size();
    }
  }

  /** The value of an option of ours. */
  Optional<String> own(String name) {
    return Optional.ofNullable(own.get(name));
  }

  /**
   * The value of an option that the platform of {@code --on} needs.
   *
   * @param form a regular expression
   * @param label for the message
   */
  String needed(String name, String form, String label) {
    String value = own.getOrDefault(name, "");
    if (!value.matches("(?s)" + form)) {
      throw SubmitException.usage(
          "--on " + own.get("--on") + " needs " + name + label + ", got '" + value + "'");
    }
    return value;
  }

  /** A folder's URI, without a slash at its end; empty if there is none. */
  String staging() {
    return own.getOrDefault("--staging", "").replaceFirst("/$", "");
  }

  /** The last value that an option of Spark has, as Spark takes it. */
  Optional<String> option(String name) {
    return spark.stream()
        .filter(option -> option.name().equals(name))
        .reduce((first, second) -> second)
        .flatMap(SparkOption::value);
  }

  /** Spark's options, without those for JVMs, to which a submission adds something. */
  List<SparkOption> others() {
    return spark.stream()
        .filter(option -> !option.name().equals("--driver-java-options"))
        .filter(option -> !option.sets(SparkSettings.DRIVER_JVM))
        .filter(option -> !option.sets(SparkSettings.EXECUTOR_JVM))
        .toList();
  }
}
