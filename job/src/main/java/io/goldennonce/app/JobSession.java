package io.goldennonce.app;

import io.goldennonce.base.Failures;
import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.ChainEvent;
import io.goldennonce.chain.EventLog;
import io.goldennonce.chain.table.BlockTable;
import io.goldennonce.chain.table.WarehouseChain;
import io.goldennonce.config.Configuration;
import io.goldennonce.kernel.choice.Kernels;
import io.goldennonce.monitor.MiningMonitor;
import io.goldennonce.monitor.MonitorPlugin;
import io.goldennonce.monitor.SearchReporter;
import io.goldennonce.output.Printable;
import io.goldennonce.plan.Spending;
import io.goldennonce.puzzle.wallet.CoinWallet;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.ledger.LedgerStore;
import io.goldennonce.search.table.SearchTable;
import io.goldennonce.spark.CoinSearch;
import io.goldennonce.spark.CompletedSearch;
import io.goldennonce.spark.SparkApplication;
import io.goldennonce.spark.SparkSearch;
import io.goldennonce.sql.SqlSession;
import io.goldennonce.warehouse.Warehouse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A command's Spark application. It starts in the background, so that the command can check its
 * input and its warehouse in the meantime.
 */
public final class JobSession implements AutoCloseable {
  /** Coins are reported once per wave. */
  private static final Duration COIN_WAVE = Duration.ofSeconds(1);

  private final Configuration configuration;
  private final Optional<Sizing> sizing;
  private final SparkApplication application;
  private final SearchReporting reporting;
  private final SessionStorage storage;
  private final ExecutorCost cost;
  private final CompletableFuture<JavaSparkContext> context = new CompletableFuture<>();

  private final Set<String> warned = new HashSet<>();
  private @Nullable SparkSearch sparkSearch;

  private JobSession(
      Configuration configuration,
      boolean quiet,
      Optional<Sizing> sizing,
      SparkApplication application) {
    this.configuration = configuration;
    this.reporting = new SearchReporting(configuration, quiet);
    this.sizing = sizing;
    this.application = application;
    this.cost = ExecutorCost.of(configuration.plan(), application);
    this.storage = new SessionStorage(configuration, application.hadoopConfiguration());
  }

  /** Starts an application. */
  public static JobSession start(String command, Configuration configuration, boolean quiet) {
    return start(command, configuration, Optional.empty(), quiet);
  }

  /** Starts an application with the planned workers, if there is a plan. */
  public static JobSession start(
      String command, Configuration configuration, Optional<Sizing> sizing, boolean quiet) {
    SparkApplication application = application(command, configuration);
    sizing.ifPresent(planned -> planned.require(application));
    sizing.filter(planned -> !quiet).map(Sizing::line).ifPresent(System.err::println);
    JobSession session = new JobSession(configuration, quiet, sizing, application);
    new Thread(session::startSpark, "spark-start").start();
    return session;
  }

  /** Creates a command's application without starting it. */
  public static SparkApplication application(String command, Configuration configuration) {
    SparkStart.prepare();
    SparkApplication application =
        new SparkApplication(
            "golden-nonce " + command,
            SparkStart.settings(configuration.spark(), System.err::println),
            MonitorPlugin.class);
    String kernel = configuration.search().kernel();
    if (Kernels.isDevice(kernel)) {
      application.limitLocalSlots(Kernels.slots(kernel));
    }
    return application;
  }

  private void startSpark() {
    try {
      JavaSparkContext started = application.start();
      cost.started();
      context.complete(started);
    } catch (Throwable e) { // Spark's Scala code throws checked exceptions undeclared.
      context.completeExceptionally(e);
    }
  }

  /**
   * Runs a search with its progress on standard error.
   *
   * @param found receives each solution once, like {@link SearchObserver#found}
   * @return the search, whose tasks are idle; closing it saves the ledger
   */
  public CompletedSearch search(
      SearchSpec spec,
      LedgerStore ledger,
      SearchSettings settings,
      StopSignal stop,
      String title,
      Consumer<Solution> found)
      throws InterruptedException {
    String kernel = configuration.search().kernel();
    // Reported here, once, and not by every task. A cluster's driver has other devices than
    // executors.
    if (!Kernels.isDevice(kernel) || context().isLocal()) {
      Kernels.choose(kernel, spec.template().variant(0)).warnings().stream()
          .filter(warned::add)
          .forEach(System.err::println);
    }
    // Refused before the search starts.
    Optional<SearchReporter> status =
        settings.status().map(file -> SearchReporting.statusFile(file, spec.id(), cost::spent));
    SparkSearch search = sparkSearch();
    // A service's title is untrusted text.
    String shown = Printable.of(title);
    try (SearchReporting.Subscription subscription =
        reporting.of(spec, shown, monitor(), status, settings.notice())) {
      if (!ledger.isDurable()) {
        subscription.withoutLedger();
      }
      CompletedSearch completed =
          search.run(spec, ledger, stop.or(ledger.lost()).or(cost), subscription.observer(found));
      subscription.ended(completed.result());
      return completed;
    }
  }

  /** Stops when the executors have cost as much as they may. Does not wait for their start. */
  public StopSignal costLimit() {
    return cost;
  }

  /** The own chain in the warehouse; also shows its last blocks on the live page. */
  public BlockStore chain() {
    Warehouse warehouse = storage.warehouse();
    context.thenAcceptAsync(started -> monitor().chain(new BlockTable(warehouse).recent()));
    return new WarehouseChain(warehouse, ConfiguredChain.rules(configuration));
  }

  /** The log of the own chain's events; also shows new blocks on the live page. */
  public EventLog events() {
    EventLog saved = storage.events();
    return new EventLog() {
      @Override
      public void append(List<ChainEvent> events) {
        saved.append(events);
      }

      @Override
      public void added(Block block) {
        monitor().mined(BlockRow.of(block));
      }
    };
  }

  /**
   * Counts a share with a verdict in the metrics.
   *
   * @param difficulty of its hash
   */
  public void shared(String verdict, double difficulty) {
    monitor().shared(verdict, difficulty);
  }

  private MiningMonitor monitor() {
    context();
    return MonitorPlugin.monitor().orElseThrow();
  }

  private SparkSearch sparkSearch() {
    if (sparkSearch == null) {
      sparkSearch = new SparkSearch(context(), configuration.search());
      sparkSearch.rehearseStop();
    }
    return sparkSearch;
  }

  CoinSearch coinSearch() {
    Configuration.Search search = configuration.search();
    return new CoinSearch(context(), COIN_WAVE, search.firstRange(), search.stopWait());
  }

  /**
   * Shows a count of coins on the live page and in the metrics.
   *
   * @param wanted number of coins to end with; empty for no end
   */
  MiningMonitor.CoinWatch watchCoins(String title, CoinWallet wallet, OptionalLong wanted) {
    return reporting.ofCoins(title, monitor(), wallet, wanted);
  }

  public SparkSession sql() {
    return SqlSession.of(context());
  }

  public SessionStorage storage() {
    return storage;
  }

  /** Saves a run in the warehouse. */
  public void record(String command, SearchSpec spec, SearchResult result) {
    JavaSparkContext started = context();
    storage.record(
        new SearchTable.Run(
            new SearchTable.Application(started.sc().applicationId(), started.version()),
            command,
            spec,
            result,
            sizing.map(planned -> planned.expected(spec, result))));
  }

  @Override
  public void close() {
    cost.spent().filter(Spending.Spent::isAll).ifPresent(SearchReporting::reportCostLimit);
    reporting.close();
    try {
      storage.close();
    } finally {
      stopSpark();
    }
  }

  private void stopSpark() {
    if (sparkSearch != null) {
      sparkSearch.close();
    }
    context.thenAccept(JavaSparkContext::close).exceptionally(failure -> null).join();
  }

  /** Hadoop's settings; available before the application has started. */
  public org.apache.hadoop.conf.Configuration hadoopConfiguration() {
    return application.hadoopConfiguration();
  }

  /** The application's context; waits until it has started. */
  public JavaSparkContext context() {
    try {
      return context.join();
    } catch (CompletionException e) {
      throw StartException.of(Failures.unwrapped(e));
    }
  }
}
