package io.goldennonce.app;

import io.goldennonce.config.Configuration;
import io.goldennonce.monitor.FindNotice;
import io.goldennonce.monitor.MiningMonitor;
import io.goldennonce.monitor.MonitorPlugin;
import io.goldennonce.monitor.SearchReporter;
import io.goldennonce.monitor.StatusFile;
import io.goldennonce.monitor.terminal.FindLine;
import io.goldennonce.monitor.terminal.ProgressDisplay;
import io.goldennonce.plan.Spending;
import io.goldennonce.puzzle.wallet.CoinWallet;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports a command's searches: in the progress line, the status file, the live page, and notices
 * of solutions.
 */
final class SearchReporting implements AutoCloseable {
  private final Configuration configuration;
  private final boolean quiet;
  private final Optional<URI> notifyAddress;
  private @Nullable FindNotice notice;
  private boolean pageReported;

  SearchReporting(Configuration configuration, boolean quiet) {
    this.configuration = configuration;
    this.quiet = quiet;
    String url = configuration.notification().url();
    this.notifyAddress =
        url.isEmpty()
            ? Optional.empty()
            : Optional.of(UsageException.checked("notify.url", () -> FindNotice.address(url)));
  }

  /**
   * Creates the reports of one search.
   *
   * @param notify the address of an option to which solutions are posted, if it was given
   */
  Subscription of(
      SearchSpec spec,
      String title,
      MiningMonitor monitor,
      Optional<SearchReporter> status,
      Optional<URI> notify) {
    reportPage();
    List<SearchReporter> observers = new ArrayList<>();
    status.ifPresent(observers::add);
    if (!quiet) {
      observers.add(new FindLine(System.err, title, spec));
    }
    notice(notify).map(found -> found.of(spec, title)).ifPresent(observers::add);
    return new Subscription(monitor.watch(spec, title), display(title), observers);
  }

  /**
   * Creates the reports of a count of coins.
   *
   * @param wanted number of coins to end with; empty for no end
   */
  MiningMonitor.CoinWatch ofCoins(
      String title, MiningMonitor monitor, CoinWallet wallet, OptionalLong wanted) {
    reportPage();
    return monitor.watchCoins(
        title, configuration.chain().miner(), wallet.earlierCoinsByMiner(), wanted);
  }

  @Override
  public void close() {
    if (notice != null) {
      notice.close();
    }
  }

  /** Prints the address of the live page, once. */
  private void reportPage() {
    if (!quiet && !pageReported) {
      pageReported = true;
      MonitorPlugin.page().ifPresent(page -> System.err.println("live page: " + page));
    }
  }

  /** Says that a command ends because of its cost. */
  static void reportCostLimit(Spending.Spent spent) {
    System.err.printf(
        "--max-cost is reached: its executors have cost %s; the state is saved%n",
        Spending.text(spent.amount(), spent.terms().currency()));
  }

  private Optional<FindNotice> notice(Optional<URI> option) {
    if (notice == null) {
      Configuration.Notify settings = configuration.notification();
      notice =
          option
              .or(() -> notifyAddress)
              .map(address -> new FindNotice(address, settings.timeout(), settings.attempts()))
              .orElse(null);
    }
    return Optional.ofNullable(notice);
  }

  /**
   * Creates the status file.
   *
   * @throws UsageException if it can't be written
   */
  static SearchReporter statusFile(
      Path file, String searchId, Supplier<Optional<Spending.Spent>> spent) {
    try {
      return new StatusFile(file, searchId, spent);
    } catch (IOException e) {
      throw new UsageException("--status must be a file that can be written, got " + file, e);
    }
  }

  private ProgressDisplay display(String title) {
    return quiet
        ? ProgressDisplay.none()
        : ProgressDisplay.on(System.err, title, configuration.progress().plainInterval());
  }

  /** The reports of one search, open while it runs. */
  static final class Subscription implements AutoCloseable {
    private final MiningMonitor.Watch watch;
    private final ProgressDisplay display;
    private final List<SearchReporter> all;

    private Subscription(
        MiningMonitor.Watch watch, ProgressDisplay display, List<SearchReporter> others) {
      this.watch = watch;
      this.display = display;
      this.all = new ArrayList<>(List.of(watch, display));
      this.all.addAll(others);
    }

    /** Says that the search's ledger is not saved. */
    void withoutLedger() {
      watch.withoutLedger();
    }

    /** An observer that passes events on to all reports, in order. */
    SearchObserver observer(Consumer<Solution> found) {
      return new SearchObserver() {
        @Override
        public void progress(SearchProgress progress) {
          all.forEach(observer -> observer.progress(progress));
        }

        @Override
        public void found(Solution solution) {
          found.accept(solution);
          all.forEach(observer -> observer.found(solution));
        }

        @Override
        public void improved(Solution lowest) {
          all.forEach(observer -> observer.improved(lowest));
        }

        @Override
        public void ledgerSaved() {
          all.forEach(SearchObserver::ledgerSaved);
        }
      };
    }

    /** Reports the result to all, in order. */
    void ended(SearchResult result) {
      all.forEach(reporter -> reporter.ended(result));
    }

    @Override
    public void close() {
      display.close();
      watch.close();
    }
  }
}
