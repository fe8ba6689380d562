package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container depends on that no build here would show. */
class ImagesTest {
  private static final Path ROOT = Program.root();

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile", "Dockerfile.standalone"})
  void image_itsProcess_isNotRootAndGetsTheSignals(String name) throws Exception {
    List<String> lines = Files.readAllLines(ROOT.resolve("container").resolve(name));
    // A number, because Kubernetes' runAsNonRoot can't look a name up.
    assertThat(lines.stream().filter(line -> line.startsWith("USER ")).toList())
        .last()
        .asString()
        .matches("USER [1-9]\\d*");
    // In this form no shell stands between the runtime's signals and the program.
    assertThat(lines).contains("ENTRYPOINT [\"golden-nonce-container\"]");
  }

  @Test
  void entryPoint_everyCommand_becomesTheProcess() throws Exception {
    assertThat(Files.readAllLines(ROOT.resolve("scripts/container.sh")))
        .filteredOn(line -> line.contains(") exec") || line.contains("\"$@\""))
        .hasSize(2)
        .allMatch(line -> line.contains(") exec "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "container/Dockerfile",
        "container/Dockerfile.standalone",
        "kubernetes/apache-operator.yaml",
        "kubernetes/apache-operator-gpu.yaml",
        "kubernetes/kubeflow-operator.yaml"
      })
  void imagesAndManifests_sparkThatTheyName_isThePoms(String file) throws Exception {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    String spark = firstOf("<spark\\.version>(.*)</spark\\.version>", pom);
    assertThat(
            Pattern.compile(
                    "(?:apache/spark:|SPARK=spark-|[sS]parkVersion: \"?)(\\d+\\.\\d+\\.\\d+)")
                .matcher(Files.readString(ROOT.resolve(file)))
                .results()
                .map(match -> match.group(1)))
        .isNotEmpty()
        .containsOnly(spark);
  }

  private static String firstOf(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .findFirst()
        .orElseThrow();
  }
}
