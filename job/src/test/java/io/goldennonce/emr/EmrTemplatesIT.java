package io.goldennonce.emr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CloudFormation templates, synthesised offline by the AWS CDK, which knows every property. */
@Tag("full")
class EmrTemplatesIT {
  private static final Path SOURCES = EmrScriptIT.root().resolve("job/src/test/emr");

  /** Kept between runs: what package.json pins does not change. */
  private static final Path CDK = EmrScriptIT.root().resolve("job/target/cdk");

  /** All templates at once: starting the CDK takes longer than reading them. */
  private static JsonNode templates = MissingNode.getInstance();

  @TempDir private Path directory = Path.of("set by JUnit");

  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void synthesise() throws Exception {
    installCdk();
    Ended ended =
        synth(Stream.of("ec2", "ec2-gpu", "serverless").map(EmrTemplatesIT::template).toList());
    assertThat(ended.code).as(ended.err).isZero();
    assertThat(ended.err).doesNotContain("[Warning]");
    templates = new ObjectMapper().readTree(ended.out);
  }

  private static void installCdk() throws Exception {
    boolean npm =
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "npm")));
    assumeTrue(npm || "true".equals(System.getenv("CI")), "npm is missing: apt-get install npm");
    Files.createDirectories(CDK);
    for (String name : List.of("package.json", "package-lock.json", "synth.js")) {
      Files.copy(SOURCES.resolve(name), CDK.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    JsonNode pinned =
        new ObjectMapper().readTree(CDK.resolve("package.json").toFile()).at("/dependencies");
    Path installed = CDK.resolve("node_modules/aws-cdk-lib/package.json");
    if (!Files.exists(installed)
        || !new ObjectMapper()
            .readTree(installed.toFile())
            .get("version")
            .equals(pinned.get("aws-cdk-lib"))) {
      Ended ended =
          run(CDK, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent");
      assertThat(ended.code).as(ended.err).isZero();
    }
  }

  @Test
  void ec2_synthesised_isPrivateEncryptedAndEndsItself() throws Exception {
    JsonNode resources = resources("ec2");
    JsonNode cluster = resources.at("/Cluster/Properties");
    assertThat(cluster.at("/AutoTerminationPolicy/IdleTimeout").isMissingNode()).isFalse();
    assertThat(cluster.at("/ManagedScalingPolicy/ComputeLimits/UnitType").asText())
        .isEqualTo("InstanceFleetUnits");
    JsonNode spot = cluster.at("/Instances/TaskInstanceFleets/0");
    assertThat(spot.get("TargetOnDemandCapacity").asInt()).isZero();
    assertThat(spot.get("TargetSpotCapacity").asInt()).isPositive();
    JsonNode bucket = resources.at("/LogBucket/Properties");
    assertThat(bucket.get("PublicAccessBlockConfiguration"))
        .hasSize(4)
        .allSatisfy(setting -> assertThat(setting.asBoolean()).isTrue());
    assertThat(
            bucket
                .at("/BucketEncryption/ServerSideEncryptionConfiguration/0")
                .at("/ServerSideEncryptionByDefault/SSEAlgorithm")
                .asText())
        .isEqualTo("aws:kms");
    assertThat(
            resources
                .at("/Encryption/Properties/SecurityConfiguration/EncryptionConfiguration")
                .get("EnableAtRestEncryption")
                .asBoolean())
        .isTrue();
    for (String group : List.of("NodeGroup", "ServiceAccessGroup")) {
      assertThat(resources.at("/" + group + "/Properties/SecurityGroupIngress").isMissingNode())
          .isTrue();
    }
    assertRolesAllowLittle(resources);
  }

  /**
   * All but the cluster is as in the other template, and its classifications are those for GPUs.
   */
  @Test
  void ec2Gpu_synthesised_differsInTheClusterAlone() throws Exception {
    JsonNode resources = resources("ec2-gpu");
    JsonNode others = resources("ec2");
    JsonNode cluster = resources.at("/Cluster/Properties");
    for (JsonNode both : List.of(resources, others)) {
      ((ObjectNode) both).remove("Cluster");
    }
    assertThat(resources).isEqualTo(others);
    assertThat(cluster.at("/BootstrapActions/0/ScriptBootstrapAction/Args/1").asText())
        .contains("mount -t cgroup -o devices cgroupv1-devices /spark-rapids-cgroup/devices");
    Map<String, JsonNode> settings = new HashMap<>();
    cluster
        .get("Configurations")
        .forEach(
            each ->
                settings.put(
                    each.get("Classification").asText(), each.path("ConfigurationProperties")));
    assertThat(settings)
        .containsOnlyKeys(
            "spark", "spark-defaults", "capacity-scheduler", "yarn-site", "container-executor");
    // What scripts/submit.sh --gpus 1 asks for elsewhere.
    for (String line : Files.readAllLines(EmrScriptIT.root().resolve("conf/gpu.conf"))) {
      if (line.startsWith("spark.")
          && !line.contains("discoveryScript")
          && !line.contains("vendor")) {
        String[] setting = line.split(" +");
        assertThat(Objects.requireNonNull(settings.get("spark-defaults")).path(setting[0]).asText())
            .as(setting[0])
            .isEqualTo(setting[1]);
      }
    }
    for (JsonNode fleet :
        List.of(
            cluster.at("/Instances/CoreInstanceFleet"),
            cluster.at("/Instances/TaskInstanceFleets/0"))) {
      assertThat(fleet.get("InstanceTypeConfigs"))
          .as("every node manager's node has a GPU")
          .isNotEmpty()
          .allSatisfy(
              type -> assertThat(type.get("InstanceType").asText()).matches("g\\w+\\.xlarge"));
    }
  }

  @Test
  void serverless_synthesised_isReadyAndStopsItself() throws Exception {
    JsonNode resources = resources("serverless");
    JsonNode application = resources.at("/Application/Properties");
    assertThat(application.at("/AutoStopConfiguration/Enabled").asBoolean()).isTrue();
    assertThat(application.get("InitialCapacity")).hasSize(2);
    assertThat(application.at("/MaximumCapacity/Cpu").isMissingNode()).isFalse();
    assertRolesAllowLittle(resources);
  }

  @Test
  void template_wrongProperty_isNotSynthesised() throws Exception {
    Path broken = directory.resolve("broken.yaml");
    Files.writeString(
        broken,
        Files.readString(template("ec2"))
            .replace("EnableKeyRotation: true", "EnableKeyRotation: [sometimes]"));
    assertThat(synth(List.of(broken)).code).isNotZero();
  }

  /** No statement of ours allows every action, or an action on everything, but the key's own. */
  private static void assertRolesAllowLittle(JsonNode resources) {
    for (JsonNode resource : resources) {
      for (JsonNode policy : resource.at("/Properties/Policies")) {
        for (JsonNode statement : policy.at("/PolicyDocument/Statement")) {
          assertThat(statement.get("Resource").toString()).isNotEqualTo("\"*\"");
          assertThat(statement.get("Action").toString()).doesNotContain("*");
        }
      }
    }
  }

  private static Path template(String name) {
    return EmrScriptIT.root().resolve("emr/" + name + ".yaml");
  }

  /** A template's, a copy of the caller's own. */
  private static JsonNode resources(String name) {
    return templates.path(template(name).toString()).path("Resources").deepCopy();
  }

  private static Ended synth(List<Path> files) throws Exception {
    List<String> command = new ArrayList<>(List.of("node", "synth.js"));
    files.forEach(file -> command.add(file.toString()));
    return run(CDK, command.toArray(String[]::new));
  }

  private static Ended run(Path directory, String... command) throws Exception {
    File err = File.createTempFile("run", ".err");
    List<String> words = new ArrayList<>(Arrays.asList(command));
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(directory.toFile()).redirectError(err);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    Ended ended = new Ended(code, out, Files.readString(err.toPath()));
    Files.delete(err.toPath());
    return ended;
  }
}
