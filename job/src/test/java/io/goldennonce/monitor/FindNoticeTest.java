package io.goldennonce.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cli.CliRun;
import io.goldennonce.testing.LoopbackServer;
import io.goldennonce.testing.Results;
import io.goldennonce.testing.Warnings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("spark")
class FindNoticeTest {
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> credentials = new CopyOnWriteArrayList<>();
  private final List<String> upgrades = new CopyOnWriteArrayList<>();
  private final Deque<Integer> answers = new ArrayDeque<>();
  private final LoopbackServer server =
      new LoopbackServer(
          exchange -> {
            bodies.add(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            upgrades.add(String.valueOf(exchange.getRequestHeaders().getFirst("Upgrade")));
            exchange.sendResponseHeaders(answers.isEmpty() ? 204 : answers.remove(), -1);
          });

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void notice_ofAFind_isPostedWhole() throws IOException {
    post("http://user:secret@127.0.0.1:" + server.port() + "/hook?token=secret");
    JsonNode body = new ObjectMapper().readTree(bodies.get(0));
    assertThat(body.get("nonce").asLong()).isEqualTo(133_050);
    assertThat(body.get("search_id").asText()).isEqualTo(Results.PUZZLE.id());
    assertThat(body.get("hash").asText()).startsWith("0000");
    assertThat(body.get("luck").asDouble()).isEqualTo(0.5);
    // "user:secret" in base 64
    assertThat(credentials).containsExactly("Basic dXNlcjpzZWNyZXQ=");
  }

  @Test
  void notify_ofACommand_postsItsFindAndKeepsTheSecret() throws IOException {
    CliRun run =
        CliRun.of(
            "solve",
            "--format=pow",
            "--data=COMSM0010cloud",
            "--difficulty=16",
            "--result=lowest",
            "--json",
            "-D",
            "progress.plain-interval=1ms",
            "--notify=http://user:secret@127.0.0.1:" + server.port() + "/secret");
    assertThat(run.code()).as(run.err().toString()).isZero();
    JsonNode found = new ObjectMapper().readTree(run.out().get(0));
    assertThat(bodies).hasSize(1);
    JsonNode body = new ObjectMapper().readTree(bodies.get(0));
    assertThat(body.get("nonce").asLong()).isEqualTo(found.get("nonce").asLong());
    assertThat(body.get("search_id").asText()).isEqualTo(found.get("search_id").asText());
    assertThat(run.toString()).doesNotContain("secret");
    assertThat(run.err())
        .anyMatch(line -> line.startsWith("solving: ") && line.contains(" tried, "));
  }

  @Test
  void notice_thatIsRefusedForAWhile_comesAfterAll() {
    answers.addAll(List.of(503, 429, 200));
    post(server.url() + "/");
    assertThat(bodies).hasSize(3);
  }

  @Test
  void notice_thatNobodyWants_isGivenUpWithoutTheSecret() {
    answers.addAll(List.of(404, 404));
    try (Warnings warnings = new Warnings("io.goldennonce.monitor")) {
      post(server.url() + "/hook?token=secret");
      assertThat(bodies).hasSize(1);
      assertThat(warnings.messages())
          .singleElement()
          .asString()
          .contains("127.0.0.1", "404")
          .doesNotContain("secret", "hook");
    }
  }

  @Test
  void notice_whereNobodyListens_isGivenUpWithoutTheSecret() {
    int port = server.port();
    server.close();
    try (Warnings warnings = new Warnings("io.goldennonce.monitor")) {
      post("http://u:secret@127.0.0.1:" + port + "/secret");
      assertThat(warnings.messages())
          .singleElement()
          .asString()
          .contains("no answer")
          .doesNotContain("secret");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "ftp://hunter2/",
        "http:hunter2",
        "http://",
        "http://hunter2 b",
        "http://hunter2:0/",
        "http://hunter2:65536/"
      })
  void address_thatIsNone_isRefusedWithoutTheSecret(String text) {
    assertThatThrownBy(() -> FindNotice.address(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http:// or https://")
        .message()
        .doesNotContain("hunter2");
  }

  /** HTTP/2 is offered by an upgrade, which uvicorn with httptools answers with 400. */
  @Test
  void notice_toAnyServer_asksForNoUpgrade() {
    post(server.url() + "/");
    assertThat(upgrades).containsExactly("null");
  }

  @Test
  void notices_fasterThanTheyAreTaken_areDroppedAfterAThousand() {
    try (LoopbackServer slow = new LoopbackServer(exchange -> Thread.sleep(Long.MAX_VALUE));
        Warnings warnings = new Warnings("io.goldennonce.monitor")) {
      try (FindNotice notice =
          new FindNotice(FindNotice.address(slow.url()), Duration.ofMillis(50), 1)) {
        for (int i = 0; i < 2_000; i++) {
          notice.of(Results.PUZZLE, "block " + i).ended(Results.ofPuzzle());
        }
      }
      assertThat(warnings.messages())
          .filteredOn(line -> line.contains("more slowly than they are found: 1000 wait"))
          .hasSize(1);
    }
  }

  private static void post(String address) {
    URI uri = FindNotice.address(address);
    try (FindNotice notice = new FindNotice(uri, Duration.ofSeconds(5), 3)) {
      notice.of(Results.PUZZLE, "block 7").ended(Results.ofPuzzle());
    }
  }
}
