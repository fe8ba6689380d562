package io.goldennonce.submit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * How one of EMR's services runs a job: calls of the AWS CLI, in which {@code ID} stands for the
 * job's id.
 *
 * @param submission prints the id
 * @param state prints the job's state
 * @param cancellation asks the job to stop in order
 * @param logFolder the driver's log in S3, below the answer to {@code logRoot}
 * @param logRoot prints where the logs are; empty if that is known
 */
record EmrPlatform(
    List<String> submission,
    List<String> state,
    List<String> cancellation,
    String logFolder,
    List<String> logRoot) {
  /**
   * The driver runs on the primary node, which no spot loss ends, in a folder with what was
   * uploaded. The folder is removed when the driver has ended.
   */
  private static final String ON_PRIMARY =
      "d=$(mktemp -d) && cd \"$d\" && aws s3 cp --only-show-errors --recursive \"$1\" . && shift"
          + " || exit 4; spark-submit \"$@\" & p=$!; trap \"kill $p\" INT TERM;"
          + " until wait $p; c=$?; ! kill -0 $p 2>/dev/null; do :; done; rm -rf \"$d\"; exit $c";

  static EmrPlatform of(SubmitArguments arguments, EmrJob job) {
    String platform = arguments.own("--on").orElse("");
    return switch (platform) {
      case "emr" -> cluster(arguments.needed("--cluster-id", "j-.+", " j-…"), job);
      case "emr-serverless" ->
          serverless(
              arguments.needed("--application-id", ".+", ""),
              arguments.needed("--execution-role", "arn:.+", " ARN"),
              job);
      default ->
          throw SubmitException.usage("--on must be emr or emr-serverless, got '" + platform + "'");
    };
  }

  /** A step on a cluster of EMR on EC2. */
  private static EmrPlatform cluster(String cluster, EmrJob job) {
    ArrayNode steps = JsonNodeFactory.instance.arrayNode();
    ArrayNode words =
        steps
            .addObject()
            .put("Type", "CUSTOM_JAR")
            .put("Name", job.name())
            .put("ActionOnFailure", "CONTINUE")
            .put("Jar", "command-runner.jar")
            .putArray("Args");
    List.of("bash", "-c", ON_PRIMARY, "golden-nonce", job.folder() + "/").forEach(words::add);
    List.of("--deploy-mode", "client", "--class", "MineJob").forEach(words::add);
    job.settings().forEach((key, value) -> words.add("--conf").add(key + "=" + value));
    // A node that YARN decommissions (a spot notice, a scale-in) lets its executors finish.
    words.add("--conf").add("spark.decommission.enabled=true");
    job.options().forEach(words::add);
    words.add("golden-nonce.jar");
    job.program().forEach(words::add);
    return new EmrPlatform(
        aws(
            "emr add-steps --cluster-id ? --output text --query StepIds[0] --steps ?",
            cluster,
            steps.toString()),
        aws(
            "emr describe-step --cluster-id ? --step-id ID --output text --query"
                + " Step.Status.State",
            cluster),
        aws(
            "emr cancel-steps --cluster-id ? --step-ids ID --step-cancellation-option"
                + " SEND_INTERRUPT",
            cluster),
        "/" + cluster + "/steps/ID",
        aws("emr describe-cluster --cluster-id ? --output text --query Cluster.LogUri", cluster));
  }

  /** A job run of an application of EMR Serverless. */
  private static EmrPlatform serverless(String application, String role, EmrJob job) {
    ObjectNode driver = JsonNodeFactory.instance.objectNode();
    ObjectNode submit = driver.putObject("sparkSubmit").put("entryPoint", job.jar());
    job.program().forEach(submit.putArray("entryPointArguments")::add);
    submit.put("sparkSubmitParameters", String.join(" ", parameters(job)));
    ObjectNode overrides = JsonNodeFactory.instance.objectNode();
    ObjectNode defaults = overrides.putArray("applicationConfiguration").addObject();
    defaults.put("classification", "spark-defaults");
    job.settings().forEach(defaults.putObject("properties")::put);
    overrides
        .putObject("monitoringConfiguration")
        .putObject("s3MonitoringConfiguration")
        .put("logUri", job.staging() + "/logs/");
    return new EmrPlatform(
        aws(
            "emr-serverless start-job-run --application-id ? --execution-role-arn ? --name ?"
                + " --output text --query jobRunId --job-driver ? --configuration-overrides ?",
            application,
            role,
            job.name(),
            driver.toString(),
            overrides.toString()),
        aws(
            "emr-serverless get-job-run --application-id ? --job-run-id ID --output text --query"
                + " jobRun.state",
            application),
        aws("emr-serverless cancel-job-run --application-id ? --job-run-id ID", application),
        job.staging() + "/logs/applications/" + application + "/jobs/ID/SPARK_DRIVER",
        List.of());
  }

  private static List<String> parameters(EmrJob job) {
    List<String> words = new ArrayList<>(List.of("--class", "MineJob"));
    words.addAll(job.options());
    String files = String.join(",", job.configurations());
    int given = words.lastIndexOf("--files");
    if (given >= 0 && !files.isEmpty()) {
      // Spark takes only the last of these options.
      words.set(given + 1, words.get(given + 1) + "," + files);
    } else if (!files.isEmpty()) {
      words.addAll(List.of("--files", files));
    }
    for (String word : words) {
      // They travel as one string, and how that is split is not documented.
      if (!word.matches("[^\\s\"'\\\\]*")) {
        throw SubmitException.usage(
            "on EMR Serverless a Spark option can't hold spaces or quotes, got '" + word + "'");
      }
    }
    return words;
  }

  /**
   * A call of the AWS CLI.
   *
   * @param words separated by spaces, with a question mark for each value
   */
  static List<String> aws(String words, String... values) {
    Iterator<String> value = List.of(values).iterator();
    return Arrays.stream(("aws " + words).split(" "))
        .map(word -> word.equals("?") ? value.next() : word)
        .toList();
  }
}
