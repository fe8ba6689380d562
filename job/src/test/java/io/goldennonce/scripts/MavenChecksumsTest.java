package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.testing.LoopbackServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Maven brings, for the build and for {@code spark-home.sh}, is refused if it was changed. */
class MavenChecksumsTest {
  private static final String PARENT =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>g</groupId><artifactId>parent</artifactId><version>1</version>
        <packaging>pom</packaging>
      </project>
      """;

  /** It takes its parent from a repository on loopback, which stands for Maven's own. */
  private static final String PROJECT =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <parent>
          <groupId>g</groupId><artifactId>parent</artifactId><version>1</version><relativePath/>
        </parent>
        <artifactId>child</artifactId>
        <packaging>pom</packaging>
        <repositories><repository><id>central</id><url>%s</url></repository></repositories>
      </project>
      """;

  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void download_thatIsNotWhatItsChecksumSays_endsMaven() throws Exception {
    Program.Ended changed = validate("0".repeat(40));
    assertThat(changed.code()).isNotZero();
    assertThat(changed.out()).contains("Checksum validation failed");
  }

  /** As {@code spark-home.sh} calls Maven: from anywhere, with a pom below the checkout's root. */
  private Program.Ended validate(String checksum) throws Exception {
    try (LoopbackServer repository =
        new LoopbackServer(
            exchange -> {
              String path = exchange.getRequestURI().getPath();
              String body =
                  path.endsWith(".pom") ? PARENT : path.endsWith(".sha1") ? checksum : null;
              exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : 0);
              if (body != null) {
                exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
              }
            })) {
      Path root = Files.createTempDirectory(directory, "checkout");
      Path settings = Files.createDirectory(root.resolve(".mvn")).resolve("maven.config");
      Files.copy(Program.root().resolve(".mvn/maven.config"), settings);
      Path pom = Files.createDirectory(root.resolve("spark-home")).resolve("pom.xml");
      Files.writeString(pom, PROJECT.formatted(repository.url()));
      Path none = Files.writeString(root.resolve("settings.xml"), "<settings/>");
      return Program.of(
              Path.of("mvn"),
              "-B",
              "-ntp",
              "-f",
              pom.toString(),
              "-s",
              none.toString(),
              "-Dmaven.repo.local=" + root.resolve("repository"),
              "validate")
          .run(directory);
    }
  }
}
