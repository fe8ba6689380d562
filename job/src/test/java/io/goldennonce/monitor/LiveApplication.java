package io.goldennonce.monitor;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.chain.Transaction;
import io.goldennonce.config.Configuration;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.puzzle.CoinCount;
import io.goldennonce.puzzle.Coins;
import io.goldennonce.search.ExecutorWork;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.ledger.LedgerStore;
import io.goldennonce.spark.CoinSearch;
import io.goldennonce.spark.CompletedSearch;
import io.goldennonce.spark.SparkApplication;
import io.goldennonce.spark.SparkSearch;
import io.goldennonce.work.BlockSearch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** A real application with Spark's UI on a free port, that mines what it is told to. */
final class LiveApplication implements AutoCloseable {
  /** A find in 2^45 hashes: none in a test's time. */
  static final CompactBits HOPELESS = CompactBits.ofHex("1b080000");

  /** A find in 2^18 hashes. */
  static final CompactBits EASY = CompactBits.ofHex("1f004000");

  private static final String UI_ENABLED = "spark.ui.enabled";

  private final JavaSparkContext context;
  private SparkSearch search;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private @Nullable BlockIndexEntry tip;

  private LiveApplication(JavaSparkContext context) {
    this.context = context;
    this.search = search(context, "auto");
  }

  private static SparkSearch search(JavaSparkContext context, String kernel) {
    return new SparkSearch(
        context,
        new Configuration.Search(
            kernel,
            Duration.ofMillis(500),
            1 << 18,
            Duration.ofMillis(250),
            500,
            0,
            Duration.ofSeconds(1),
            Duration.ofSeconds(10)));
  }

  /** From now on searches on a device: the interpreter of the tests. */
  void useDevice() {
    search.close();
    search = search(context, "failing");
  }

  /** Starts one with the settings that the program's users get. */
  static LiveApplication start(String master, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("spark.master", master);
    settings.put("spark.ui.port", "0");
    settings.put("spark.ui.showConsoleProgress", "false");
    settings.put("spark.ui.prometheus.enabled", "true");
    // The build turns it off for all other tests.
    String before = System.setProperty(UI_ENABLED, "true");
    try {
      return new LiveApplication(
          new SparkApplication("golden-nonce mine", settings, MonitorPlugin.class).start());
    } finally {
      if (before == null) {
        System.clearProperty(UI_ENABLED);
      } else {
        System.setProperty(UI_ENABLED, before);
      }
    }
  }

  /** The live page's address. */
  String page() {
    return MonitorPlugin.page().orElseThrow();
  }

  int port() {
    return java.net.URI.create(page()).getPort();
  }

  static MiningMonitor monitor() {
    return MonitorPlugin.monitor().orElseThrow();
  }

  /**
   * Begins to mine a block.
   *
   * @param status where to keep a status file
   */
  CompletableFuture<SearchResult> mine(String data, CompactBits bits, Path status) {
    stopped.set(false);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return mineNow(data, bits, status);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  private SearchResult mineNow(String data, CompactBits bits, Path status) throws Exception {
    BlockTemplate template =
        BlockTemplate.of(
            tip,
            List.of(Transaction.ofText(data)),
            bits,
            Instant.now().getEpochSecond(),
            "a miner");
    SearchSpec spec =
        SearchSpec.of(
            new BlockSearch(template, 0), template.target(), io.goldennonce.search.ResultMode.ANY);
    StatusFile file = new StatusFile(status, spec.id(), Optional::empty);
    try (MiningMonitor.Watch watch = monitor().watch(spec, "block " + template.height())) {
      SearchResult result;
      try (CompletedSearch completed =
          search.run(spec, LedgerStore.none(), stop(), both(watch, file))) {
        result = completed.result();
        watch.ended(result);
        file.ended(result);
      }
      result
          .found()
          .ifPresent(
              found -> {
                Block block =
                    template.solve(found.variant(), found.nonce(), spec.id(), Instant.now());
                tip = block.indexEntry();
                monitor().mined(BlockRow.of(block));
              });
      return result;
    }
  }

  /**
   * Begins to count coins.
   *
   * @param wanted how many, in all
   * @param earlier how many of them another miner has already
   * @return those that were counted
   */
  CompletableFuture<Long> countCoins(String miner, long wanted, long earlier) {
    stopped.set(false);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return countCoinsNow(miner, wanted, earlier);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  private long countCoinsNow(String miner, long wanted, long earlier) throws Exception {
    AtomicLong coins = new AtomicLong();
    try (MiningMonitor.CoinWatch watch =
        monitor()
            .watchCoins(
                "coins of seed 0", miner, Map.of("another", earlier), OptionalLong.of(wanted))) {
      Outcome outcome =
          new CoinSearch(context, Duration.ofMillis(500), 1 << 16, Duration.ofSeconds(10))
              .run(
                  List.of(Coins.candidates(0)),
                  wanted - earlier,
                  stop(),
                  new CoinSearch.Listener() {
                    @Override
                    public void counted(CoinCount count, double seconds) {
                      coins.addAndGet(count.coins());
                    }

                    @Override
                    public void waveEnded(List<ExecutorWork> work) {
                      watch.progress(
                          coins.get(), work.stream().mapToLong(ExecutorWork::hashes).sum(), work);
                    }
                  });
      watch.ended(outcome);
    }
    return coins.get();
  }

  private StopSignal stop() {
    return () -> stopped.get() ? Optional.of(StopReason.INTERRUPTED) : Optional.empty();
  }

  /** Stops what is being mined. */
  void interrupt() {
    stopped.set(true);
  }

  private static SearchObserver both(SearchObserver a, SearchObserver b) {
    return new SearchObserver() {
      @Override
      public void progress(SearchProgress progress) {
        a.progress(progress);
        b.progress(progress);
      }

      @Override
      public void ledgerSaved() {
        a.ledgerSaved();
      }
    };
  }

  @Override
  public void close() {
    interrupt();
    search.close();
    context.close();
  }
}
