package io.goldennonce.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** conf/secure.conf on a standalone cluster, as its head says to use it. */
class SecureIT {
  private static final List<String> SEARCH =
      List.of("solve", "--format", "pow", "--data", "COMSM0010cloud", "--difficulty", "18");

  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void secureConf_onAStandaloneCluster_letsInOnlyWhoKnowsTheSecretAndShowsItNowhere()
      throws Exception {
    String secret = "s" + UUID.randomUUID();
    Path settings = with(secret, "secure-here.conf");
    try (StandaloneCluster cluster =
        StandaloneCluster.start(SparkHome.embedded(), directory.resolve("cluster"), 1, settings)) {
      Path events = Files.createDirectories(directory.resolve("events"));
      Submission.Ended ended =
          submit(
                  cluster,
                  settings,
                  "--conf=spark.eventLog.enabled=true",
                  "--conf=spark.eventLog.compress=false",
                  "--conf=spark.eventLog.dir=" + events.toUri())
              .await();
      assertThat(ended.code()).as(ended.err()).isZero();
      // The lowest of this difficulty, by a full scan of the 2^32 nonces.
      assertThat(ended.json().get("nonce").asLong()).isEqualTo(137_342);
      // The environment page shows what this event says.
      assertThat(texts(events))
          .contains("\"spark.authenticate.secret\":\"*********(redacted)\"")
          .contains("\"spark.network.crypto.enabled\":\"true\"")
          .doesNotContain(secret);
      assertThat(ended.err()).doesNotContain(secret);
      assertThat(texts(directory.resolve("cluster"))).doesNotContain(secret);
      assertThat(cluster.applications()).isEqualTo(1);

      assertRefused(cluster, with("s" + UUID.randomUUID(), "wrong.conf"));
      assertRefused(cluster, Files.createFile(directory.resolve("empty.conf")));
      assertThat(cluster.applications()).as("neither got in").isEqualTo(1);
    }
  }

  private void assertRefused(StandaloneCluster cluster, Path settings) throws Exception {
    Submission client = submit(cluster, settings);
    try {
      // Spark tries three times in a minute before it gives up; the first shows it all.
      StandaloneCluster.await(
          "the refusal",
          () -> client.err().contains("Failed to connect to master") || !client.isAlive());
      assertThat(client.err()).contains("Failed to connect to master");
    } finally {
      client.kill();
    }
  }

  private Submission submit(StandaloneCluster cluster, Path settings, String... options)
      throws IOException {
    Master master =
        Master.of(
            "secure standalone",
            5,
            Map.of(),
            cluster.url(),
            "client",
            Stream.concat(
                    Stream.of("--properties-file=" + settings, "--executor-memory=512m"),
                    Stream.of(options))
                .toArray(String[]::new));
    return master.start(
        directory,
        Stream.concat(SEARCH.stream(), Stream.of("--result", "lowest", "--json", "--quiet"))
            .toList());
  }

  /** The overlay with a secret of one's own. */
  private Path with(String secret, String name) throws IOException {
    String overlay = Files.readString(SparkHome.root().resolve("conf/secure.conf"));
    return Files.writeString(
        directory.resolve(name), overlay + "spark.authenticate.secret " + secret + "\n");
  }

  private static String texts(Path directory) throws IOException {
    StringBuilder texts = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return texts.toString();
  }
}
