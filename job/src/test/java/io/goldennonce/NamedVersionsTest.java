package io.goldennonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.testing.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The version in the pom is the one that documentation, manifests and scripts tell users to type.
 */
class NamedVersionsTest {
  /**
   * A jar, an archive, an image, coordinates, a build's argument, a tag, or the parent of a POM.
   */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:golden-nonce[a-z-]*[-:]|VERSION=|git tag v"
              + "|<artifactId>golden-nonce-parent</artifactId>\\s*<version>)(\\d+\\.\\d+\\.\\d+)");

  private static final List<String> FOLDERS =
      List.of(
          "conf", "container", "docs", "emr", "kubernetes", "notebooks", "scripts", "spark-home");

  @Test
  void files_versionsThatTheyName_areThePoms() throws IOException {
    String version = Checkout.version();
    List<String> others = new ArrayList<>();
    int named = 0;
    for (Path file : files()) {
      Matcher match = NAMED.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
      while (match.find()) {
        named++;
        if (!match.group(1).equals(version)) {
          others.add(Checkout.root().relativize(file) + ": " + match.group());
        }
      }
    }
    assertThat(others).as("files that do not name " + version).isEmpty();
    assertThat(named).isGreaterThan(20);
  }

  @Test
  void changelog_firstSection_isThePomsVersion() throws IOException {
    assertThat(Files.readAllLines(Checkout.root().resolve("CHANGELOG.md")))
        .filteredOn(line -> line.startsWith("## "))
        .first()
        .asString()
        .matches(
            "## " + Pattern.quote(Checkout.version()) + " \\((unreleased|\\d{4}-\\d\\d-\\d\\d)\\)");
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> own = Files.list(Checkout.root())) {
      own.filter(file -> file.toString().endsWith(".md") && !file.endsWith("CHANGELOG.md"))
          .forEach(files::add);
    }
    files.add(Checkout.root().resolve("job/pom.xml"));
    for (String folder : FOLDERS) {
      try (Stream<Path> found = Files.walk(Checkout.root().resolve(folder))) {
        found.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    return files;
  }
}
