package io.goldennonce.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.pow.Hash256;
import io.goldennonce.service.ServiceSolution.Verdict;
import io.goldennonce.work.remote.FindStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SolutionSubmitterTest {
  private final List<ServiceSolution> saved = new ArrayList<>();
  private final FindStore<ServiceSolution> store =
      new FindStore<>() {
        @Override
        public void save(ServiceSolution solution) {
          saved.add(solution);
        }

        @Override
        public List<ServiceSolution> pending() {
          return List.copyOf(saved);
        }
      };

  /** A warehouse may have solutions for several services. */
  @Test
  void pending_solutionsOfTwoServices_areThoseOfItsOwn() {
    ServiceClient client =
        new ServiceClient(
            WorkService.url("http://127.0.0.1:8645/"),
            "miner",
            Optional.empty(),
            Duration.ofSeconds(1));
    ServiceSolution own = solution(client.url());
    store.save(solution("http://127.0.0.1:1/"));
    store.save(own);

    assertThat(new SolutionSubmitter(client, store).pending()).containsExactly(own);
  }

  private static ServiceSolution solution(String service) {
    return new ServiceSolution(
        service,
        "a",
        "00ab",
        7,
        1_700_000_000,
        Hash256.ZERO,
        "0123456789abcdef",
        Instant.ofEpochSecond(1_800_000_000),
        Verdict.PENDING,
        null);
  }
}
