package io.goldennonce.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command lines of {@code spark-submit} in client mode. */
class SparkSubmissionTest {
  @TempDir private Path directory = Path.of("set by JUnit");
  private Path home = Path.of("set in prepare");

  @BeforeEach
  void prepare() throws Exception {
    home = Files.createDirectory(directory.resolve("spark home"));
    Files.createDirectory(home.resolve("conf"));
    Files.writeString(home.resolve("conf/log4j2.properties"), "");
  }

  @Test
  void submit_aSparkOfTheUsers_isGivenWhatTheKernelsNeed() {
    assertThat(new DryRun(home, false, Map.of("SPARK_LOCAL_IP", "::1")).command("mine"))
        .containsExactly(
            home + "/bin/spark-submit",
            "--class",
            "MineJob",
            "--driver-java-options",
            DryRun.KERNELS,
            "--conf",
            "spark.executor.extraJavaOptions=" + DryRun.KERNELS,
            "golden-nonce.jar",
            "mine");
  }

  @Test
  void submit_theEmbeddedSpark_hasTheCheckoutsConfiguration() {
    assertThat(
            new DryRun(home, true, Map.of())
                .command("--master", "local[2]", "--conf", "spark.ui.enabled=false", "mine"))
        .startsWith(
            "env",
            "SPARK_CONF_DIR=" + DryRun.root() + "/conf",
            "SPARK_LOCAL_IP=127.0.0.1",
            home + "/bin/spark-submit")
        .containsSubsequence("--master", "local[2]", "--conf", "spark.ui.enabled=false");
  }

  @Test
  void submit_aSparkWithoutAnyConfiguration_logsAsThisOneDoes() throws Exception {
    String ours = "SPARK_CONF_DIR=" + DryRun.root() + "/conf";
    Path bare = Files.createDirectories(directory.resolve("bare"));
    assertThat(new DryRun(bare).command("--master", "yarn", "mine")).contains(ours);
    Files.createDirectory(bare.resolve("conf"));
    Files.writeString(bare.resolve("conf/log4j2.properties.template"), "");
    assertThat(new DryRun(bare).command("--master", "yarn", "mine")).contains(ours);
    assertThat(new DryRun(home).command("--master", "yarn", "mine")).doesNotContain(ours);
    assertThat(
            new DryRun(bare, false, Map.of("SPARK_CONF_DIR", "/etc/spark"))
                .command("--master", "yarn", "mine"))
        .doesNotContain(ours);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mine",
        "--master local[2] mine",
        "--master=local mine",
        "--conf spark.master=local[*,3] mine",
        "--driver-memory 1g mine"
      })
  void submit_anyLocalMaster_listensOnLoopback(String typed) {
    assertThat(new DryRun(home).command(typed.split(" "))).contains("SPARK_LOCAL_IP=127.0.0.1");
    assertThat(
            new DryRun(home, false, Map.of("SPARK_LOCAL_IP", "10.0.0.1")).command(typed.split(" ")))
        .noneMatch(word -> word.startsWith("SPARK_LOCAL_IP"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--master yarn mine", "--conf spark.master=spark://h:7077 mine"})
  void submit_cluster_listensWhereSparkDoes(String typed) {
    assertThat(new DryRun(home).command(typed.split(" ")))
        .noneMatch(word -> word.startsWith("SPARK_LOCAL_IP"));
  }

  @Test
  void submit_masterOfSparkDefaults_isTaken() throws Exception {
    Files.writeString(home.resolve("conf/spark-defaults.conf"), "spark.master yarn\n");
    assertThat(new DryRun(home).command("mine"))
        .noneMatch(word -> word.startsWith("SPARK_LOCAL_IP"));
    Path file = Files.writeString(directory.resolve("mine.conf"), "spark.master=local\n");
    assertThat(new DryRun(home).command("--properties-file", file.toString(), "mine"))
        .contains("SPARK_LOCAL_IP=127.0.0.1");
    assertThat(new DryRun(home).refusal("--properties-file", "/no/such", "mine"))
        .isEqualTo("submit.sh: can't read the settings in /no/such");
  }

  @Test
  void submit_jvmOptionsOfTheUser_areKept() {
    assertThat(
            new DryRun(home)
                .command(
                    "--driver-java-options",
                    "-Da=1 -Db=2",
                    "--conf",
                    "spark.executor.extraJavaOptions=-Dc=3",
                    "mine"))
        .containsSubsequence("--driver-java-options", "-Da=1 -Db=2 " + DryRun.KERNELS)
        .contains("spark.executor.extraJavaOptions=-Dc=3 " + DryRun.KERNELS)
        .doesNotContain("-Da=1 -Db=2", "spark.executor.extraJavaOptions=-Dc=3");
  }

  @Test
  void submit_jvmOptionsOfSparkDefaults_areKept() throws Exception {
    Files.writeString(
        home.resolve("conf/spark-defaults.conf"),
        """
        # spark.driver.extraJavaOptions -Dcomment
        spark.driver.extraJavaOptions    -XX:+UseG1GC -Da=1
        spark.executor.extraJavaOptions=-Db=2
        """);
    assertThat(new DryRun(home).command("mine"))
        .containsSubsequence("--driver-java-options", "-XX:+UseG1GC -Da=1 " + DryRun.KERNELS)
        .contains("spark.executor.extraJavaOptions=-Db=2 " + DryRun.KERNELS);
    Path file = Files.writeString(directory.resolve("x.conf"), "spark.driver.memory=1g\n");
    String named = "--properties-file=" + file;
    assertThat(new DryRun(home).command(named, "mine"))
        .as("a file in place of the defaults")
        .containsSubsequence("--driver-java-options", DryRun.KERNELS);
    assertThat(new DryRun(home).command(named, "--load-spark-defaults", "mine"))
        .containsSubsequence("--driver-java-options", "-XX:+UseG1GC -Da=1 " + DryRun.KERNELS);
  }

  /** What a shell, YARN's braces or Kubernetes' variables would change travels encoded. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"b\":1}}",
        "a `touch x` b",
        "$(X) {{z",
        "zoë",
        "",
        "two words",
        "a\r\nb"
      })
  void submit_anyValue_travelsEncoded(String value) {
    for (List<String> options :
        List.of(
            List.of("--master", "yarn", "--deploy-mode", "cluster"),
            List.of("--master", "local[2]"))) {
      List<String> all = new ArrayList<>(options);
      all.addAll(List.of("mine", "--data", value));
      List<String> words = new DryRun(home).command(all.toArray(String[]::new));
      String last = words.get(words.size() - 1);
      assertThat(words.get(words.size() - 2)).isEqualTo("--encoded");
      assertThat(last).matches("[A-Za-z0-9+/]+=*");
      assertThat(new String(Base64.getDecoder().decode(last), StandardCharsets.UTF_8))
          .isEqualTo("mine\0--data\0" + value + "\0");
    }
  }

  @Test
  void submit_bytesThatAreNoText_areRefused() {
    assertThat(new DryRun(home).refusal("--master", "yarn", "mine", "--data", "\uFFFD"))
        .startsWith("submit.sh: an argument must be text in UTF-8, got other bytes;");
  }

  /** As in a container with a user id of its own. */
  @Test
  void submit_userWithoutAName_isRefused() {
    assertThatThrownBy(() -> Submit.requireName("?"))
        .isInstanceOf(SubmitException.class)
        .hasMessageContaining("no name in /etc/passwd")
        .extracting(refusal -> ((SubmitException) refusal).code())
        .isEqualTo(4);
    Submit.requireName("nobody");
  }

  @Test
  void show_anyWords_areWhatAShellTakes() throws Exception {
    String awkward = "it's \"two\" $HOME `id` \\ *\nlines";
    DryRun.Ended shown = new DryRun(home).shown("--master", "yarn", "--name", awkward, "mine");
    Process shell =
        new ProcessBuilder(
                "bash", "-c", "eval \"set -- $1\"; printf '%s\\0' \"$@\"", "_", shown.out())
            .start();
    String words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shown.lines()).hasSize(1);
    assertThat(List.of(words.split("\0"))).containsSubsequence("--name", awkward);
  }

  @Test
  void submit_gpusOnYarn_asksForThemAndSendsTheScript() {
    DryRun.Ended ended =
        new DryRun(home)
            .shown("--master=yarn", "--gpus=2", "--files=a.txt", "--executor-cores", "4", "mine");
    assertThat(ended.out())
        .contains(
            "--conf spark.executor.cores=2 --conf spark.executor.resource.gpu.amount=2"
                + " --conf spark.executor.resource.gpu.discoveryScript=./gpu-discovery.sh"
                + " --conf spark.task.resource.gpu.amount=1 --master yarn")
        .contains("--files a.txt," + DryRun.root() + "/scripts/gpu-discovery.sh")
        .doesNotContain("vendor")
        .as("what the user says comes later, and wins")
        .containsSubsequence("spark.executor.cores=2", "--executor-cores 4");
  }

  /** A file of this machine could only be sent to a driver in a pod by way of a storage. */
  @Test
  void submit_gpusOnKubernetes_namesTheVendorAndTheScriptOfTheImage() {
    assertThat(new DryRun(home).command("--master", "k8s://https://h", "--gpus", "1", "mine"))
        .contains(
            "spark.executor.resource.gpu.vendor=nvidia.com",
            "spark.executor.resource.gpu.discoveryScript=/opt/golden-nonce/scripts/gpu-discovery.sh")
        .doesNotContain("--files");
  }

  /** Its workers ask a script of their own. */
  @Test
  void submit_gpusOnStandalone_sendsNoScript() {
    assertThat(new DryRun(home).command("--master", "spark://h:7077", "--gpus", "1", "mine"))
        .contains("spark.executor.resource.gpu.amount=1")
        .doesNotContain("--files");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--gpus=1", "--master=local[2] --gpus=1", "--master=local --gpus=1"})
  void submit_gpusOfThisMachine_areTheKernels(String options) {
    assertThat(new DryRun(home).refusal((options + " mine").split(" ")))
        .isEqualTo(
            "submit.sh: --gpus is for clusters; here --kernel gpu takes all GPUs of this machine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1000", "all"})
  void submit_numberOfGpusThatIsNone_isRefused(String gpus) {
    assertThat(new DryRun(home).refusal("--master=yarn", "--gpus=" + gpus, "mine"))
        .isEqualTo("submit.sh: --gpus must be from 1 to 999, got " + gpus);
  }
}
