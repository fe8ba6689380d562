package io.goldennonce.app;

import io.goldennonce.config.Configuration;
import io.goldennonce.monitor.MiningMonitor;
import io.goldennonce.monitor.Quantities;
import io.goldennonce.output.Fields;
import io.goldennonce.puzzle.CoinCount;
import io.goldennonce.puzzle.wallet.CoinWallet;
import io.goldennonce.search.ExecutorWork;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.StopSignal;
import io.goldennonce.spark.CoinSearch;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Finds coins and adds them to the wallet. */
public final class CoinMining {
  private final Request request;
  private final Configuration configuration;
  private final boolean quiet;

  private final long start = System.nanoTime();
  private long hashes;
  private long coins;
  private Duration reported = Duration.ZERO;

  /**
   * The coins to find.
   *
   * @param wanted number of coins of the seed to end with; empty to continue until stopped
   */
  public record Request(int seed, NonceRange candidates, OptionalLong wanted) {}

  public CoinMining(Request request, Configuration configuration, boolean quiet) {
    this.request = request;
    this.configuration = configuration;
    this.quiet = quiet;
  }

  /**
   * Counts coins, resuming earlier runs of the seed.
   *
   * @param print receives the result once it is saved
   */
  public ExitCode run(StopSignal stop, Consumer<Fields> print) throws InterruptedException {
    long most = request.wanted().orElse(Long.MAX_VALUE);
    Outcome outcome;
    long earlier;
    try (JobSession session = JobSession.start("solve", configuration, quiet)) {
      try (CoinWallet wallet = session.storage().wallet(request.candidates());
          MiningMonitor.CoinWatch watch =
              session.watchCoins("coins of seed " + request.seed(), wallet, request.wanted())) {
        earlier = wallet.earlierCoins();
        outcome =
            earlier >= most
                ? Outcome.FOUND
                : session
                    .coinSearch()
                    .run(
                        wallet.missing(),
                        most - earlier,
                        stop.or(session.costLimit()),
                        listener(wallet, watch));
        watch.ended(outcome);
      }
      print.accept(result(earlier, outcome));
    }
    return request.wanted().isPresent() ? ExitCode.of(outcome) : ExitCode.ofBounded(outcome);
  }

  private CoinSearch.Listener listener(CoinWallet wallet, MiningMonitor.CoinWatch watch) {
    return new CoinSearch.Listener() {
      @Override
      public void counted(CoinCount count, double seconds) {
        wallet.add(count, seconds);
        hashes += count.range().size();
        coins += count.coins();
      }

      @Override
      public void waveEnded(List<ExecutorWork> work) {
        watch.progress(coins, hashes, work);
        report();
      }
    };
  }

  /** Prints progress at the configured interval. */
  private void report() {
    Duration elapsed = elapsed();
    Duration interval = configuration.progress().plainInterval();
    if (!quiet && elapsed.minus(reported).compareTo(interval) >= 0) {
      reported = elapsed;
      System.err.printf(
          Locale.ROOT,
          "coins: %d in %s hashes, %s%n",
          coins,
          Quantities.si(hashes, ""),
          Quantities.si(hashes / (elapsed.toNanos() * 1e-9), "H/s"));
    }
  }

  private Fields result(long earlier, Outcome outcome) {
    return new Fields()
        .with("seed", request.seed())
        .with("miner", configuration.chain().miner())
        .with("coins", coins)
        .with("hashes", hashes)
        .with("earlier_coins", earlier)
        .with("outcome", outcome.label())
        .with("seconds", elapsed().toMillis() / 1000.0);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
