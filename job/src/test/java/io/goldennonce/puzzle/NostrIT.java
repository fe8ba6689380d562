package io.goldennonce.puzzle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.cli.CliRun;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.testing.NpmProject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mined event is what npm's nostr-tools takes for one. */
@Tag("full")
class NostrIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final NpmProject NPM = new NpmProject("nostr", "nostr");
  private static final String SECRET = "7f".repeat(32);

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    NPM.install();
  }

  @Test
  void event_mined_isVerifiedByNostrTools(@TempDir Path directory) throws Exception {
    ObjectNode event = event();
    Path file = Files.writeString(directory.resolve("event.json"), event.toPrettyString());

    JsonNode mined = mine(file, "keep");
    assertThat(mined.get("created_at").asLong()).isEqualTo(1_700_000_000);
    assertThat(mined.get("content")).isEqualTo(event.get("content"));
    JsonNode verdict = tools(mined.toString());
    assertThat(verdict.get("id").asText()).isEqualTo(mined.get("id").asText());
    assertThat(verdict.get("work").asInt()).isGreaterThanOrEqualTo(16);
    assertThat(verdict.get("signed").asBoolean()).isTrue();

    JsonNode now = mine(file, "now");
    assertThat(now.get("created_at").asLong())
        .isBetween(Instant.now().getEpochSecond() - 120, Instant.now().getEpochSecond());
    assertThat(tools(now.toString()).get("signed").asBoolean()).isTrue();
    ((ObjectNode) now).put("content", "another");
    assertThat(tools(now.toString()).get("signed").asBoolean()).isFalse();
  }

  /** Without Spark: the puzzle's own solution. */
  @Test
  void event_solved_isVerifiedByNostrTools() throws Exception {
    String text = event().toString();
    Puzzle puzzle =
        PuzzleFormat.NOSTR.puzzle(PuzzleInput.of(Map.of(PuzzleField.EVENT, List.of(text))), 12);
    SearchSpec search = puzzle.search(puzzle.template().keyspace(), ResultMode.ANY);
    long nonce = 0;
    while (Solution.confirm(search, nonce).isEmpty()) {
      nonce++;
    }
    String mined = String.valueOf(puzzle.solution(Solution.at(search, nonce)).get("event"));
    JsonNode verdict = tools(mined);
    assertThat(verdict.get("id")).isEqualTo(JSON.readTree(mined).get("id"));
    assertThat(verdict.get("work").asInt()).isGreaterThanOrEqualTo(12);
    assertThat(verdict.get("signed").asBoolean()).isTrue();
  }

  /** With characters that programs get wrong. */
  private static ObjectNode event() throws IOException, InterruptedException {
    ObjectNode event =
        JSON.createObjectNode()
            .put("pubkey", tools("").get("pubkey").asText())
            .put("created_at", 1_700_000_000)
            .put("kind", 1)
            .put("content", "\"Grüße\"\\ \n\t\u2028 \ud83d\ude00 /</script>\u007f");
    ArrayNode tags = event.putArray("tags");
    tags.addArray().add("e").add("ab".repeat(32)).add("wss://relay.example");
    tags.addArray().add("t").add("ümläut \"x\"");
    tags.addArray();
    return event;
  }

  private static JsonNode mine(Path file, String createdAt) throws IOException {
    CliRun run =
        CliRun.of(
            "solve",
            "--format",
            "nostr",
            "--event",
            file.toString(),
            "--created-at",
            createdAt,
            "--difficulty",
            "16",
            "--json",
            "--quiet",
            "-D",
            "spark.ui.enabled=false",
            "-D",
            "warehouse=" + file.resolveSibling("warehouse"));
    assertThat(run.code()).as(run.err().toString()).isZero();
    return JSON.readTree(JSON.readTree(run.out().get(0)).get("event").asText());
  }

  private static JsonNode tools(String event) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of("node", "verify.js", SECRET))
            .directory(NPM.directory().toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().write(event.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    JsonNode answer = JSON.readTree(process.getInputStream());
    assertThat(process.waitFor()).isZero();
    return answer;
  }
}
