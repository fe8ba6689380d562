package io.goldennonce.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockCheck;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.server.TestService.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the work of a service promises its miners, and their solutions the chain. */
class WorkIssuerTest {
  private final TestService service;

  WorkIssuerTest() throws IOException {
    service = TestService.start();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  /** Each block as far ahead as it may be: the limit must not follow the blocks. */
  @Test
  void time_asLateAsItMayBe_isThatOfTheClockAndTheChainVerifies() throws IOException {
    long now = TestService.START.getEpochSecond();
    for (int height = 0; height < 4; height++) {
      JsonNode work = service.get("/work").json();
      assertThat(work.get("max_timestamp").asLong()).isEqualTo(now + 7200);
      assertThat(service.solve(work, now + 7201).status()).isEqualTo(422);
      assertThat(service.solve(work, now + 7200).status()).isEqualTo(200);
    }
    assertThat(service.chain.blocks()).hasSize(4);
    for (Block block : service.chain.blocks()) {
      assertThat(BlockCheck.of(BlockRow.of(block)).faults()).isEmpty();
    }
  }

  @Test
  void work_onATipAheadOfTheClock_isNotIssuedUntilTheClockHasCaughtUp() throws IOException {
    long now = TestService.START.getEpochSecond();
    service.solve(service.get("/work").json(), now + 7200);
    service.clock.pass(Duration.ofMinutes(-10)); // as after a wrong clock was set right
    Answer early = service.get("/work");
    assertThat(early.status()).isEqualTo(503);
    assertThat(early.json().get("error").asText())
        .isEqualTo(
            "no block can follow yet: the tip's time must be at most 7200 s ahead of the clock, got"
                + " 7800 s");
    service.clock.pass(Duration.ofMinutes(10));
    assertThat(service.get("/work").status()).isEqualTo(200);
  }

  @Test
  void work_afterAnyNumberOfOthers_isStillTaken() throws IOException {
    WorkIssuer issuer = issuer();
    JsonNode honest = offer(issuer, "honest");
    for (int i = 0; i < 200_000; i++) {
      issuer.offer("page", null);
    }
    assertThat(solve(issuer, honest).status()).isEqualTo(200);
  }

  @Test
  void work_withOtherTransactionsByNow_isStillTaken() throws IOException {
    JsonNode early = service.get("/work").json();
    service.post("/transactions", "{\"data\":\"pay\"}");
    JsonNode late = service.get("/work").json();
    assertThat(late.get("previous_hash")).isEqualTo(early.get("previous_hash"));
    assertThat(service.solve(early, TestService.START.getEpochSecond()).status()).isEqualTo(200);
    assertThat(service.chain.blocks().get(0).transactions()).isEmpty();

    JsonNode next = service.get("/work").json();
    assertThat(service.solve(next, TestService.START.getEpochSecond()).status()).isEqualTo(200);
    assertThat(service.chain.blocks().get(1).transactions()).hasSize(1);
  }

  @Test
  void id_changedInAnyCharacter_isUnknown() throws IOException {
    JsonNode work = service.get("/work?miner=someone").json();
    String id = work.get("id").asText();
    assertThat(id).hasSizeLessThanOrEqualTo(200);
    for (int i = 0; i < id.length() - 1; i++) {
      String other = id.substring(0, i) + (id.charAt(i) == 'A' ? 'B' : 'A') + id.substring(i + 1);
      assertThat(new WorkId.Sealer().open(other)).isEmpty();
      String body =
          TestService.solution(work, TestService.START.getEpochSecond()).replace(id, other);
      Answer answer = service.post("/work", body);
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.json().get("reason").asText()).isEqualTo("this service has no such work");
    }
    assertThat(service.chain.blocks()).isEmpty();
  }

  @Test
  void id_ofTheLongestMiner_fitsTheProtocolAndComesBackAsItWas() {
    WorkId.Sealer sealer = new WorkId.Sealer();
    WorkId id = new WorkId(Long.MAX_VALUE, Long.MAX_VALUE, 1L << 32, "ü".repeat(50));
    String text = sealer.seal(id);
    assertThat(text).hasSizeLessThanOrEqualTo(200);
    assertThat(sealer.open(text)).contains(id);
    assertThat(new WorkId.Sealer().open(text)).as("by another process").isEmpty();
    assertThat(sealer.open("")).isEmpty();
    assertThat(sealer.open("%%%")).isEmpty();
  }

  /** The block is in its place: a miner must not hear that another came first. */
  @Test
  void solution_logFailsAfterTheAppend_isAccepted() throws IOException {
    service.logTo(
        events -> {
          throw new IllegalStateException("no space left");
        });
    JsonNode work = service.get("/work").json();
    Answer answer = service.solve(work, TestService.START.getEpochSecond());
    assertThat(answer.json().path("answer").asText()).isEqualTo("accepted");
    assertThat(service.chain.blocks()).hasSize(1);
    assertThat(service.told)
        .singleElement()
        .asString()
        .contains("appended, but not logged", "no space left");
  }

  /** The storage fails just after the append, so that the miner hears of a failure only. */
  @Test
  void solution_thatIsTheTipAlready_isAccepted() throws IOException {
    WorkIssuer issuer = issuer();
    JsonNode work = offer(issuer, "one");
    service.logTo(
        events -> {
          service.chain.failNextTip();
          throw new IllegalStateException("no space left");
        });
    assertThatThrownBy(() -> solve(issuer, work)).isInstanceOf(IllegalStateException.class);
    assertThat(service.chain.blocks()).hasSize(1);

    assertThat(solve(issuer, work).status()).isEqualTo(200);
    assertThat(service.chain.blocks()).hasSize(1);
  }

  private static JsonNode offer(WorkIssuer issuer, String miner) {
    return Objects.requireNonNull(issuer.offer(miner, null).body());
  }

  private static Reply solve(WorkIssuer issuer, JsonNode work) throws IOException {
    JsonNode solution =
        new ObjectMapper().readTree(TestService.solution(work, TestService.START.getEpochSecond()));
    return issuer.take(
        solution.get("id").asText(),
        solution.get("nonce").asLong(),
        solution.get("timestamp").asLong());
  }

  private WorkIssuer issuer() {
    return new WorkIssuer(service.backend(), service.clock, service.told::add);
  }
}
