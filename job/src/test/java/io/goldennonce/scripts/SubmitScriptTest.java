package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Spark and which JVM options {@code submit.sh} starts with. */
class SubmitScriptTest {
  private final Path directory;
  private final SubmitScript script;

  SubmitScriptTest(@TempDir Path directory) {
    this.directory = directory;
    this.script = new SubmitScript(directory);
  }

  @Test
  void submit_noSparkHomeNoOptions_startsTheJvmItself() throws Exception {
    assertThat(script.words(SubmitScript.dryRun("mine", "--data", "hello", "--difficulty", "24")))
        .startsWith("java", "@" + Program.root() + "/conf/jvm.options", "-Xmx2g", "-cp")
        .endsWith(
            "-Dspark.master=local[*]", "MineJob", "mine", "--data", "hello", "--difficulty", "24");
  }

  @Test
  void submit_noSparkHomeWithOptions_usesTheEmbeddedSparkSubmit() throws Exception {
    List<String> words =
        script.words(
            SubmitScript.dryRun(
                "--master", "local[2]", "--conf", "spark.ui.enabled=false", "sql", "SELECT 1"));
    assertThat(words.get(2))
        .startsWith(Program.root() + "/.embedded/spark-4.2.")
        .endsWith("submit");
    assertThat(words)
        .startsWith("env", "SPARK_CONF_DIR=" + Program.root() + "/conf")
        .containsSubsequence("--master", "local[2]", "--conf", "spark.ui.enabled=false")
        .endsWith("--encoded", SubmitScript.encoded("sql", "SELECT 1"));
  }

  @Test
  void submit_sparkHome_usesItsSparkSubmitWithTheVectorModule() throws Exception {
    Path home = script.sparkHome("spark home");
    List<String> words =
        script.words(SubmitScript.submit("--dry-run", "mine").with("SPARK_HOME", home.toString()));
    assertThat(words)
        .startsWith(
            home + "/bin/spark-submit",
            "--class",
            "MineJob",
            "--driver-java-options",
            SubmitScript.KERNELS,
            "--conf",
            "spark.executor.extraJavaOptions=" + SubmitScript.KERNELS)
        .endsWith("mine");
    assertThat(words.get(words.size() - 2)).contains("/job/target/golden-nonce-").endsWith(".jar");
  }

  @Test
  void submit_sparkHome_passesItsExitCodeOn() throws Exception {
    Path home = script.sparkHome("home");
    Path checkout = script.checkoutWithJar();
    Program.Ended ended =
        Program.of(checkout.resolve("scripts/submit.sh"), "mine")
            .with("SPARK_HOME", home.toString())
            .run(directory);
    assertThat(ended.code()).as(ended.err()).isEqualTo(3);
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void submit_sparkHomeWithoutSparkSubmit_isRefused() throws Exception {
    Program.Ended ended =
        SubmitScript.submit("--dry-run", "mine")
            .with("SPARK_HOME", directory.toString())
            .run(directory);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("SPARK_HOME has no bin/spark-submit: " + directory);
  }

  @Test
  void submit_jvmOptionsOfTheUser_areKept() throws Exception {
    assertThat(
            script.words(
                SubmitScript.dryRun(
                    "--driver-java-options",
                    "-Da=1 -Db=2",
                    "--conf",
                    "spark.executor.extraJavaOptions=-Dc=3",
                    "mine")))
        .containsSubsequence("--driver-java-options", "-Da=1 -Db=2 " + SubmitScript.KERNELS)
        .contains("spark.executor.extraJavaOptions=-Dc=3 " + SubmitScript.KERNELS)
        .doesNotContain("-Da=1 -Db=2", "spark.executor.extraJavaOptions=-Dc=3");
  }

  @Test
  void submit_vectorModuleOfTheUser_isNotRepeated() throws Exception {
    assertThat(
            script.words(
                SubmitScript.dryRun(
                    "--conf=spark.driver.extraJavaOptions="
                        + SubmitScript.SHA
                        + " "
                        + SubmitScript.VECTOR,
                    "mine")))
        .containsSubsequence("--driver-java-options", SubmitScript.SHA + " " + SubmitScript.VECTOR);
  }

  @Test
  void submit_jvmOptionsOfSparkDefaults_areKept() throws Exception {
    Path home = script.sparkHome("home");
    Files.createDirectory(home.resolve("conf"));
    Files.writeString(
        home.resolve("conf/spark-defaults.conf"),
        """
        # spark.driver.extraJavaOptions -Dcomment
        spark.driver.extraJavaOptions    -XX:+UseG1GC -Da=1
        spark.executor.extraJavaOptions=-Db=2
        """);
    assertThat(
            script.words(
                SubmitScript.submit("--dry-run", "mine").with("SPARK_HOME", home.toString())))
        .containsSubsequence("--driver-java-options", "-XX:+UseG1GC -Da=1 " + SubmitScript.KERNELS)
        .contains("spark.executor.extraJavaOptions=-Db=2 " + SubmitScript.KERNELS);
  }

  @Test
  void submit_help_explainsItself() throws Exception {
    Program.Ended ended = SubmitScript.submit("--help").run(directory);
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).startsWith("usage: scripts/submit.sh").contains("SPARK_HOME");
  }
}
