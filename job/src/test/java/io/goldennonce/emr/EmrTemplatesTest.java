package io.goldennonce.emr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CloudFormation templates, synthesised offline by the AWS CDK, which knows every property. */
class EmrTemplatesTest {
  private static final Path SOURCES = EmrScriptTest.root().resolve("job/src/test/emr");

  /** Kept between runs: what package.json pins does not change. */
  private static final Path CDK = EmrScriptTest.root().resolve("job/target/cdk");

  @TempDir private Path directory = Path.of("set by JUnit");

  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void installCdk() throws Exception {
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
    JsonNode resources = synthesised(EmrScriptTest.root().resolve("emr/ec2.yaml"));
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

  @Test
  void serverless_synthesised_isReadyAndStopsItself() throws Exception {
    JsonNode resources = synthesised(EmrScriptTest.root().resolve("emr/serverless.yaml"));
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
        Files.readString(EmrScriptTest.root().resolve("emr/ec2.yaml"))
            .replace("EnableKeyRotation: true", "EnableKeyRotation: [sometimes]"));
    assertThat(synth(broken).code).isNotZero();
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

  private static JsonNode synthesised(Path template) throws Exception {
    Ended ended = synth(template);
    assertThat(ended.code).as(ended.err).isZero();
    assertThat(ended.err).doesNotContain("[Warning]");
    return new ObjectMapper().readTree(ended.out).get("Resources");
  }

  private static Ended synth(Path template) throws Exception {
    return run(CDK, "node", "synth.js", template.toString());
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
