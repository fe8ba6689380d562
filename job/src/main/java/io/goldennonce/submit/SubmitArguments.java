package io.goldennonce.submit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  static final String STAGING = "--staging";
  static final String JAR = "--jar";
  static final String GPUS = "--gpus";
  static final String ON = "--on";
  static final String CLUSTER = "--cluster-id";
  static final String APPLICATION = "--application-id";
  static final String ROLE = "--execution-role";

  private static final Set<String> OWN = Set.of(STAGING, JAR, GPUS, ON, CLUSTER, APPLICATION, ROLE);

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
    int at = 0;
    while (at < words.size() && words.get(at).startsWith("-") && !words.get(at).equals("--")) {
      String word = words.get(at);
      String name = name(word);
      if (word.equals("--help") || word.equals("-h")) {
        return new SubmitArguments(own, spark, List.of(), dryRun, true);
      } else if (word.equals("--dry-run")) {
        dryRun = true;
        at++;
      } else if (OWN.contains(name)) {
        own.put(name, ownValue(words, at));
        at += word.equals(name) ? 2 : 1;
      } else {
        SparkOption.Parsed parsed =
            SparkOption.parse(words.subList(at, words.size()))
                .orElseThrow(
                    () ->
                        SubmitException.usage(
                            "spark-submit has no option "
                                + name
                                + "; what belongs to a command stands after it"));
        spark.add(parsed.option());
        at += parsed.length();
      }
    }
    int command = at < words.size() && words.get(at).equals("--") ? at + 1 : at;
    List<String> program = words.subList(command, words.size());
    if (program.isEmpty()) {
      throw SubmitException.usage("no command after the options; see --help");
    }
    return new SubmitArguments(own, spark, program, dryRun, false);
  }

  private static String name(String word) {
    int equals = word.indexOf('=');
    return word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
  }

  private static String ownValue(List<String> words, int at) {
    String word = words.get(at);
    String name = name(word);
    if (!word.equals(name)) {
      return word.substring(name.length() + 1);
    }
    if (at + 1 == words.size()) {
      throw SubmitException.usage(name + " needs a value");
    }
    return words.get(at + 1);
  }

  /** The value of an option of ours. */
  Optional<String> own(String name) {
    return Optional.ofNullable(own.get(name));
  }

  /** A folder's URI, without a slash at its end. */
  Optional<String> staging() {
    return own(STAGING).map(uri -> uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri);
  }

  /** The last value that an option of Spark has, as Spark takes it. */
  Optional<String> option(String name) {
    return spark.stream()
        .filter(option -> option.name().equals(name))
        .reduce((first, second) -> second)
        .flatMap(SparkOption::value);
  }

  /** The last value that {@code --conf} gives a setting. */
  Optional<String> conf(String key) {
    return spark.stream()
        .filter(option -> option.sets(key))
        .reduce((first, second) -> second)
        .flatMap(SparkOption::value)
        .map(text -> text.substring(key.length() + 1));
  }
}
