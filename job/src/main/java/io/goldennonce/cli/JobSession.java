package io.goldennonce.cli;

import io.goldennonce.config.Configuration;
import io.goldennonce.kernel.Kernels;
import io.goldennonce.monitor.ProgressDisplay;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopSignal;
import io.goldennonce.spark.SparkApplication;
import io.goldennonce.spark.SparkSearch;
import io.goldennonce.store.SearchTable;
import io.goldennonce.store.SqlSession;
import io.goldennonce.store.Warehouse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A command's Spark application. It starts in the background, so that the command can look at its
 * input and its warehouse meanwhile.
 */
final class JobSession implements AutoCloseable {
  private final Configuration configuration;
  private final boolean quiet;
  private final SparkApplication application;
  private final CompletableFuture<JavaSparkContext> context = new CompletableFuture<>();

  private JobSession(Configuration configuration, boolean quiet, SparkApplication application) {
    this.configuration = configuration;
    this.quiet = quiet;
    this.application = application;
  }

  /** Starts an application. */
  static JobSession start(String command, Configuration configuration, boolean quiet) {
    JobSession session =
        new JobSession(
            configuration,
            quiet,
            new SparkApplication("golden-nonce " + command, configuration.spark()));
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

  /** Runs a search with its progress on standard error. */
  SearchResult search(SearchSpec spec, SearchOptions options, StopSignal deadline, String title)
      throws InterruptedException {
    Configuration.Search search = configuration.search();
    String kernel = options.kernel(search.kernel());
    // A wrong name is told here and not by a task.
    UsageException.checked(
        "--kernel", () -> Kernels.choose(kernel, spec.template().variant(0)).kernel());
    var settings =
        new SparkSearch.Settings(
            kernel, search.rangeTime(), search.firstRange(), search.stopWait());
    SparkSearch sparkSearch = new SparkSearch(context(), settings);
    try (ProgressDisplay display = display(title)) {
      return sparkSearch.run(spec, deadline.or(Interruption.signal()), display);
    }
  }

  /** Spark SQL in the application. */
  SparkSession sql() {
    return SqlSession.of(context());
  }

  /** Keeps a run in the warehouse, where the user named one. */
  void record(String command, CommonOptions common, SearchSpec spec, SearchResult result) {
    if (common.namesWarehouse()) {
      Warehouse warehouse = warehouse();
      new SearchTable(warehouse).append(sql(), command, spec, result);
    }
  }

  /** The configured warehouse, to write to. */
  Warehouse warehouse() {
    return Warehouse.openOrCreate(configuration.warehouse(), application.hadoopConfiguration());
  }

  /** The configured warehouse, to read from. */
  Warehouse existingWarehouse() {
    return Warehouse.open(configuration.warehouse(), application.hadoopConfiguration());
  }

  @Override
  public void close() {
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
