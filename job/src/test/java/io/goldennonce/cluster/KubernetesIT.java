package io.goldennonce.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * conf/k8s.conf against a Kubernetes API on loopback (src/test/kubernetes/KubernetesNode.java),
 * whose pods are processes: Spark's own code submits, asks for pods, and is answered by them.
 */
@Tag("full")
class KubernetesIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> SOLVE = Puzzle.SMALL.alone("--quiet");

  /** Method, kind of object, and its name, if there is one. */
  private static final Pattern REQUEST =
      Pattern.compile(
          "(\\w+)"
              + " /apis?/(?:networking.k8s.io/)?v1/namespaces/golden-nonce/(\\w+)(?:/([^/?]+))?(?:/status)?(?:\\?.*)?");

  @TempDir private static Path cluster = Path.of("set by JUnit");
  private static @Nullable ManagerProcess started;
  private static Path home = Path.of("set before all");

  @TempDir private Path directory = Path.of("set by JUnit");

  @BeforeAll
  static void startCluster() throws Exception {
    home = SparkHome.kubernetes();
    started =
        ManagerProcess.start(
            "kubernetes/KubernetesNode.java",
            home + "/jars/*:" + home + "/kubernetes-cluster/*",
            cluster,
            cluster.resolve("address"),
            home,
            cluster);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    if (started != null) {
      started.close();
    }
  }

  @Test
  void solve_inClientMode_isComputedByExecutorPods() throws Exception {
    Submission.Ended ended = master("client").start(directory, SOLVE).await();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.json().get("nonce").asLong()).isEqualTo(Puzzle.SMALL.nonce());
    List<JsonNode> executors = pods("exec-");
    assertThat(executors).hasSize(2);
    JsonNode container = executors.get(0).at("/spec/containers/0");
    assertThat(container.get("image").asText()).startsWith("apache/spark:4.2.0-");
    assertThat(container.at("/resources/requests/cpu").asText()).isEqualTo("1");
    assertThat(container.at("/resources/limits/memory").asText()).isEqualTo("896Mi");
    assertThat(variables(container)).contains("--add-modules=jdk.incubator.vector");
  }

  @Test
  void solve_inClusterMode_bringsItsResultAndExitCodeBack() throws Exception {
    Path staging = Files.createDirectory(directory.resolve("staging"));
    Master master =
        master(
            "cluster",
            "--driver-memory=512m",
            "--jar=local://" + Path.of(System.getProperty("golden.nonce.jar")).toRealPath(),
            "--staging=" + staging.toUri());
    Submission.Ended ended = master.start(directory, SOLVE).await();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.json().get("nonce").asLong()).isEqualTo(Puzzle.SMALL.nonce());
    JsonNode driver = pods("-driver.json").get(0);
    assertThat(driver.at("/spec/serviceAccountName").asText()).isEqualTo("golden-nonce");
    assertThat(driver.at("/spec/restartPolicy").asText()).isEqualTo("Never");

    // What the driver refuses: a pod's exit code is only whether it failed.
    Submission.Ended refused =
        master
            .start(
                directory.resolve("refused"),
                Stream.concat(SOLVE.stream(), Stream.of("--difficulty", "300")).toList())
            .await();
    assertThat(refused.code()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains("golden-nonce solve: ").contains("--difficulty");
    assertRolesFit();
  }

  /** Spark asks for what kubernetes/rbac.yaml allows, and that allows little besides. */
  private static void assertRolesFit() throws IOException {
    Set<String> used = new TreeSet<>();
    for (String line : Files.readAllLines(cluster.resolve("requests"))) {
      Matcher request = REQUEST.matcher(line);
      assertThat(request.matches()).as(line).isTrue();
      boolean one = request.group(3) != null;
      String verb =
          switch (request.group(1)) {
            case "GET" -> line.contains("watch=true") ? "watch" : one ? "get" : "list";
            case "DELETE" -> one ? "delete" : "deletecollection";
            case "POST" -> "create";
            default -> request.group(1).toLowerCase(Locale.ROOT);
          };
      used.add(request.group(2) + " " + verb);
    }
    Set<String> allowed = new TreeSet<>();
    Path roles = SparkHome.root().resolve("kubernetes/rbac.yaml");
    try (MappingIterator<JsonNode> documents =
        new ObjectMapper()
            .readerFor(JsonNode.class)
            .readValues(new YAMLFactory().createParser(roles.toFile()))) {
      while (documents.hasNext()) {
        for (JsonNode rule : documents.next().path("rules")) {
          rule.get("verbs")
              .forEach(verb -> allowed.add(rule.at("/resources/0").asText() + " " + verb.asText()));
        }
      }
    }
    assertThat(allowed).containsAll(used);
    allowed.removeAll(used);
    assertThat(allowed)
        .containsExactlyInAnyOrder(
            // Of an executor that is lost, and of one that is excluded.
            "pods patch",
            "pods delete",
            // To apply what is not there takes both.
            "services create",
            "networkpolicies create");
  }

  private static Master master(String mode, String... options)
      throws IOException, InterruptedException {
    String address = Files.readString(cluster.resolve("address"));
    return Master.of(
            "Kubernetes",
            20,
            Map.of("SPARK_HOME", home.toString()),
            "k8s://" + address,
            mode,
            Stream.concat(
                    Stream.of(
                        "--properties-file=" + SparkHome.root().resolve("conf/k8s.conf"),
                        // Nothing is fetched, and the pods are small.
                        "--conf=spark.jars.packages=",
                        "--conf=spark.executor.instances=2",
                        "--conf=spark.executor.cores=1",
                        "--executor-memory=512m",
                        "--conf=spark.driver.host=127.0.0.1"),
                    Stream.of(options))
                .toArray(String[]::new))
        .quick();
  }

  /** The pods that were started, as they were asked for. */
  private static List<JsonNode> pods(String part) throws IOException {
    try (Stream<Path> files = Files.list(cluster)) {
      List<Path> found =
          files
              .filter(file -> file.toString().contains(part) && file.toString().endsWith(".json"))
              .toList();
      List<JsonNode> pods = new ArrayList<>();
      for (Path file : found) {
        pods.add(JSON.readTree(file.toFile()));
      }
      return pods;
    }
  }

  private static List<String> variables(JsonNode container) {
    return StreamSupport.stream(container.get("env").spliterator(), false)
        .map(variable -> variable.path("value").asText())
        .toList();
  }
}
