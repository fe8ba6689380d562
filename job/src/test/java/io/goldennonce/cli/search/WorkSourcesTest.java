package io.goldennonce.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cli.CliRun;
import io.goldennonce.cli.Main;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Target;
import io.goldennonce.search.HeaderTemplate;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.Delivery;
import io.goldennonce.work.Work;
import io.goldennonce.work.WorkSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work from a service, and from a source that a user wrote. */
@Tag("spark")
class WorkSourcesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory = Path.of("set by JUnit");

  /** A whole source of one's own: the searches for some headers, one after the other. */
  public static final class HeadersSource implements WorkSource {
    private static final BlockHeader GENESIS =
        BlockHeader.ofHex(
            "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b2"
                + "7ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d00000000");

    private final int zeros;
    private long left;

    /** As {@code --set} says. */
    public HeadersSource(Map<String, String> settings) {
      this.left = Long.parseLong(settings.getOrDefault("count", "1"));
      this.zeros = Integer.parseInt(settings.getOrDefault("zeros", "8"));
    }

    @Override
    public Optional<Work> next(StopSignal stop) {
      if (left == 0) {
        return Optional.empty();
      }
      left--;
      BlockHeader header = GENESIS.withTime(GENESIS.time() + left);
      SearchSpec search =
          SearchSpec.of(new HeaderTemplate(header, 0), Target.ofZeroBits(zeros), ResultMode.ANY);
      return Optional.of(new Header(search));
    }

    @Override
    public void close() {}

    private record Header(SearchSpec search) implements Work {
      @Override
      public String title() {
        return "a header";
      }

      @Override
      public StopSignal outdated() {
        return StopSignal.never();
      }

      @Override
      public boolean dropIfOutdated() {
        return true;
      }

      @Override
      public Delivery deliver(SearchResult result) {
        return Delivery.of(result, Map.of("kind", "own"));
      }
    }
  }

  @Test
  void work_ofASourceOfOnesOwn_isDoneUntilThereIsNoMore() throws IOException {
    CliRun run = workHeaders(2);
    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out()).hasSize(2);
    assertThat(JSON.readTree(run.out().get(0)).get("kind").asText()).isEqualTo("own");
  }

  @Test
  void work_thatWasDoneBeforeAndIsNotWantedAnyMore_isLeftOut() {
    for (int found : List.of(1, 0)) {
      CliRun run = workHeaders(1);
      assertThat(run.code()).as(run.toString()).isZero();
      assertThat(run.out()).hasSize(found);
    }
  }

  private CliRun workHeaders(int count) {
    return CliRun.of(
        "work",
        "--source",
        "headers",
        "--set",
        "count=" + count,
        "-D",
        "work.sources.headers=" + HeadersSource.class.getName(),
        "--warehouse",
        directory.resolve("warehouse").toString(),
        "--json",
        "--quiet");
  }

  @Test
  void work_ofTheReferenceService_minesItsChain() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path served = directory.resolve("served");
    CompletableFuture<Integer> server =
        CompletableFuture.supplyAsync(
            () ->
                Main.run(
                    "serve-work",
                    "--port",
                    String.valueOf(port),
                    "--difficulty",
                    "8",
                    "--timeout",
                    "60s",
                    "--warehouse",
                    served.toString()));
    // Its line on standard output must not be the other's.
    while (!listens(port)) {
      assertThat(server).isNotDone();
      Thread.sleep(20);
    }
    CliRun run =
        CliRun.of(
            "work",
            "--service",
            "http://127.0.0.1:" + port,
            "--blocks",
            "2",
            "--json",
            "--quiet",
            "-D",
            "chain.miner=someone",
            "--warehouse",
            directory.resolve("warehouse").toString());
    assertThat(run.code()).as(run.toString()).isZero();
    List<String> hashes = new ArrayList<>();
    for (String line : run.out()) {
      JsonNode solution = JSON.readTree(line);
      assertThat(solution.get("verdict").asText()).isEqualTo("accepted");
      hashes.add(solution.get("hash").asText());
    }
    assertThat(hashes).hasSize(2);
    assertThat(sql(served, "SELECT hash FROM chain WHERE miner = 'someone' ORDER BY height"))
        .containsExactly(
            "{\"hash\":\"" + hashes.get(0) + "\"}", "{\"hash\":\"" + hashes.get(1) + "\"}");
    assertThat(
            sql(
                directory.resolve("warehouse"),
                "SELECT s.verdict FROM solutions s JOIN searches USING (search_id)"))
        .containsExactly("{\"verdict\":\"accepted\"}", "{\"verdict\":\"accepted\"}");
    CliRun verified = CliRun.of("verify", "--warehouse", served.toString(), "--quiet");
    assertThat(verified.code()).as(verified.toString()).isZero();
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> sql(Path warehouse, String query) {
    CliRun run = CliRun.of("sql", query, "--json", "--warehouse", warehouse.toString());
    assertThat(run.code()).as(run.toString()).isZero();
    return run.out();
  }
}
