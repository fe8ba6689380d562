package io.goldennonce.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.testing.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command lines of a driver on the cluster. */
class ClusterModeTest {
  private final Path directory;
  private final DryRun run;

  ClusterModeTest(@TempDir Path directory) {
    this.directory = directory;
    this.run = new DryRun(directory);
  }

  @Test
  void submit_withStaging_bringsTheTranscriptBack() {
    String[] typed = {
      "--master=yarn",
      "--deploy-mode=cluster",
      "--num-executors=20",
      "--staging=hdfs:///tmp/mined/",
      "--conf=spark.hadoop.a=b",
      "mine"
    };
    List<String> lines = run.shown(typed).lines();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .contains("-Dgolden.nonce.transcript=hdfs:///tmp/mined/golden-nonce-RUN.json")
        .contains("spark.yarn.maxAppAttempts=1", "--num-executors 20", "spark.yarn.tags=")
        .endsWith("mine");
    assertThat(lines.get(1))
        .contains("--master 'local[1]' --deploy-mode client", "--conf spark.hadoop.a=b")
        .doesNotContain("yarn", "--num-executors")
        .endsWith("replay hdfs:///tmp/mined/golden-nonce-RUN.json");
    assertThat(run.command(typed)).as("the shell becomes this program").isEmpty();
  }

  @Test
  void submit_withoutStaging_saysWhereTheResultStays() {
    String[] typed = {"--master", "yarn", "--deploy-mode", "cluster", "mine"};
    assertThat(run.note(typed)).contains("with --staging URI it comes back").hasLineCount(1);
    assertThat(run.shown(typed).lines()).hasSize(1);
  }

  @Test
  void submit_modeOfTheProperties_isTaken() throws Exception {
    Path file = Files.writeString(directory.resolve("p.conf"), "spark.submit.deployMode cluster\n");
    assertThat(run.note("--master=yarn", "--properties-file=" + file, "mine"))
        .contains("with --staging URI it comes back");
    assertThat(
            run.note("--master=yarn", "--properties-file=" + file, "--deploy-mode=client", "mine"))
        .isEmpty();
  }

  @Test
  void submit_stagingWithSpaces_isRefused() {
    assertThat(run.refusal("--deploy-mode=cluster", "--staging=file:///a b", "mine"))
        .isEqualTo("submit.sh: --staging can't hold spaces or quotes, got 'file:///a b'");
  }

  @Test
  void submit_toKubernetes_isTheCommandOfTheDocuments() throws Exception {
    List<String> typed = new ArrayList<>();
    for (String line : Files.readAllLines(DryRun.root().resolve("conf/k8s.conf"))) {
      if (!typed.isEmpty() || line.startsWith("#   scripts/submit.sh")) {
        String words = line.replaceFirst("^#\\s*(scripts/submit.sh)?\\s*", "").replace("\"", "");
        typed.addAll(List.of(words.replaceFirst("\\s*\\\\$", "").split(" +")));
        if (!line.endsWith("\\")) {
          break;
        }
      }
    }
    String file = DryRun.root().resolve("conf/k8s.conf").toString();
    typed.replaceAll(word -> word.equals("conf/k8s.conf") ? file : word);
    List<String> lines = run.shown(typed.toArray(String[]::new)).lines();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .contains("--master k8s://https://API-SERVER:443 --deploy-mode cluster")
        .contains(
            "--properties-file "
                + file
                + " s3a://BUCKET/golden-nonce-"
                + Checkout.version()
                + ".jar mine")
        // Of the file, which options would hide.
        .contains("--driver-java-options '" + DryRun.KERNELS)
        .contains("-Dgolden.nonce.transcript=s3a://BUCKET/staging/golden-nonce-RUN.json");
    assertThat(lines.get(1))
        .contains("--properties-file " + file + " --master 'local[1]'")
        .endsWith("replay s3a://BUCKET/staging/golden-nonce-RUN.json");
  }

  @Test
  void submit_configurations_travelUnderNamesOfTheirOwn() throws Exception {
    Path one = Files.createDirectories(directory.resolve("c1")).resolve("x.conf");
    Path two = Files.createDirectories(directory.resolve("c2")).resolve("x.conf");
    Files.writeString(one, "");
    Files.writeString(two, "");
    assertThat(
            run.command(
                "--master=yarn",
                "--deploy-mode=cluster",
                "--files=a.txt",
                "mine",
                "-c",
                one.toString(),
                "-c=" + two,
                "-c" + one,
                "--config=" + two,
                "--",
                "-c",
                "text"))
        .containsSubsequence(
            "--files",
            "a.txt,%s#1-x.conf,%s#2-x.conf,%s#3-x.conf,%s#4-x.conf".formatted(one, two, one, two))
        .endsWith(
            "mine",
            "-c",
            "1-x.conf",
            "-c",
            "2-x.conf",
            "-c",
            "3-x.conf",
            "-c",
            "4-x.conf",
            "--",
            "-c",
            "text");
    assertThat(
            run.refusal("--master=spark://h:7077", "--deploy-mode=cluster", "mine", "-c", "x.conf"))
        .contains("does not bring -c x.conf");
    assertThat(
            run.refusal(
                "--master=k8s://h", "--deploy-mode=cluster", "mine", "-c" + one, "-c" + two))
        .contains("must have different names, got two of x.conf");
    assertThat(run.refusal("--master=yarn", "--deploy-mode=cluster", "mine", "-c", "/no/such"))
        .isEqualTo("submit.sh: -c: no such file: /no/such");
    assertThat(run.refusal("--master=yarn", "--deploy-mode=cluster", "mine", "-c", "a,b"))
        .contains("can't hold a comma or #, got a,b");
  }
}
