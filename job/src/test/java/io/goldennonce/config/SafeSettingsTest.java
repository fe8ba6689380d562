package io.goldennonce.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of Spark that we ship, and whose own defaults harm. */
class SafeSettingsTest {
  private static final Path ROOT = Path.of(System.getProperty("golden.nonce.root", ".."));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        // Without authentication, bits of messages can be flipped on their way: CVE-2025-55039.
        "conf/secure.conf;            (?m)^spark.network.crypto.cipher +AES/GCM/NoPadding$",
        "emr/ec2.yaml;                (?m)^ *spark.network.crypto.cipher: AES/GCM/NoPadding$",
        "emr/ec2-gpu.yaml;            (?m)^ *spark.network.crypto.cipher: AES/GCM/NoPadding$",
        "emr/eks-job-template.json;   `spark.network.crypto.cipher`: `AES/GCM/NoPadding`",
        // A web page could end a search by an image's address.
        "job/src/main/resources/reference.conf; (?m)^ *`spark.ui.killEnabled` = false$",
        // One machine on which each JVM dies ended a search of weeks.
        "conf/cluster.conf;           (?m)^ *`spark.task.maxFailures` = 100$",
        "conf/cluster.conf;           (?m)^ *`spark.excludeOnFailure.enabled` = true$",
        "conf/k8s.conf;               (?m)^spark.task.maxFailures +100$",
        "conf/k8s.conf;               (?m)^spark.excludeOnFailure.enabled +true$",
      })
  void file_hasTheSafeValue(String file, String line) throws IOException {
    assertThat(Files.readString(ROOT.resolve(file))).containsPattern(line.replace('`', '"'));
  }

  /** For driver and executors, also where a processor's kernel only replaces a GPU that is lost. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "conf/k8s.conf",
        "emr/ec2.yaml",
        "emr/ec2-gpu.yaml",
        "emr/eks-job-template.json",
        "kubernetes/apache-operator.yaml",
        "kubernetes/apache-operator-gpu.yaml",
        "kubernetes/kubeflow-operator.yaml"
      })
  void file_hasTheOptionsOfAllKernels(String file) throws IOException {
    Pattern options =
        Pattern.compile(
            "[jJ]avaOptions[\": ]+--add-modules=jdk.incubator.vector"
                + " --add-opens=java.base/sun.security.provider=ALL-UNNAMED");
    assertThat(options.matcher(Files.readString(ROOT.resolve(file))).results()).hasSize(2);
  }
}
