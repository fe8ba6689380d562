package io.goldennonce.submit;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** One way to run a job on EMR: calls of the AWS CLI, without the word {@code aws}. */
interface EmrPlatform {
  /** Submits the job and prints its id. */
  List<String> submission(EmrJob job);

  /** Prints a job's state. */
  List<String> state(String id);

  /** Asks a job to stop in order. */
  List<String> cancellation(String id);

  /** Prints where the cluster's logs are, if that must be asked. */
  Optional<List<String>> whereLogsAre();

  /**
   * The folder of a driver's log in S3.
   *
   * @param answer to {@link #whereLogsAre}; empty where nothing is asked
   */
  String logs(String id, EmrJob job, String answer);

  /**
   * A call in words.
   *
   * @param words with a question mark where a value goes
   */
  static List<String> call(String words, String... values) {
    Iterator<String> value = List.of(values).iterator();
    return Arrays.stream(words.split(" "))
        .map(word -> word.equals("?") ? value.next() : word)
        .toList();
  }

  /**
   * The platform that the options name.
   *
   * @throws SubmitException if one that it needs is missing
   */
  static EmrPlatform of(SubmitArguments arguments) {
    String platform = arguments.own(SubmitArguments.ON).orElse("");
    return switch (platform) {
      case "emr" -> new EmrStep(given(arguments, SubmitArguments.CLUSTER, "j-", " j-…"));
      case "emr-serverless" ->
          new EmrServerless(
              given(arguments, SubmitArguments.APPLICATION, "", ""),
              given(arguments, SubmitArguments.ROLE, "arn:", " ARN"));
      default ->
          throw SubmitException.usage("--on must be emr or emr-serverless, got '" + platform + "'");
    };
  }

  private static String given(SubmitArguments arguments, String name, String prefix, String label) {
    String value = arguments.own(name).orElse("");
    if (value.isEmpty() || !value.startsWith(prefix)) {
      throw SubmitException.usage(
          "--on "
              + arguments.own(SubmitArguments.ON).orElse("")
              + " needs "
              + name
              + label
              + ", got '"
              + value
              + "'");
    }
    return value;
  }
}
