package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit.sh} in cluster mode. */
class SubmitClusterTest {
  private final Path directory;
  private final SubmitScript script;

  SubmitClusterTest(@TempDir Path directory) {
    this.directory = directory;
    this.script = new SubmitScript(directory);
  }

  @Test
  void submit_clusterModeWithStaging_bringsTheTranscriptBack() throws Exception {
    Path home = script.sparkHome("home");
    Program.Ended shown =
        SubmitScript.submit(
                "--dry-run",
                "--master=yarn",
                "--deploy-mode=cluster",
                "--num-executors=20",
                "--staging=hdfs:///tmp/mined/",
                "--conf=spark.hadoop.a=b",
                "mine")
            .with("SPARK_HOME", home.toString())
            .run(directory);
    List<String> lines = SubmitScript.submissions(shown);
    assertThat(lines).as(shown.err()).hasSize(2);
    assertThat(lines.get(0))
        .contains("-Dgolden.nonce.transcript=hdfs:///tmp/mined/golden-nonce-RUN.json")
        .contains("spark.yarn.maxAppAttempts=1", "--num-executors 20", "spark.yarn.tags=")
        .endsWith("mine");
    assertThat(lines.get(1))
        .contains("--master local\\[1\\] --deploy-mode client", "--conf spark.hadoop.a=b")
        .doesNotContain("yarn", "--num-executors")
        .endsWith("replay hdfs:///tmp/mined/golden-nonce-RUN.json");
  }

  @Test
  void submit_clusterModeWithStaging_endsAsTheTranscriptDoes() throws Exception {
    Path home = script.sparkHome("home");
    Program.Ended ended =
        Program.of(
                script.checkoutWithJar().resolve("scripts/submit.sh"),
                "--deploy-mode",
                "cluster",
                "--staging",
                "/shared",
                "mine")
            .with("SPARK_HOME", home.toString())
            .run(directory);
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err()).startsWith("spark-submit ended with 3; see /shared/golden-nonce-");
  }

  @Test
  void submit_clusterModeWithoutStaging_saysWhereTheResultStays() throws Exception {
    Program.Ended ended = SubmitScript.dryRun("--deploy-mode", "cluster", "mine").run(directory);
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("with --staging URI it comes back");
    assertThat(SubmitScript.submissions(ended)).hasSize(1);
  }

  @Test
  void submit_toKubernetes_isTheCommandOfTheDocuments() throws Exception {
    Path conf = Program.root().resolve("conf/k8s.conf");
    List<String> command = new ArrayList<>();
    for (String line : Files.readAllLines(conf)) {
      if (!command.isEmpty() || line.startsWith("#   scripts/submit.sh")) {
        command.add(line.replaceFirst("^#\\s*", ""));
        if (!line.endsWith("\\")) {
          break;
        }
      }
    }
    String said = String.join("\n", command).replace("submit.sh", "submit.sh --dry-run");
    Program.Ended ended =
        Program.of(Path.of("bash"), "-c", said)
            .with("SPARK_HOME", script.sparkHome("home").toString())
            .run(Program.root());
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(SubmitScript.submissions(ended).get(0))
        .contains("--master k8s://https://API-SERVER:443 --deploy-mode cluster")
        .contains("--properties-file conf/k8s.conf s3a://BUCKET/golden-nonce-0.1.0.jar mine")
        // Of the file, which options would hide.
        .contains("--driver-java-options " + SubmitScript.KERNELS)
        .contains("-Dgolden.nonce.transcript=s3a://BUCKET/staging/golden-nonce-RUN.json");
    assertThat(ended.lastLine())
        .contains("--properties-file conf/k8s.conf --master local")
        .endsWith("replay s3a://BUCKET/staging/golden-nonce-RUN.json");
  }

  @Test
  void submit_configurationsInClusterMode_travelUnderNamesOfTheirOwn() throws Exception {
    Files.createDirectories(directory.resolve("c1"));
    Files.createDirectories(directory.resolve("c2"));
    Files.writeString(directory.resolve("c1/x.conf"), "");
    Files.writeString(directory.resolve("c2/x.conf"), "");
    List<String> words =
        script.words(
            SubmitScript.dryRun(
                "--master=yarn",
                "--deploy-mode=cluster",
                "--files=a.txt",
                "mine",
                "-c",
                "c1/x.conf",
                "-c=c2/x.conf",
                "-cc1/x.conf",
                "--config=c2/x.conf"));
    assertThat(words)
        .containsSubsequence(
            "--files",
            "a.txt,c1/x.conf#0-x.conf,c2/x.conf#1-x.conf,c1/x.conf#2-x.conf,c2/x.conf#3-x.conf")
        .endsWith("mine", "-c", "0-x.conf", "-c", "1-x.conf", "-c", "2-x.conf", "-c", "3-x.conf");
    Program.Ended standalone =
        SubmitScript.dryRun(
                "--master=spark://h:7077", "--deploy-mode=cluster", "mine", "-c", "c1/x.conf")
            .run(directory);
    assertThat(standalone.code()).isEqualTo(2);
    assertThat(standalone.err()).contains("does not bring -c c1/x.conf").hasLineCount(1);
    Program.Ended kubernetes =
        SubmitScript.dryRun(
                "--master=k8s://h", "--deploy-mode=cluster", "mine", "-c=c1/x.conf", "-c=c2/x.conf")
            .run(directory);
    assertThat(kubernetes.err()).contains("must have different names, got two of x.conf");
  }
}
