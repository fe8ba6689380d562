package io.goldennonce.submit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A step on a cluster of EMR on EC2.
 *
 * @param cluster its id
 */
record EmrStep(String cluster) implements EmrPlatform {
  /**
   * The driver runs on the primary node, in a folder with what was uploaded: spot nodes come and go
   * without it. The folder goes when the driver has ended, or was asked to.
   */
  private static final String ON_PRIMARY =
      "d=$(mktemp -d) && cd \"$d\" && aws s3 cp --only-show-errors --recursive \"$1\" . && shift"
          + " || exit 4; spark-submit \"$@\" & p=$!; trap \"kill $p\" INT TERM;"
          + " until wait $p; c=$?; ! kill -0 $p 2>/dev/null; do :; done; rm -rf \"$d\"; exit $c";

  @Override
  public List<String> submission(EmrJob job) {
    ArrayNode arguments = JsonNodeFactory.instance.arrayNode();
    words(job).forEach(arguments::add);
    ArrayNode steps = JsonNodeFactory.instance.arrayNode();
    steps
        .addObject()
        .put("Type", "CUSTOM_JAR")
        .put("Name", job.name())
        .put("ActionOnFailure", "CONTINUE")
        .put("Jar", "command-runner.jar")
        .set("Args", arguments);
    return EmrPlatform.call(
        "emr add-steps --cluster-id ? --output text --query StepIds[0] --steps ?",
        cluster,
        steps.toString());
  }

  private static Stream<String> words(EmrJob job) {
    // A node that YARN decommissions (a spot notice, a scale-in) lets its executors finish.
    Stream<SparkOption> settings =
        Stream.concat(
            job.settings().stream(),
            Stream.of(SparkOption.conf("spark.decommission.enabled", "true")));
    return Stream.of(
            Stream.of("bash", "-c", ON_PRIMARY, "golden-nonce", job.run() + "/"),
            Stream.of("--deploy-mode", "client", "--class", "MineJob"),
            settings.flatMap(SparkOption::words),
            job.optionWords(),
            Stream.of("golden-nonce.jar"),
            job.program().stream())
        .flatMap(part -> part);
  }

  @Override
  public List<String> state(String id) {
    return EmrPlatform.call(
        "emr describe-step --cluster-id ? --step-id ? --output text --query Step.Status.State",
        cluster,
        id);
  }

  @Override
  public List<String> cancellation(String id) {
    return EmrPlatform.call(
        "emr cancel-steps --cluster-id ? --step-ids ? --step-cancellation-option SEND_INTERRUPT",
        cluster,
        id);
  }

  @Override
  public Optional<List<String>> whereLogsAre() {
    return Optional.of(
        EmrPlatform.call(
            "emr describe-cluster --cluster-id ? --output text --query Cluster.LogUri", cluster));
  }

  @Override
  public String logs(String id, EmrJob job, String answer) {
    // EMR gives s3n:// for what was said as s3://.
    String uri = answer.replaceFirst("^s3n:", "s3:").replaceFirst("/$", "");
    return uri + "/" + cluster + "/steps/" + id;
  }
}
