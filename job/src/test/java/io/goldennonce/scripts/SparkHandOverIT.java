package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.testing.EnoughTime;
import io.goldennonce.testing.LightJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search that one Spark version starts and another ends, with other cores and another kernel. */
@Tag("full")
class SparkHandOverIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT = 50_000_000;

  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void search_startedOnSpark35AndEndedOn42_triesEachPositionOnce() throws Exception {
    Path first = Program.sparkHome("3.5");
    Path second = Program.sparkHome("4.2");
    JsonNode before =
        EnoughTime.of(5, seconds -> begin(first, seconds), run -> run.get("hashes").asLong() > 0);
    Program.Ended ended = solve(second, List.of("--master", "local[2]"), "superword");
    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    JsonNode after = JSON.readTree(ended.out());
    assertThat(after.get("search_id")).isEqualTo(before.get("search_id"));
    assertThat(before.get("hashes").asLong() + after.get("hashes").asLong()).isEqualTo(LIMIT);
    Program.Ended proof =
        submit(first, light(), "verify", "--search", after.get("search_id").asText());
    assertThat(proof.code()).as(proof.out()).isZero();
  }

  private JsonNode begin(Path home, int seconds) throws Exception {
    Program.Ended ended = solve(home, light(), "message-digest", "--timeout", seconds + "s");
    assertThat(ended.code()).as(ended.err()).isEqualTo(3);
    return JSON.readTree(ended.out());
  }

  private static List<String> light() {
    return List.of("--master", "local[1]", "--driver-java-options", LightJvm.OPTIONS);
  }

  private Program.Ended solve(Path home, List<String> spark, String kernel, String... more)
      throws Exception {
    List<String> program =
        new ArrayList<>(
            List.of("solve", "--format", "pow", "--data", "hand over", "--difficulty", "200"));
    program.addAll(List.of("--limit", "" + LIMIT, "--kernel", kernel, "--json"));
    program.addAll(List.of(more));
    return submit(home, spark, program.toArray(new String[0]));
  }

  private Program.Ended submit(Path home, List<String> spark, String... program) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(program));
    arguments.addAll(List.of("--warehouse", directory.resolve("warehouse").toString()));
    return Program.job(home, spark, arguments).run(directory);
  }
}
