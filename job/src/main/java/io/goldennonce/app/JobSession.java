package io.goldennonce.app;

import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.ChainEvent;
import io.goldennonce.chain.EventLog;
import io.goldennonce.config.Configuration;
import io.goldennonce.kernel.choice.Kernels;
import io.goldennonce.monitor.MiningMonitor;
import io.goldennonce.monitor.MonitorPlugin;
import io.goldennonce.monitor.SearchReporter;
import io.goldennonce.monitor.WatchedChain;
import io.goldennonce.output.Printable;
import io.goldennonce.pool.Pool;
import io.goldennonce.search.LedgerStore;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopSignal;
import io.goldennonce.spark.CoinSearch;
import io.goldennonce.spark.CompletedSearch;
import io.goldennonce.spark.SparkApplication;
import io.goldennonce.spark.SparkSearch;
import io.goldennonce.sql.SqlSession;
import io.goldennonce.table.BackgroundCompaction;
import io.goldennonce.table.BatchedAppends;
import io.goldennonce.warehouse.BlockTable;
import io.goldennonce.warehouse.CoinWallet;
import io.goldennonce.warehouse.EventBatch;
import io.goldennonce.warehouse.RangeTable;
import io.goldennonce.warehouse.SearchTable;
import io.goldennonce.warehouse.Warehouse;
import io.goldennonce.warehouse.WarehouseChain;
import io.goldennonce.warehouse.WarehouseLedger;
import io.goldennonce.work.Work;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command's Spark application. It starts in the background, so that the command can look at its
 * input and its warehouse meanwhile.
 */
public final class JobSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobSession.class);

  /** Coins are told a wave at a time. */
  private static final Duration COIN_WAVE = Duration.ofSeconds(1);

  private final Configuration configuration;
  private final Optional<Sizing> sizing;
  private final SparkApplication application;
  private final Audience audience;
  private final CompletableFuture<JavaSparkContext> context;

  /** Whose application this is, if it is another session's. */
  private final @Nullable JobSession host;

  private final Set<String> warned = new HashSet<>();
  private @Nullable SparkSearch sparkSearch;
  private @Nullable Warehouse warehouse;
  private @Nullable BackgroundCompaction compaction;
  private final BatchedAppends<SearchTable.Run> runs;
  private final BatchedAppends<RangeTable.Entry> ranges;
  private final EventBatch events;

  private JobSession(
      Configuration configuration,
      boolean quiet,
      Optional<Sizing> sizing,
      SparkApplication application,
      @Nullable JobSession host) {
    this.host = host;
    this.context = host == null ? new CompletableFuture<>() : host.context;
    this.configuration = configuration;
    this.audience = new Audience(configuration, quiet);
    this.sizing = sizing;
    this.application = application;
    Duration interval = configuration.search().checkpointInterval();
    this.runs =
        new BatchedAppends<>(
            "searches", rows -> new SearchTable(warehouse()).append(rows), interval);
    this.ranges =
        new BatchedAppends<>("ranges", rows -> new RangeTable(warehouse()).append(rows), interval);
    this.events = new EventBatch(this::warehouse, configuration.chain().miner(), interval);
  }

  /** Starts an application. */
  public static JobSession start(String command, Configuration configuration, boolean quiet) {
    SparkApplication application = application(command, configuration);
    return start(new JobSession(configuration, quiet, Optional.empty(), application, null));
  }

  /** Starts an application with as many workers as were planned, if any were. */
  public static JobSession start(
      String command, Configuration configuration, Optional<Sizing> sizing, boolean quiet) {
    SparkApplication application = application(command, configuration);
    sizing.ifPresent(planned -> planned.require(application));
    sizing.filter(planned -> !quiet).map(Sizing::line).ifPresent(System.err::println);
    return start(new JobSession(configuration, quiet, sizing, application, null));
  }

  /** A command's application, not started. */
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

  /**
   * For another command in the same application, which stays when that command has ended.
   *
   * @param other its configuration; what it says of searches and Spark does not count
   */
  public JobSession sharing(Configuration other, boolean quieter) {
    return new JobSession(other, quieter, Optional.empty(), application, this);
  }

  private static JobSession start(JobSession session) {
    new Thread(session::startSpark, "spark-start").start();
    return session;
  }

  private void startSpark() {
    try {
      context.complete(application.start());
    } catch (Throwable e) { // Spark's Scala code throws checked exceptions undeclared.
      context.completeExceptionally(e);
    }
  }

  /** A search's ledger in the configured warehouse, with what earlier runs have left in it. */
  public WarehouseLedger ledger(SearchSpec spec, SearchSettings settings, boolean everyRun) {
    WarehouseLedger ledger = ledger(spec, everyRun, () -> {});
    if (everyRun || Warehouse.isAt(configuration.warehouse(), application.hadoopConfiguration())) {
      ledger.resume(settings.fresh());
    }
    return ledger;
  }

  /** The ledger of work that may come again, with what earlier runs may have left in it. */
  public WarehouseLedger ledger(Work work, SearchSettings settings) {
    WarehouseLedger ledger = ledger(work.search(), true, work::begun);
    if (!work.isNew()) {
      ledger.resume(settings.fresh());
    }
    return ledger;
  }

  private WarehouseLedger ledger(SearchSpec spec, boolean everyRun, Runnable firstCheckpoint) {
    return new WarehouseLedger(
        this::warehouse,
        spec,
        new WarehouseLedger.Settings(
            configuration.search().checkpointInterval(),
            everyRun ? Optional.of(ranges::add) : Optional.empty(),
            firstCheckpoint,
            System::nanoTime));
  }

  /**
   * Runs a search with its progress on standard error.
   *
   * @return the search, whose tasks are idle; closing it saves the ledger
   */
  public CompletedSearch search(
      SearchSpec spec, LedgerStore ledger, SearchSettings settings, StopSignal stop, String title)
      throws InterruptedException {
    String kernel = configuration.search().kernel();
    // Told here, once, and not by every task. A cluster's driver has other devices than executors.
    if (!Kernels.isDevice(kernel) || host != null || context().isLocal()) {
      Kernels.choose(kernel, spec.template().variant(0)).warnings().stream()
          .filter(warned::add)
          .forEach(System.err::println);
    }
    // Refused before anything is under way.
    Optional<SearchReporter> status =
        settings.status().map(file -> Audience.statusFile(file, spec.id()));
    SparkSearch search = sparkSearch(kernel);
    // A service's title is a stranger's text.
    String shown = Printable.of(title);
    try (Audience.Seat seat = audience.of(spec, shown, monitor(), status, settings.notice())) {
      CompletedSearch completed =
          search.run(spec, seat.watched(ledger), stop.or(ledger.lost()), seat.observer());
      seat.ended(completed.result());
      return completed;
    }
  }

  /** The own chain in the warehouse; whoever watches sees its last blocks, and new ones. */
  public BlockStore chain() {
    Warehouse warehouse = warehouse();
    context.thenAcceptAsync(started -> monitor().chain(new BlockTable(warehouse).recent()));
    return new WatchedChain(
        new WarehouseChain(warehouse, ConfiguredChain.rules(configuration)), this::monitor);
  }

  private MiningMonitor monitor() {
    context();
    return MonitorPlugin.monitor().orElseThrow();
  }

  private SparkSearch sparkSearch(String kernel) {
    if (host != null) {
      return host.sparkSearch(kernel);
    }
    if (sparkSearch == null) {
      Configuration.Search search = configuration.search();
      sparkSearch =
          new SparkSearch(
              context(),
              new SparkSearch.Settings(
                  kernel,
                  search.rangeTime(),
                  search.firstRange(),
                  search.reportInterval(),
                  search.eventsPerSecond(),
                  search.checkpointInterval(),
                  search.stopWait()));
    }
    return sparkSearch;
  }

  /** Counts coins in the application. */
  CoinSearch coinSearch() {
    Configuration.Search search = configuration.search();
    return new CoinSearch(context(), COIN_WAVE, search.firstRange(), search.stopWait());
  }

  /** Where the configured miner keeps its coins, in the configured warehouse. */
  CoinWallet wallet(NonceRange candidates) {
    return new CoinWallet(
        warehouse(),
        candidates,
        configuration.chain().miner(),
        configuration.search().checkpointInterval());
  }

  /**
   * Lets people watch a count of coins.
   *
   * @param title what it is called
   * @param wanted how many coins it ends with; empty where it goes on
   */
  MiningMonitor.CoinWatch watchCoins(String title, CoinWallet wallet, OptionalLong wanted) {
    return audience.ofCoins(title, monitor(), wallet, wanted);
  }

  /** Spark SQL in the application. */
  public SparkSession sql() {
    return SqlSession.of(context());
  }

  /** Keeps a run in the warehouse. */
  public void record(String command, SearchSpec spec, SearchResult result) {
    JavaSparkContext started = context();
    runs.add(
        List.of(
            new SearchTable.Run(
                new SearchTable.Application(started.sc().applicationId(), started.version()),
                command,
                spec,
                result,
                sizing.map(planned -> planned.expected(spec, result)))));
    if (result.isFailure(spec)) {
      failed(spec, result.outcome().name().toLowerCase(Locale.ROOT));
    }
  }

  /** Keeps that a search has failed: it ended without what was asked for, or broke. */
  void failed(SearchSpec spec, String why) {
    events.append(List.of(ChainEvent.now(ChainEvent.Kind.SEARCH_FAILED, spec.id(), null, why)));
  }

  /** The configured warehouse, to write to. */
  public synchronized Warehouse warehouse() {
    Warehouse opened = warehouse;
    if (opened == null) {
      opened = Warehouse.openOrCreate(configuration.warehouse(), application.hadoopConfiguration());
      warehouse = opened;
      compaction = opened.compactInBackground(configuration.compactFiles());
    }
    return opened;
  }

  /** The configured warehouse, to read from. */
  public Warehouse existingWarehouse() {
    return Warehouse.open(configuration.warehouse(), application.hadoopConfiguration());
  }

  /** A pool of transactions, not read yet. */
  public Pool pool(String location) {
    return Pool.open(
        location,
        hadoopConfiguration(),
        new Pool.Settings(
            configuration.pool().maxTransaction(), configuration.pool().settleTime()));
  }

  /** Keeps what happens to the chain in the warehouse. */
  public EventLog events() {
    return events;
  }

  /** The configured warehouse, if there is one. */
  public Optional<Warehouse> warehouseIfAny() {
    return Warehouse.isAt(configuration.warehouse(), application.hadoopConfiguration())
        ? Optional.of(existingWarehouse())
        : Optional.empty();
  }

  @Override
  public void close() {
    audience.close();
    events.close();
    try (ranges;
        runs) {
      LOG.debug("the last rows are written");
    } finally {
      if (compaction != null) {
        compaction.close();
      }
      stopSpark();
    }
  }

  private void stopSpark() {
    if (host != null) {
      return;
    }
    if (sparkSearch != null) {
      sparkSearch.close();
    }
    context.thenAccept(JavaSparkContext::close).exceptionally(failure -> null).join();
  }

  /** What file systems are opened with; known before the application has started. */
  public org.apache.hadoop.conf.Configuration hadoopConfiguration() {
    return application.hadoopConfiguration();
  }

  /** The application itself. */
  public JavaSparkContext context() {
    try {
      return context.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw StartException.of(cause);
    }
  }
}
