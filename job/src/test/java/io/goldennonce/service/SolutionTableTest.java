package io.goldennonce.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.pow.Hash256;
import io.goldennonce.service.ServiceSolution.Verdict;
import io.goldennonce.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SolutionTableTest {
  private static final String SERVICE = "http://127.0.0.1:8645/";

  private final Path directory;
  private final Warehouse warehouse;

  SolutionTableTest(@TempDir Path directory) {
    this.directory = directory.resolve("warehouse");
    this.warehouse = Warehouse.openOrCreate(this.directory.toString(), new Configuration());
  }

  @Test
  void pending_savedAndReadByAnotherProcess_isTheOldestFirst() {
    ServiceSolution late = solution(SERVICE, "b", 20);
    ServiceSolution early = solution(SERVICE, "a/../\u00fc", 10);
    table().save(late);
    table().save(early);
    assertThat(table().pending()).containsExactly(early, late);
  }

  @Test
  void pending_crashAtAnyMomentOfTheVerdict_isPendingOrJudgedButNeverBoth() throws IOException {
    ServiceSolution solution = solution(SERVICE, "a", 0);
    table().save(solution);
    assertThat(table().pending()).containsExactly(solution);
    table().save(judged(solution, Verdict.WRONG, "another block came first"));
    assertThat(files()).as("the version before stays as a fallback").hasSize(2);
    assertThat(table().pending()).isEmpty();
    Files.write(files().get(1), new byte[10]);
    assertThat(table().pending()).as("the verdict is damaged").containsExactly(solution);
  }

  @Test
  void pending_keptByVersion010_isJudgedLikeAnyOther() throws IOException {
    ServiceSolution solution = solution(SERVICE, "a", 0);
    table().save(solution);
    Path file = files().get(0);
    String key = file.getFileName().toString().substring(0, 64);
    Files.move(file, file.resolveSibling(key + "-1-pending.parquet"));
    assertThat(table().pending()).containsExactly(solution);
    table().save(judged(solution, Verdict.WRONG, "another block came first"));
    assertThat(table().pending()).isEmpty();
  }

  private SolutionTable table() {
    return new SolutionTable(() -> warehouse.table(SolutionTable.SCHEMA));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("solutions"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private static ServiceSolution solution(String service, String workId, long seconds) {
    return judged(
        new ServiceSolution(
            service,
            workId,
            "00ab",
            7,
            1_700_000_000,
            Hash256.ZERO,
            "0123456789abcdef",
            Instant.ofEpochSecond(1_800_000_000 + seconds),
            Verdict.PENDING,
            null),
        Verdict.PENDING,
        null);
  }

  private static ServiceSolution judged(
      ServiceSolution found, Verdict verdict, @Nullable String reason) {
    return new ServiceSolution(
        found.service(),
        found.workId(),
        found.previousHash(),
        found.nonce(),
        found.timestamp(),
        found.hash(),
        found.searchId(),
        found.foundAt(),
        verdict,
        reason);
  }
}
