package io.goldennonce.emr;

import static io.goldennonce.emr.EmrOptions.JOB_RUN;
import static io.goldennonce.emr.EmrOptions.STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.submit.Submit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The AWS CLI's real calls by {@code submit.sh --on}, their bodies checked against the services'
 * models.
 */
@Tag("full")
@Execution(ExecutionMode.CONCURRENT)
class EmrScriptIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path AWS = Path.of("/usr/bin/aws");
  private static final String STEP_LOGS = "/bucket/emr/j-1/steps/s-1/";
  private static final String RUN_LOGS = "/bucket/gn/logs/applications/00f/jobs/r1/SPARK_DRIVER/";

  @TempDir private Path directory = Path.of("set by JUnit");

  @BeforeEach
  void prepare() throws IOException {
    Files.writeString(directory.resolve("x.jar"), "a jar");
    Files.writeString(directory.resolve("my.conf"), "a { b = c }");
  }

  @Test
  void step_completed_printsWhatTheDriverSaid() throws Exception {
    try (AwsRecorder aws = new AwsRecorder("PENDING", "RUNNING", "COMPLETED")) {
      aws.put(STEP_LOGS + "stdout.gz", "hash 00\n");
      aws.put(STEP_LOGS + "stderr.gz", "a log\ngolden-nonce exit code 0\n");
      Ended ended =
          run(
              aws,
              STEP,
              List.of("--conf", "spark.executor.memory=2g"),
              List.of("mine", "--data", "it's \"two\" wörds\n$x \\", "-c", "my.conf"));
      assertThat(ended.err).contains("s-1 PENDING", "s-1 RUNNING", "s-1 COMPLETED", "a log");
      assertThat(ended.out).isEqualTo("hash 00\n");
      assertThat(ended.code).isZero();
      assertThat(aws.calls("PUT /bucket/gn/runs/"))
          .extracting(call -> Path.of(call.path()).getFileName().toString())
          .containsExactly("golden-nonce.jar", "1-my.conf");
      // It may hold a password.
      assertThat(aws.calls("DELETE /bucket/gn/runs/"))
          .extracting(call -> Path.of(call.path()).getFileName().toString())
          .containsExactly("1-my.conf");
      JsonNode body = JSON.readTree(aws.calls("AddJobFlowSteps").get(0).body());
      assertThat(faults("emr", "AddJobFlowSteps", body)).isEmpty();
      List<String> words = words(body.at("/Steps/0/HadoopJarStep/Args"));
      assertThat(words)
          .startsWith("bash", "-c")
          .containsSubsequence("--deploy-mode", "client", "--class", "MineJob")
          .contains(
              "spark.executor.extraJavaOptions=--add-modules=jdk.incubator.vector"
                  + " --add-opens=java.base/sun.security.provider=ALL-UNNAMED",
              "spark.dynamicAllocation.enabled=false",
              "spark.decommission.enabled=true",
              "spark.task.cpus=1",
              "spark.executor.memory=2g");
      assertThat(words.subList(words.indexOf("golden-nonce.jar"), words.size() - 1))
          .containsExactly("golden-nonce.jar", "--encoded");
      assertThat(decoded(words.get(words.size() - 1)))
          .isEqualTo("mine\0--data\0it's \"two\" wörds\n$x \\\0-c\0" + "1-my.conf\0");
      assertThat(body.at("/Steps/0/ActionOnFailure").asText()).isEqualTo("CONTINUE");
    }
  }

  @Test
  void step_failed_endsWithTheProgramsExitCode() throws Exception {
    try (AwsRecorder aws = new AwsRecorder("FAILED")) {
      aws.put(STEP_LOGS + "stdout.gz", "outcome deadline\n");
      aws.put(STEP_LOGS + "stderr.gz", "golden-nonce exit code 3\nCommand exiting with ret '1'\n");
      Ended ended = run(aws, STEP, List.of(), List.of("mine", "--data", "a"));
      assertThat(ended.code).as(ended.err).isEqualTo(3);
      assertThat(ended.out).isEqualTo("outcome deadline\n");
    }
  }

  @Test
  void step_terminated_isAskedToStopAndFollowedToItsEnd() throws Exception {
    try (AwsRecorder aws = new AwsRecorder("RUNNING")) {
      aws.put(STEP_LOGS + "stdout.gz", "");
      aws.put(STEP_LOGS + "stderr.gz", "golden-nonce exit code 130\n");
      Process script = start(aws, STEP, List.of(), List.of("mine", "--data", "a"));
      while (aws.calls("DescribeStep").isEmpty()) {
        assertThat(script.isAlive()).isTrue();
        Thread.sleep(50);
      }
      script.destroy();
      while (aws.calls("CancelSteps").isEmpty()) {
        assertThat(script.isAlive()).isTrue();
        Thread.sleep(50);
      }
      aws.tell("CANCELLED");
      assertThat(end(script).code).isEqualTo(130);
      JsonNode body = JSON.readTree(aws.calls("CancelSteps").get(0).body());
      assertThat(faults("emr", "CancelSteps", body)).isEmpty();
      assertThat(body.get("StepCancellationOption").asText()).isEqualTo("SEND_INTERRUPT");
    }
  }

  @Test
  void jobRun_failedWithoutALog_is4() throws Exception {
    try (AwsRecorder aws = new AwsRecorder("SCHEDULED", "FAILED")) {
      Ended ended = run(aws, JOB_RUN, List.of(), List.of("mine", "--data", "a"));
      assertThat(ended.code).isEqualTo(4);
      assertThat(ended.err).contains("no log at s3:/" + RUN_LOGS + "stderr.gz");
    }
  }

  @Test
  void jobRun_success_printsWhatTheDriverSaid() throws Exception {
    try (AwsRecorder aws = new AwsRecorder("SUCCESS")) {
      aws.put(RUN_LOGS + "stdout.gz", "hash 00\n");
      aws.put(RUN_LOGS + "stderr.gz", "golden-nonce exit code 0\n");
      Ended ended = run(aws, JOB_RUN, List.of(), List.of("mine", "--data", "a b", "-c", "my.conf"));
      assertThat(ended.code).as(ended.err).isZero();
      assertThat(ended.out).isEqualTo("hash 00\n");
      ObjectNode body =
          JSON.readValue(
              aws.calls("POST /applications/00f/jobruns").get(0).body(), ObjectNode.class);
      body.put("applicationId", "00f");
      assertThat(faults("emr-serverless", "StartJobRun", body)).isEmpty();
      assertThat(words(body.at("/jobDriver/sparkSubmit/entryPointArguments")))
          .first()
          .isEqualTo("--encoded");
      assertThat(decoded(words(body.at("/jobDriver/sparkSubmit/entryPointArguments")).get(1)))
          .isEqualTo("mine\0--data\0a b\0-c\0" + "1-my.conf\0");
      assertThat(body.at("/jobDriver/sparkSubmit/sparkSubmitParameters").asText())
          .matches("--class MineJob --files s3://bucket/gn/runs/.*/1-my.conf");
      assertThat(
              body.at("/configurationOverrides/applicationConfiguration/0/properties")
                  .get("spark.driver.extraJavaOptions")
                  .asText())
          .startsWith("--add-modules=jdk.incubator.vector ");
    }
  }

  @Test
  void eksJobTemplate_byTheModel_isRight() throws Exception {
    ObjectNode template =
        JSON.readValue(
            Files.readString(root().resolve("emr/eks-job-template.json")), ObjectNode.class);
    template.put("clientToken", "t");
    assertThat(faults("emr-containers", "CreateJobTemplate", template)).isEmpty();
    template.put("nmae", "x");
    assertThat(faults("emr-containers", "CreateJobTemplate", template)).contains("nmae");
  }

  private static String decoded(String base64) {
    return new String(java.util.Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private record Ended(int code, String out, String err) {}

  private Ended run(
      AwsRecorder aws, List<String> platform, List<String> spark, List<String> program)
      throws Exception {
    return end(start(aws, platform, spark, program));
  }

  private Process start(
      AwsRecorder aws, List<String> platform, List<String> spark, List<String> program)
      throws IOException {
    requireAws();
    // Before 2.13 the CLI takes another endpoint by option only.
    Path cli = Files.createDirectories(directory.resolve("bin")).resolve("aws");
    Files.writeString(
        cli, "#!/bin/sh\nexec " + AWS + " --endpoint-url " + aws.endpoint() + " \"$@\"\n");
    assertThat(cli.toFile().setExecutable(true)).isTrue();
    List<String> options = new ArrayList<>(platform);
    options.addAll(spark);
    options.add("--");
    options.addAll(program);
    return process(
            "x.jar",
            options,
            Map.ofEntries(
                Map.entry("PATH", cli.getParent() + ":" + System.getenv("PATH")),
                Map.entry("AWS_ACCESS_KEY_ID", "x"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "x"),
                Map.entry("AWS_DEFAULT_REGION", "us-east-1"),
                Map.entry("AWS_EC2_METADATA_DISABLED", "true"),
                Map.entry("AWS_CONFIG_FILE", "/dev/null"),
                Map.entry("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
                Map.entry("GOLDEN_NONCE_POLL", "0.2"),
                Map.entry("GOLDEN_NONCE_LOG_WAIT", "1"),
                Map.entry("LC_ALL", "C.UTF-8")))
        .start();
  }

  private ProcessBuilder process(
      String jar, List<String> options, Map<String, String> environment) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        new ArrayList<>(List.of(java.toString(), "-XX:TieredStopAtLevel=1", "-cp", classPath()));
    command.addAll(List.of(Submit.class.getName(), "run", root().toString(), jar));
    command.addAll(List.of(directory.toString(), "own"));
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile());
    builder.environment().putAll(environment);
    return builder;
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private Ended end(Process process) throws Exception {
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("the script ends").isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(directory.resolve("out")),
        Files.readString(directory.resolve("err")));
  }

  /** What a service's model finds wrong with an operation's input. */
  private static String faults(String service, String operation, JsonNode input) throws Exception {
    requireAws();
    Process python =
        new ProcessBuilder(
                "/usr/bin/python3",
                root().resolve("job/src/test/emr/validate.py").toString(),
                service,
                operation)
            .redirectErrorStream(true)
            .start();
    try (var in = python.getOutputStream()) {
      JSON.writeValue(in, input);
    }
    return new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static List<String> words(JsonNode array) {
    List<String> words = new ArrayList<>();
    array.forEach(word -> words.add(word.asText()));
    return words;
  }

  private static void requireAws() {
    assumeTrue(
        Files.isExecutable(AWS) || "true".equals(System.getenv("CI")),
        "The AWS CLI is not installed: apt-get install awscli");
  }

  static Path root() {
    return Path.of(System.getProperty("golden.nonce.root", "..")).toAbsolutePath().normalize();
  }
}
