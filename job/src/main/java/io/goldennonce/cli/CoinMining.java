package io.goldennonce.cli;

import io.goldennonce.config.Configuration;
import io.goldennonce.monitor.MiningMonitor;
import io.goldennonce.monitor.Quantities;
import io.goldennonce.puzzle.CoinCount;
import io.goldennonce.search.ExecutorWork;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.StopSignal;
import io.goldennonce.spark.CoinSearch;
import io.goldennonce.warehouse.CoinWallet;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Finds coins and puts them into the wallet. */
final class CoinMining {
  private final CoinOptions options;
  private final SingleSearch single;
  private final PrintWriter out;

  private final long start = System.nanoTime();
  private long hashes;
  private long coins;
  private Duration told = Duration.ZERO;

  CoinMining(CoinOptions options, SingleSearch single, PrintWriter out) {
    this.options = options;
    this.single = single;
    this.out = out;
  }

  /**
   * Goes on where earlier runs of the seed have ended.
   *
   * @return the exit code
   */
  int call() throws InterruptedException {
    long most = options.most();
    NonceRange candidates = single.part(options.candidates());
    if (!options.isBounded() && !single.isBounded()) {
      throw new UsageException(
          "--format coins goes on for ever without --coins, --limit or --timeout");
    }
    if (single.printsSize(candidates, out)) {
      return ExitCode.OK.code();
    }
    Configuration configuration = single.common().configuration();
    StopSignal stop = single.deadline().or(Interruption.signal());
    Outcome outcome;
    long earlier;
    try (JobSession session = JobSession.start("solve", configuration, single.common().quiet())) {
      try (CoinWallet wallet = session.wallet(candidates);
          MiningMonitor.CoinWatch watch =
              session.watchCoins("coins of seed " + options.seed(), wallet, options.wanted())) {
        earlier = wallet.earlierCoins();
        outcome =
            earlier >= most
                ? Outcome.FOUND
                : session
                    .coinSearch()
                    .run(
                        wallet.missing(),
                        most - earlier,
                        stop,
                        listener(wallet, watch, configuration));
        watch.ended(outcome);
      }
      // Told when it is kept.
      print(configuration.chain().miner(), earlier, outcome);
    }
    return (options.isBounded() ? ExitCode.of(outcome) : ExitCode.ofBounded(outcome)).code();
  }

  private CoinSearch.Listener listener(
      CoinWallet wallet, MiningMonitor.CoinWatch watch, Configuration configuration) {
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
        tell(configuration);
      }
    };
  }

  /** Every now and then. */
  private void tell(Configuration configuration) {
    Duration elapsed = elapsed();
    if (!single.common().quiet()
        && elapsed.minus(told).compareTo(configuration.progress().plainInterval()) >= 0) {
      told = elapsed;
      System.err.printf(
          Locale.ROOT,
          "coins: %d in %s hashes, %s%n",
          coins,
          Quantities.si(hashes, ""),
          Quantities.si(hashes / (elapsed.toNanos() * 1e-9), "H/s"));
    }
  }

  private void print(String miner, long earlier, Outcome outcome) {
    Fields fields =
        new Fields()
            .with("seed", options.seed())
            .with("miner", miner)
            .with("coins", coins)
            .with("hashes", hashes)
            .with("earlier_coins", earlier)
            .with("outcome", outcome.name().toLowerCase(Locale.ROOT))
            .with("seconds", elapsed().toMillis() / 1000.0);
    out.println(single.json() ? fields.toJson() : fields.toText());
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
