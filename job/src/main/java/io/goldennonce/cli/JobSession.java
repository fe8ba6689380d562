package io.goldennonce.cli;

import io.goldennonce.config.Configuration;
import io.goldennonce.kernel.Kernels;
import io.goldennonce.monitor.ProgressDisplay;
import io.goldennonce.search.LedgerStore;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopSignal;
import io.goldennonce.spark.SparkApplication;
import io.goldennonce.spark.SparkSearch;
import io.goldennonce.store.SearchTable;
import io.goldennonce.store.SqlSession;
import io.goldennonce.store.Warehouse;
import io.goldennonce.store.WarehouseLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A command's Spark application. It starts in the background, so that the command can look at its
 * input and its warehouse meanwhile.
 */
final class JobSession implements AutoCloseable {
  /** A run that missed so many checkpoints in a row is taken for dead. */
  private static final int MISSED_CHECKPOINTS = 3;

  private final Configuration configuration;
  private final boolean quiet;
  private final Optional<Sizing> sizing;
  private final SparkApplication application;
  private final CompletableFuture<JavaSparkContext> context = new CompletableFuture<>();

  private final Set<String> warned = new HashSet<>();
  private @Nullable SparkSearch sparkSearch;

  private JobSession(
      Configuration configuration,
      boolean quiet,
      Optional<Sizing> sizing,
      SparkApplication application) {
    this.configuration = configuration;
    this.quiet = quiet;
    this.sizing = sizing;
    this.application = application;
  }

  /** Starts an application. */
  static JobSession start(String command, Configuration configuration, boolean quiet) {
    SparkApplication application = application(command, configuration);
    return start(new JobSession(configuration, quiet, Optional.empty(), application));
  }

  /** Starts an application with as many workers as were planned, if any were. */
  static JobSession start(
      String command, Configuration configuration, Optional<Sizing> sizing, boolean quiet) {
    SparkApplication application = application(command, configuration);
    sizing.ifPresent(planned -> planned.require(application));
    sizing.filter(planned -> !quiet).map(Sizing::line).ifPresent(System.err::println);
    return start(new JobSession(configuration, quiet, sizing, application));
  }

  /** A command's application, not started. */
  static SparkApplication application(String command, Configuration configuration) {
    return new SparkApplication("golden-nonce " + command, configuration.spark());
  }

  private static JobSession start(JobSession session) {
    new Thread(session::startSpark, "spark-start").start();
    return session;
  }

  private void startSpark() {
    try {
      context.complete(application.start());
    } catch (RuntimeException | Error e) {
      context.completeExceptionally(e);
    }
  }

  /** A search's ledger in the configured warehouse, with what earlier runs have left in it. */
  WarehouseLedger ledger(SearchSpec spec, SearchOptions options, boolean everyRun) {
    Duration timeToLive =
        configuration.search().checkpointInterval().multipliedBy(MISSED_CHECKPOINTS);
    WarehouseLedger ledger = new WarehouseLedger(this::warehouse, spec, timeToLive, everyRun);
    if (everyRun || Warehouse.isAt(configuration.warehouse(), application.hadoopConfiguration())) {
      ledger.resume(options.fresh());
    }
    return ledger;
  }

  /**
   * Runs a search with its progress on standard error.
   *
   * @param ended told the result as soon as it is known
   */
  SearchResult search(
      SearchSpec spec,
      LedgerStore ledger,
      SearchOptions options,
      StopSignal deadline,
      String title,
      Consumer<SearchResult> ended)
      throws InterruptedException {
    String kernel = options.kernel(configuration.search().kernel());
    // Told here, once, and not by every task.
    Kernels.choose(kernel, spec.template().variant(0)).warnings().stream()
        .filter(warned::add)
        .forEach(System.err::println);
    try (ProgressDisplay display = display(title)) {
      List<SearchObserver> observers = new ArrayList<>(List.of(display));
      options.status(spec.id()).ifPresent(observers::add);
      return sparkSearch(kernel)
          .run(spec, ledger, deadline.or(Interruption.signal()), new Observers(observers, ended));
    }
  }

  /** Tells all of them, in order. */
  private record Observers(List<SearchObserver> all, Consumer<SearchResult> last)
      implements SearchObserver {
    @Override
    public void progress(SearchProgress progress) {
      all.forEach(observer -> observer.progress(progress));
    }

    @Override
    public void ended(SearchResult result) {
      all.forEach(observer -> observer.ended(result));
      last.accept(result);
    }
  }

  private SparkSearch sparkSearch(String kernel) {
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

  /** Spark SQL in the application. */
  SparkSession sql() {
    return SqlSession.of(context());
  }

  /** Keeps a run in the warehouse. */
  void record(String command, SearchSpec spec, SearchResult result) {
    new SearchTable(warehouse())
        .append(
            sql(), command, spec, result, sizing.map(planned -> planned.expected(spec, result)));
  }

  /** The configured warehouse, to write to. */
  Warehouse warehouse() {
    return Warehouse.openOrCreate(configuration.warehouse(), application.hadoopConfiguration());
  }

  /** The configured warehouse, to read from. */
  Warehouse existingWarehouse() {
    return Warehouse.open(configuration.warehouse(), application.hadoopConfiguration());
  }

  /** The configured warehouse, if there is one. */
  Optional<Warehouse> warehouseIfAny() {
    return Warehouse.isAt(configuration.warehouse(), application.hadoopConfiguration())
        ? Optional.of(existingWarehouse())
        : Optional.empty();
  }

  @Override
  public void close() {
    if (sparkSearch != null) {
      sparkSearch.close();
    }
    context.thenAccept(JavaSparkContext::close).exceptionally(failure -> null).join();
  }

  private JavaSparkContext context() {
    try {
      return context.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UsageException("Spark did not start: " + cause.getMessage(), cause);
    }
  }

  private ProgressDisplay display(String title) {
    return quiet
        ? ProgressDisplay.none()
        : ProgressDisplay.on(System.err, title, configuration.progress().plainInterval());
  }
}
