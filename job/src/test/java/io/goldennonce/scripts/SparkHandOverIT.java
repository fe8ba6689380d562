package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
  private static final long LIMIT = 200_000_000;

  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void search_startedOnSpark35AndEndedOn42_triesEachPositionOnce() throws Exception {
    Path first = Program.sparkHome("3.5");
    Path second = Program.sparkHome("4.2");
    Program.Ended earlier = solve(first, "local[1]", "message-digest", "--timeout", "15s");
    assertThat(earlier.code()).as(earlier.err()).isEqualTo(3);
    Program.Ended ended = solve(second, "local[2]", "superword");
    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    JsonNode before = JSON.readTree(earlier.out());
    JsonNode after = JSON.readTree(ended.out());
    assertThat(after.get("search_id")).isEqualTo(before.get("search_id"));
    assertThat(before.get("hashes").asLong()).isPositive();
    assertThat(before.get("hashes").asLong() + after.get("hashes").asLong()).isEqualTo(LIMIT);
    Program.Ended proof =
        submit(first, "local[1]", "verify", "--search", after.get("search_id").asText());
    assertThat(proof.code()).as(proof.out()).isZero();
  }

  private Program.Ended solve(Path home, String master, String kernel, String... more)
      throws Exception {
    List<String> program =
        new ArrayList<>(
            List.of("solve", "--format", "pow", "--data", "hand over", "--difficulty", "200"));
    program.addAll(List.of("--limit", "" + LIMIT, "--kernel", kernel, "--json"));
    program.addAll(List.of(more));
    return submit(home, master, program.toArray(new String[0]));
  }

  private Program.Ended submit(Path home, String master, String... program) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(program));
    arguments.addAll(List.of("--warehouse", directory.resolve("warehouse").toString()));
    return Program.job(home, List.of("--master", master), arguments).run(directory);
  }
}
