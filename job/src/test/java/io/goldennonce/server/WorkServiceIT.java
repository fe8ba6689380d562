package io.goldennonce.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cli.CliRun;
import io.goldennonce.cluster.SearchRow;
import io.goldennonce.cluster.Submission;
import io.goldennonce.service.ServiceSolution;
import io.goldennonce.service.SolutionTable;
import io.goldennonce.warehouse.Warehouse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service and two miners, each a process of its own. */
class WorkServiceIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What nobody meets in a test's time. */
  private static final String HARD = "1a00ffff";

  @TempDir private Path directory = Path.of("set by JUnit");

  /** All in a row, as processes take their time to start. */
  @Test
  void work_twoMinersOnOneService_oneWinsTheOtherIsInterruptedAndAKillLosesNothing()
      throws Exception {
    Submission service =
        start("serve-work", "--port", "0", "--difficulty", "16", "--warehouse", at("served"));
    URI address = address(service);
    try (ServiceProxy beforeTheSlow = new ServiceProxy(address);
        ServiceProxy beforeTheFast = new ServiceProxy(address)) {
      beforeTheSlow.asksFor(HARD);
      beforeTheFast.passesSolutions(1);
      Submission slow = start(work("slow", beforeTheSlow, 1));
      beforeTheSlow.awaitOffers(1);
      Submission fast = start(work("fast", beforeTheFast, 2));

      // It wins the first block, and is killed between its find of the second and the answer.
      beforeTheFast.awaitHeldSolution();
      fast.kill();
      assertThat(fast.out()).singleElement().asString().contains("\"verdict\":\"accepted\"");
      beforeTheSlow.awaitOffers(2);
      assertThat(slow.err()).containsOnlyOnce("is outdated, going on with newer work");
      assertThat(next(address).get("height").asLong()).isEqualTo(2);
      assertThat(pending("fast", beforeTheFast)).hasSize(1);

      // Its next process hands it in: the other is interrupted again, and finds the block after it.
      beforeTheSlow.asksFor(null);
      beforeTheFast.passesSolutions(Integer.MAX_VALUE);
      CliRun restarted = CliRun.of(work("fast", beforeTheFast, 1));
      assertThat(restarted.code()).as(restarted.toString()).isZero();
      assertThat(restarted.out()).as("nothing to search for").isEmpty();
      assertThat(restarted.err()).singleElement().asString().endsWith(" is accepted");
      assertThat(pending("fast", beforeTheFast)).isEmpty();
      assertThat(beforeTheFast.solutions()).hasSize(3);
      assertThat(beforeTheFast.solutions().get(2)).isEqualTo(beforeTheFast.solutions().get(1));

      Submission.Ended ended = slow.await();
      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.json().get("verdict").asText()).isEqualTo("accepted");
      JsonNode last = next(address);
      assertThat(last.get("height").asLong()).isEqualTo(4);
      assertThat(last.get("previous_hash")).isEqualTo(ended.json().get("hash"));
      List<SearchRow> searches = SearchRow.all(Path.of(at("slow")));
      assertThat(searches).hasSize(3);
      assertThat(searches.subList(0, 2))
          .allMatch(search -> search.hashes() > 0 && search.nonce().isEmpty());
    }
    service.signal("TERM");
    assertThat(service.await().code()).isEqualTo(130);
  }

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  private Submission start(String... program) throws IOException, InterruptedException {
    return Submission.onOneCore(directory.resolve("runs"), program);
  }

  private String[] work(String miner, ServiceProxy service, int blocks) {
    return new String[] {
      "work",
      "--service",
      service.uri().toString(),
      "--blocks",
      String.valueOf(blocks),
      "--json",
      "--quiet",
      "-D",
      "chain.miner=" + miner,
      "-D",
      "service.poll-interval=100ms",
      "--warehouse",
      at(miner)
    };
  }

  private List<ServiceSolution> pending(String miner, ServiceProxy service) {
    return new SolutionTable(
            () -> Warehouse.open(at(miner), new Configuration()).table(SolutionTable.SCHEMA))
        .pending().stream()
            .filter(solution -> solution.service().equals(service.uri().toString()))
            .toList();
  }

  /** Where a service listens, as it tells. */
  private static URI address(Submission service) throws InterruptedException {
    while (service.out().isEmpty()) {
      assertThat(service.isAlive()).as(service.err()).isTrue();
      Thread.sleep(20);
    }
    return URI.create(service.out().get(0) + "/");
  }

  private static JsonNode next(URI service) throws IOException, InterruptedException {
    return JSON.readTree(
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(service.resolve("work")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }
}
