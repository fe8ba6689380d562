package io.goldennonce.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.testing.LocalSpark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Searches in a Spark application that knows nothing of this program, not even its plugin. */
@Tag("spark")
class NonceSearchOnSparkTest {
  private static final Template TEXT = Template.text("hello {nonce}!");
  private static final NonceSearch HOPELESS =
      NonceSearch.of(TEXT, Target.ofZeroBits(256)).withSetting("report-interval", "20ms");

  /** Threads of Spark's pools, which grow and shrink with what it does. */
  private static final Pattern SPARKS_OWN =
      Pattern.compile(
          "Executor task|ForkJoin|block-manager|broadcast|dag-scheduler|dispatcher|files|"
              + "map-output|netty|rpc|shuffle|task-result");

  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark = session();
  }

  private static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", false)
        .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void runOn_lowest_isThatOfTheCallingThread() {
    NonceSearch search = NonceSearch.of(TEXT, Target.ofZeroBits(16)).withLowestNonce();
    SearchResult here = search.run();
    SearchResult there = search.runOn(spark);
    assertThat(there.outcome()).isEqualTo(Outcome.FOUND);
    assertThat(nonces(there)).isEqualTo(nonces(here)).hasSize(1);
    assertThat(there.hashes()).isEqualTo(there.hashesAtMost());
  }

  @Test
  void runOn_allOfARange_triesEachOnce() {
    NonceSearch search =
        NonceSearch.of(TEXT, Target.ofZeroBits(12)).withRange(0, 1_000_000).withAllSolutions();
    SearchResult there = search.withSetting("first-range", "10000").runOn(spark);
    assertThat(there.outcome()).isEqualTo(Outcome.EXHAUSTED);
    assertThat(nonces(there)).isEqualTo(nonces(search.run()));
    assertThat(there.hashes()).isEqualTo(1_000_000).isEqualTo(there.hashesAtMost());
  }

  @Test
  void startOn_untilStopped_countsExactlyAndLeavesNothing() throws InterruptedException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    HOPELESS.withRange(0, 2_000_000).runOn(spark); // what the first one in a JVM starts stays
    context.setJobGroup("mine", "my jobs");
    Level level = LogManager.getRootLogger().getLevel();
    Map<String, String> settings = settings();
    Set<String> threads = threads();
    int listeners = listeners();

    CountDownLatch underWay = new CountDownLatch(3);
    List<Long> seen = new ArrayList<>();
    RunningSearch search =
        HOPELESS.startOn(
            spark,
            Listeners.progress(
                progress -> {
                  seen.add(progress.hashes());
                  if (progress.hashes() > 0) {
                    underWay.countDown();
                  }
                }));
    underWay.await();
    assertThat(search.isDone()).isFalse();
    search.stop();
    SearchResult result = search.await();

    assertThat(search.isDone()).isTrue();
    assertThat(result.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(result.hashes()).isPositive().isEqualTo(result.hashesAtMost());
    assertThat(seen).isSorted().endsWith(result.hashes());
    LocalSpark.awaitNoJob(context);
    assertThat(settings()).isEqualTo(settings);
    assertThat(LogManager.getRootLogger().getLevel()).isEqualTo(level);
    assertThat(listeners()).isEqualTo(listeners);
    assertThat(context.getLocalProperty("spark.jobGroup.id")).isEqualTo("mine");
    context.clearJobGroup();
    awaitThreads(threads);
  }

  @Test
  void startOn_twoAtTheSameTime_bothAreRight() {
    NonceSearch one = NonceSearch.of(TEXT, Target.ofZeroBits(18)).withLowestNonce();
    NonceSearch other =
        NonceSearch.of(TEXT, Target.ofZeroBits(12)).withRange(0, 500_000).withAllSolutions();
    RunningSearch first = one.startOn(spark);
    RunningSearch second = other.startOn(spark);
    assertThat(nonces(second.await())).isEqualTo(nonces(other.run()));
    assertThat(nonces(first.await())).isEqualTo(nonces(one.run()));
    assertThat(second.await().hashes()).isEqualTo(500_000);
  }

  @Test
  void runOn_outOfTime_endsWithTheDeadline() {
    SearchResult result = HOPELESS.withTimeout(Duration.ofMillis(100)).runOn(spark);
    assertThat(result.outcome()).isEqualTo(Outcome.DEADLINE);
    assertThat(result.hashes()).isEqualTo(result.hashesAtMost());
  }

  @Test
  void runOn_threadIsInterrupted_stopsAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    SearchResult result = HOPELESS.runOn(spark);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.outcome()).isEqualTo(Outcome.STOPPED);
  }

  @Test
  void close_whileItRuns_stopsIt() {
    RunningSearch search = HOPELESS.startOn(spark);
    search.close();
    assertThat(search.isDone()).isTrue();
    assertThat(search.await().outcome()).isEqualTo(Outcome.STOPPED);
  }

  @Test
  void toFuture_cancelled_doesNotStopTheSearch() {
    try (RunningSearch search = HOPELESS.startOn(spark)) {
      CompletableFuture<SearchResult> future = search.toFuture();
      assertThat(future.cancel(true)).isTrue();
      assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
      assertThat(search.isDone()).isFalse();
      CompletableFuture<Outcome> outcome = search.toFuture().thenApply(SearchResult::outcome);
      search.stop();
      assertThat(outcome.join()).isEqualTo(Outcome.STOPPED);
    }
  }

  @Test
  void startOn_listenerThatFails_failsWithItsExceptionAndStopsItsJobs()
      throws InterruptedException {
    RuntimeException own = new IllegalStateException("full");
    RunningSearch search =
        HOPELESS.startOn(
            spark,
            Listeners.progress(
                progress -> {
                  throw own;
                }));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(search::await)
          .isInstanceOf(SearchFailedException.class)
          .hasMessage("the search failed: full")
          .hasCause(own);
    }
    assertThatThrownBy(search.toFuture()::join).hasCauseInstanceOf(SearchFailedException.class);
    search.close();
    LocalSpark.awaitNoJob(JavaSparkContext.fromSparkContext(spark.sparkContext()));
  }

  /** It would wait for itself. */
  @Test
  void await_inAListener_isRefusedAndTheSearchGoesOn() throws InterruptedException {
    CompletableFuture<RunningSearch> own = new CompletableFuture<>();
    CompletableFuture<Throwable> refused = new CompletableFuture<>();
    SearchListener waits =
        Listeners.progress(
            progress -> {
              try {
                own.join().close();
              } catch (IllegalStateException e) {
                refused.complete(e);
              }
            });
    RunningSearch search = HOPELESS.startOn(spark, waits);
    own.complete(search);
    assertThat(refused.join()).hasMessageContaining("end it with stop()");
    assertThat(search.await().outcome()).isEqualTo(Outcome.STOPPED);
  }

  /** A caller's right: the search ends, and says so. */
  @Test
  void startOn_sessionThatIsStopped_fails() throws InterruptedException {
    CountDownLatch underWay = new CountDownLatch(1);
    RunningSearch search =
        HOPELESS.startOn(
            spark,
            Listeners.progress(
                progress -> {
                  if (progress.hashes() > 0) {
                    underWay.countDown();
                  }
                }));
    underWay.await();
    SparkSession stopped = spark;
    stopped.stop();
    assertThatThrownBy(search::await).isInstanceOf(SearchFailedException.class);
    assertThatThrownBy(() -> HOPELESS.runOn(stopped))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has stopped");
    startSpark();
  }

  private static List<Long> nonces(SearchResult result) {
    return result.solutions().stream().map(Solution::nonce).toList();
  }

  /** The application's, and the JVM's. */
  private static Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    Arrays.stream(spark.sparkContext().getConf().getAll())
        .forEach(each -> settings.put(each._1(), each._2()));
    System.getProperties()
        .stringPropertyNames()
        .forEach(name -> settings.put("system " + name, System.getProperty(name)));
    return settings;
  }

  private static int listeners() {
    return spark.sparkContext().listenerBus().listeners().size();
  }

  private static Set<String> threads() {
    Set<String> names = new TreeSet<>();
    Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
    return names;
  }

  /** Spark's own threads come and go. */
  private static void awaitThreads(Set<String> before) throws InterruptedException {
    Set<String> more = Set.of();
    for (int i = 0; i < 1000; i++) {
      more = threads();
      more.removeAll(before);
      more.removeIf(name -> SPARKS_OWN.matcher(name).lookingAt());
      if (more.isEmpty()) {
        return;
      }
      Thread.sleep(10);
    }
    assertThat(more).isEmpty();
  }
}
