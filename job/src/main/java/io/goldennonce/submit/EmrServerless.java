package io.goldennonce.submit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A job run of an application of EMR Serverless.
 *
 * @param application its id
 * @param role the ARN of the role that the job has
 */
record EmrServerless(String application, String role) implements EmrPlatform {
  @Override
  public List<String> submission(EmrJob job) {
    ObjectNode driver = JsonNodeFactory.instance.objectNode();
    ObjectNode submit = driver.putObject("sparkSubmit").put("entryPoint", job.jar());
    job.program().forEach(submit.putArray("entryPointArguments")::add);
    submit.put("sparkSubmitParameters", String.join(" ", parameters(job)));
    ObjectNode overrides = JsonNodeFactory.instance.objectNode();
    ObjectNode properties =
        overrides
            .putArray("applicationConfiguration")
            .addObject()
            .put("classification", "spark-defaults")
            .putObject("properties");
    for (SparkOption setting : job.settings()) {
      String[] pair = setting.value().orElseThrow().split("=", 2);
      properties.put(pair[0], pair[1]);
    }
    overrides
        .putObject("monitoringConfiguration")
        .putObject("s3MonitoringConfiguration")
        .put("logUri", job.staging() + "/logs/");
    return EmrPlatform.call(
        "emr-serverless start-job-run --application-id ? --execution-role-arn ? --name ?"
            + " --output text --query jobRunId --job-driver ? --configuration-overrides ?",
        application,
        role,
        job.name(),
        driver.toString(),
        overrides.toString());
  }

  private static List<String> parameters(EmrJob job) {
    List<String> words = new ArrayList<>(List.of("--class", "MineJob"));
    if (!job.uploaded().isEmpty()) {
      words.addAll(List.of("--files", String.join(",", job.uploaded())));
    }
    for (String word : job.optionWords().toList()) {
      // They travel as one string, and how that is cut is not documented.
      if (!word.matches("[^\\s\"'\\\\]*")) {
        throw SubmitException.usage(
            "on EMR Serverless a Spark option can't hold spaces or quotes, got '" + word + "'");
      }
      words.add(word);
    }
    return words;
  }

  @Override
  public List<String> state(String id) {
    return EmrPlatform.call(
        "emr-serverless get-job-run --application-id ? --job-run-id ? --output text"
            + " --query jobRun.state",
        application,
        id);
  }

  @Override
  public List<String> cancellation(String id) {
    return EmrPlatform.call(
        "emr-serverless cancel-job-run --application-id ? --job-run-id ?", application, id);
  }

  @Override
  public Optional<List<String>> whereLogsAre() {
    return Optional.empty();
  }

  @Override
  public String logs(String id, EmrJob job, String answer) {
    return job.staging() + "/logs/applications/" + application + "/jobs/" + id + "/SPARK_DRIVER";
  }
}
