package io.goldennonce.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The notebooks as they are kept, with their outputs. */
class NotebooksTest {
  private static final Path NOTEBOOKS =
      Path.of(System.getProperty("golden.nonce.root", "..")).resolve("notebooks");

  private static final List<String> NAMES = Notebook.NAMES;

  @ParameterizedTest
  @FieldSource("NAMES")
  void cells_ofANotebook_areThoseThatEmrStudioRuns(String name) throws Exception {
    Notebook notebook = Notebook.read(NOTEBOOKS, name);
    assertThat(notebook.kernel()).isEqualTo("pysparkkernel");
    assertThat(notebook.code())
        .isNotEmpty()
        .allMatch(code -> code.matches("(?s)(%%configure -f|%%sql -q( -o \\w+)?|%%local)\n.*"));
    assertThat(notebook.code().get(0)).startsWith("%%configure").contains("\"s3://BUCKET/");
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void outputs_ofANotebook_areThereAndNameNoMachine(String name) throws Exception {
    Notebook notebook = Notebook.read(NOTEBOOKS, name);
    assertThat(notebook.plots()).isPositive();
    assertThat(notebook.images()).isEqualTo(notebook.plots());
    assertThat(notebook.outputs())
        .extracting(output -> output.get("output_type").asText())
        .isSubsetOf("display_data", "execute_result", "stream");
    assertThat(notebook.outputs())
        .filteredOn(output -> output.has("name"))
        .extracting(output -> output.get("name").asText())
        .containsOnly("stdout");
    for (JsonNode output : notebook.outputs()) {
      assertThat(output.toString().replaceAll("\"image/png\":\"[^\"]*\"", ""))
          .doesNotContainPattern("(?<![\\w.<])/(tmp|home|root|usr|work|mnt|var)/");
    }
    assertThat(Files.size(NOTEBOOKS.resolve(name + ".ipynb"))).isLessThan(400_000);
  }

  /** So a notebook's table is what {@code sql --named} prints. */
  @ParameterizedTest
  @ValueSource(strings = {"coverage", "executors", "intervals", "luck", "nonces", "runs", "stale"})
  void namedQuery_ofTheProgram_isANotebooksToTheLetter(String query) throws Exception {
    List<String> asked = new ArrayList<>();
    for (String name : NAMES) {
      Notebook.read(NOTEBOOKS, name).code().stream()
          .filter(code -> code.startsWith("%%sql"))
          .forEach(code -> asked.add(code.substring(code.indexOf('\n') + 1).strip()));
    }
    assertThat(asked).contains(text("/queries/" + query + ".sql").strip());
  }

  private static String text(String resource) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(NotebooksTest.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
