package io.goldennonce.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.config.Configuration;
import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Target;
import io.goldennonce.search.HeaderTemplate;
import io.goldennonce.search.MessageTemplate;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.SearchTemplate;
import io.goldennonce.search.Solution;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.ledger.Coverage;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.search.ledger.LedgerStore;
import io.goldennonce.testing.LocalSpark;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LocalSpark.class)
@Tag("spark")
class SparkSearchTest {
  private static final long NONCES = 1L << 32;
  private static final Target UNREACHABLE = Target.ofZeroBits(256);
  private static final Duration RANGE_TIME = Duration.ofMillis(200);

  /** Bitcoin's genesis header, its nonce zeroed. */
  private static final BlockHeader GENESIS =
      BlockHeader.ofHex(
          "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b2"
              + "7ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d00000000");

  private static final long GENESIS_NONCE = 2_083_236_893L;

  private final JavaSparkContext context;
  private String kernel = "auto";

  SparkSearchTest(JavaSparkContext context) {
    this.context = context;
  }

  @AfterEach
  void noJobIsLeftRunning() throws InterruptedException {
    LocalSpark.awaitNoJob(context);
  }

  @ParameterizedTest
  @CsvSource({"ANY", "LOWEST_NONCE"})
  void run_genesisInAWindow_findsItsNonce(ResultMode mode) throws InterruptedException {
    NonceRange window = new NonceRange(GENESIS_NONCE - 700_000, GENESIS_NONCE + 700_000);
    SearchSpec spec =
        new SearchSpec(new HeaderTemplate(GENESIS, 0), GENESIS.target(), window, mode);
    SearchResult result = run(spec, 50_000);
    assertThat(result.outcome()).isEqualTo(Outcome.FOUND);
    assertThat(result.found()).isEqualTo(Solution.confirm(spec, GENESIS_NONCE)).isPresent();
    assertThat(result.work().hashes()).isPositive().isLessThanOrEqualTo(window.size());
    assertThat(result.kernel()).isPresent();
    assertThat(result.slots()).isEqualTo(2);
  }

  /**
   * The lowest nonce for the message {@code COMSM0010cloud} ‖ nonce as four bytes, most significant
   * first, by double SHA-256 and leading zero bits, as full scans of the 2^32 nonces have found it.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4, 0",
    "6, 54",
    "7, 311",
    "8, 330",
    "11, 694",
    "14, 2670",
    "15, 89253",
    "16, 133050",
    "18, 137342",
    "22, 1027827",
    "23, 11554918",
    "24, 30074393",
  })
  void run_lowestOfComsm0010cloud_isTheOracles(int difficulty, long nonce)
      throws InterruptedException {
    SearchSpec spec = puzzle(Target.ofZeroBits(difficulty), ResultMode.LOWEST_NONCE);
    SearchResult result = run(spec, 100_000);
    assertThat(result.found().map(Solution::nonce)).contains(nonce);
    assertThat(result.outcome()).isEqualTo(Outcome.FOUND);
    // Whatever else was tried, all below was.
    assertThat(result.work().hashes()).isGreaterThan(nonce);
  }

  @ParameterizedTest
  @CsvSource({"61, 1", "700, 10", "1048576, 1000", "9223372036854775807, 1"})
  void run_lowestWithAnyRangeSize_isTheSame(long firstRange, long rangeMillis)
      throws InterruptedException {
    SearchSpec spec = puzzle(Target.ofZeroBits(15), ResultMode.LOWEST_NONCE);
    SearchResult result =
        run(spec, firstRange, Duration.ofMillis(rangeMillis), StopSignal.never(), progress -> {});
    assertThat(result.found().map(Solution::nonce)).contains(89_253L);
  }

  @Test
  void run_exhaustedKeyspace_triesEachPositionOnce() throws InterruptedException {
    NonceRange keyspace = new NonceRange(NONCES - 1_000_003, NONCES + 1_000_000);
    SearchSpec spec =
        new SearchSpec(new HeaderTemplate(GENESIS, 1), UNREACHABLE, keyspace, ResultMode.ANY);
    SearchResult result = run(spec, 10_007);
    assertThat(result.outcome()).isEqualTo(Outcome.EXHAUSTED);
    assertThat(result.found()).isEmpty();
    assertThat(result.work().hashes()).isEqualTo(2_000_003);
    assertThat(result.work().isExact()).isTrue();
  }

  @Test
  void run_emptyKeyspace_isExhausted() throws InterruptedException {
    SearchSpec spec =
        new SearchSpec(
            new HeaderTemplate(GENESIS, 0),
            UNREACHABLE,
            new NonceRange(7, 7),
            ResultMode.LOWEST_NONCE);
    SearchResult result = run(spec, 100);
    assertThat(result.outcome()).isEqualTo(Outcome.EXHAUSTED);
    assertThat(result.work().hashes()).isZero();
    assertThat(result.work().isExact()).isTrue();
    assertThat(result.kernel()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ANY", "LOWEST_NONCE"})
  void run_untilTheDeadline_endsThere(ResultMode mode) throws InterruptedException {
    SearchResult result =
        run(
            puzzle(UNREACHABLE, mode),
            1L << 32,
            RANGE_TIME,
            StopSignal.after(Duration.ofMillis(300)),
            progress -> {});
    assertThat(result.outcome()).isEqualTo(Outcome.DEADLINE);
    assertThat(result.found()).isEmpty();
    assertThat(result.work().isExact()).isTrue();
  }

  @Test
  void run_toldToStopAfterSomeWork_keepsCountOfIt() throws InterruptedException {
    AtomicBoolean worked = new AtomicBoolean();
    SearchResult result =
        run(
            puzzle(UNREACHABLE, ResultMode.ANY),
            50_000,
            Duration.ofMillis(50),
            () -> worked.get() ? Optional.of(StopReason.INTERRUPTED) : Optional.empty(),
            progress -> worked.set(progress.hashes() >= 100_000));
    assertThat(result.outcome()).isEqualTo(Outcome.INTERRUPTED);
    assertThat(result.work().hashes()).isGreaterThanOrEqualTo(100_000);
    assertThat(result.stopLatency()).isPresent();
  }

  @Test
  void run_twiceOnOneApplication_startsAfresh() throws InterruptedException {
    SearchSpec spec = puzzle(Target.ofZeroBits(14), ResultMode.LOWEST_NONCE);
    assertThat(run(spec, 500).found()).isEqualTo(run(spec, 500).found()).isPresent();
  }

  /** Then a job is done long before the ends of its tasks are known, which have their reports. */
  @Test
  void run_whileSparkTellsOfTasksLate_triesEachPositionOnce() throws InterruptedException {
    kernel = "message-digest";
    SparkListener slow =
        new SparkListener() {
          @Override
          public void onTaskStart(SparkListenerTaskStart event) {
            LockSupport.parkNanos(50_000_000);
          }

          @Override
          public void onTaskEnd(SparkListenerTaskEnd event) {
            LockSupport.parkNanos(50_000_000);
          }
        };
    NonceRange keyspace = new NonceRange(0, 2_000_000);
    SearchSpec spec = new SearchSpec(template(), UNREACHABLE, keyspace, ResultMode.ANY);
    context.sc().addSparkListener(slow);
    try {
      SearchResult result = run(spec, 100_000);
      assertThat(result.outcome()).isEqualTo(Outcome.EXHAUSTED);
      assertThat(result.work().hashes()).isEqualTo(keyspace.size());
    } finally {
      context.sc().removeSparkListener(slow);
    }
  }

  @Test
  void run_interruptedAndResumedManyTimes_triesEachPositionOnce() throws InterruptedException {
    // A kernel of a known, moderate rate: there must be something left to interrupt.
    kernel = "message-digest";
    NonceRange keyspace = new NonceRange(0, 15_000_000);
    MessageTemplate template = template();
    SearchSpec spec = new SearchSpec(template, UNREACHABLE, keyspace, ResultMode.ANY);
    RunsInMemory runs = new RunsInMemory();
    long hashes = 0;
    SearchResult result;
    int count = 0;
    do {
      long enough = 1 + 100_000L * count;
      AtomicBoolean worked = new AtomicBoolean();
      result =
          run(
              spec,
              runs.next(),
              20_000,
              Duration.ofMillis(20),
              () -> worked.get() ? Optional.of(StopReason.INTERRUPTED) : Optional.empty(),
              progress -> worked.set(progress.hashes() >= enough));
      assertThat(result.work().resumed()).isEqualTo(hashes);
      assertThat(result.work().isExact()).isTrue();
      hashes += result.work().hashes();
      count++;
    } while (result.outcome() == Outcome.INTERRUPTED);
    assertThat(result.outcome()).isEqualTo(Outcome.EXHAUSTED);
    assertThat(count).isGreaterThan(1);
    assertThat(hashes).isEqualTo(keyspace.size());
    assertThat(Coverage.faults(runs.rows(), keyspace, UNREACHABLE)).isEmpty();
  }

  @Test
  void run_afterOneThatFoundAndDied_endsWithItsSolutionAtOnce() throws InterruptedException {
    SearchSpec spec = puzzle(Target.ofZeroBits(15), ResultMode.LOWEST_NONCE);
    RunsInMemory runs = new RunsInMemory();
    run(spec, runs.next(), 10_000, RANGE_TIME, StopSignal.never(), progress -> {});
    SearchResult again =
        run(spec, runs.next(), 10_000, RANGE_TIME, StopSignal.never(), progress -> {});
    assertThat(again.found().map(Solution::nonce)).contains(89_253L);
    assertThat(again.work().hashes()).isZero();
  }

  /** Keeps every run's last checkpoint. */
  private static final class RunsInMemory {
    private final List<List<LedgerRow>> runs = new ArrayList<>();

    List<LedgerRow> rows() {
      return runs.stream().flatMap(List::stream).toList();
    }

    LedgerStore next() {
      List<LedgerRow> earlier = rows();
      int run = runs.size();
      runs.add(List.of());
      return new LedgerStore() {
        @Override
        public List<LedgerRow> earlier() {
          return earlier;
        }

        @Override
        public void save(List<LedgerRow> rows) {
          runs.set(run, rows);
        }

        @Override
        public boolean wantsShortRuns() {
          return true;
        }
      };
    }
  }

  /** Several times, as a last report comes by two ways and in any order with other tasks' words. */
  @RepeatedTest(10)
  void run_executorThatLiesTwice_doesItsRangesAgainAndEndsRight() throws InterruptedException {
    // So easy that a lie ends in a false find in whichever range: silence could not be refuted.
    SearchSpec spec =
        SearchSpec.of(LiesInTasks.first(2), Target.ofZeroBits(8), ResultMode.LOWEST_NONCE);
    SearchResult result = run(spec, 1000);
    // The lowest by Python's hashlib.
    assertThat(result.found().map(Solution::nonce)).contains(330L);
    assertThat(LiesInTasks.LIES).hasValueGreaterThanOrEqualTo(2);
  }

  @Test
  void run_executorThatLiesAlways_isAFailureThatNamesIt() {
    SearchSpec spec =
        SearchSpec.of(
            LiesInTasks.first(Integer.MAX_VALUE), Target.ofZeroBits(14), ResultMode.LOWEST_NONCE);
    assertThatThrownBy(() -> run(spec, 1000))
        .isInstanceOf(SearchFailedException.class)
        .hasMessageContaining("executor driver")
        .hasMessageContaining("choose another with --kernel");
  }

  /** The puzzle, but in its first tasks with another message, as a broken machine would hash. */
  private record LiesInTasks(int lies) implements SearchTemplate {
    static final AtomicInteger LIES = new AtomicInteger();

    static LiesInTasks first(int lies) {
      LIES.set(0);
      LIARS.clear();
      return new LiesInTasks(lies);
    }

    @Override
    public NonceTemplate variant(long variant) {
      NonceTemplate truth = template().message();
      boolean lies = TaskContext.get() != null && lying();
      return lies
          ? NonceTemplate.of(
              new byte[1], new byte[0], truth.encoding(), truth.function(), truth.order())
          : truth;
    }

    /** A task lies always or never. */
    private boolean lying() {
      long attempt = TaskContext.get().taskAttemptId();
      return LIARS.computeIfAbsent(attempt, any -> LIES.incrementAndGet() <= lies);
    }

    private static final Map<Long, Boolean> LIARS = new ConcurrentHashMap<>();

    @Override
    public long variants() {
      return 1;
    }

    @Override
    public String canonicalText() {
      return "lies";
    }
  }

  @Test
  void run_taskThatFails_isAFailureWithItsReason() {
    SearchSpec spec =
        new SearchSpec(
            new BreaksAtVariantOne(),
            UNREACHABLE,
            new NonceRange(NONCES - 1000, NONCES + 1000),
            ResultMode.ANY);
    assertThatThrownBy(() -> run(spec, 100))
        .isInstanceOf(SearchFailedException.class)
        .hasMessageContaining("variant 1 is broken");
  }

  /** As a machine does whose JVMs die, until another one gets the task. */
  @Test
  void run_wavesThatAreLostAFewTimes_areSentOutAgain() throws InterruptedException {
    NonceRange keyspace = new NonceRange(0, 100_000);
    BreaksInTasks.left.set(3);
    SearchResult result =
        run(new SearchSpec(new BreaksInTasks(), UNREACHABLE, keyspace, ResultMode.ANY), 10_000);
    assertThat(BreaksInTasks.left).hasValueLessThan(0);
    assertThat(result.outcome()).isEqualTo(Outcome.EXHAUSTED);
    assertThat(result.work().hashes()).isGreaterThanOrEqualTo(keyspace.size());
  }

  /** A template that the first tasks break at. */
  private record BreaksInTasks() implements SearchTemplate {
    static final AtomicInteger left = new AtomicInteger();

    @Override
    public NonceTemplate variant(long variant) {
      if (TaskContext.get() != null && left.getAndDecrement() > 0) {
        throw new IllegalStateException("a broken task");
      }
      return NonceTemplate.ofHeader(GENESIS.toBytes());
    }

    @Override
    public long variants() {
      return 1;
    }

    @Override
    public String canonicalText() {
      return "breaks in tasks";
    }
  }

  /** A template that no executor can make the second variant of. */
  private record BreaksAtVariantOne() implements SearchTemplate {
    @Override
    public NonceTemplate variant(long variant) {
      if (variant > 0) {
        throw new IllegalStateException("variant " + variant + " is broken");
      }
      return NonceTemplate.ofHeader(GENESIS.toBytes());
    }

    @Override
    public long variants() {
      return 2;
    }

    @Override
    public String canonicalText() {
      return "breaks";
    }
  }

  private SearchResult run(SearchSpec spec, long firstRange) throws InterruptedException {
    return run(spec, firstRange, RANGE_TIME, StopSignal.never(), progress -> {});
  }

  private SearchResult run(
      SearchSpec spec,
      long firstRange,
      Duration rangeTime,
      StopSignal stop,
      Consumer<SearchProgress> progress)
      throws InterruptedException {
    return run(spec, LedgerStore.none(), firstRange, rangeTime, stop, progress);
  }

  private SearchResult run(
      SearchSpec spec,
      LedgerStore ledger,
      long firstRange,
      Duration rangeTime,
      StopSignal stop,
      Consumer<SearchProgress> progress)
      throws InterruptedException {
    var settings =
        new Configuration.Search(
            kernel,
            rangeTime,
            firstRange,
            Duration.ofMillis(20),
            100_000,
            0,
            Duration.ofMillis(100),
            Duration.ofSeconds(30));
    SearchObserver observer =
        new SearchObserver() {
          @Override
          public void progress(SearchProgress now) {
            progress.accept(now);
          }
        };
    try (SparkSearch search = new SparkSearch(context, settings);
        CompletedSearch completed = search.run(spec, ledger, stop, observer)) {
      return completed.result();
    }
  }

  private static SearchSpec puzzle(Target target, ResultMode mode) {
    return SearchSpec.of(template(), target, mode);
  }

  private static MessageTemplate template() {
    return new MessageTemplate(
        NonceTemplate.of(
            "COMSM0010cloud".getBytes(StandardCharsets.US_ASCII),
            new byte[0],
            NonceEncoding.U32_BE,
            HashFunction.SHA256D,
            HashOrder.BIG_ENDIAN));
  }
}
