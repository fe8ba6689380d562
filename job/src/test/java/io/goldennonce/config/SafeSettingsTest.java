package io.goldennonce.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
