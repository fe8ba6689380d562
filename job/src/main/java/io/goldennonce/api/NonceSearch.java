package io.goldennonce.api;

import io.goldennonce.config.Configuration;
import io.goldennonce.config.ConfigurationException;
import io.goldennonce.config.ConfigurationLoader;
import io.goldennonce.kernel.choice.Kernels;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.search.HeaderTemplate;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchObserver;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.schedule.DirectSearch;
import io.goldennonce.search.schedule.SchedulerSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * A search for nonces: what to search, and when to end. Immutable and thread-safe; each {@code
 * with} method returns a changed copy. It can be run any number of times, also at the same time.
 *
 * <pre>{@code
 * SearchResult result =
 *     NonceSearch.of(Template.text("hello {nonce}"), Target.ofZeroBits(24)).runOn(spark);
 * }</pre>
 *
 * <p>A search on Spark uses the application of the session that it is given: it changes no setting
 * of it, and leaves no thread, listener or job in it. Searches at the same time share its cores.
 */
public final class NonceSearch {
  private static final SearchListener NOBODY = new SearchListener() {};

  private final SearchSpec spec;
  private final Optional<Duration> timeout;
  private final Map<String, String> settings;

  private NonceSearch(SearchSpec spec, Optional<Duration> timeout, Map<String, String> settings) {
    this.spec = spec;
    this.timeout = timeout;
    this.settings = settings;
  }

  /** A search of all nonces of a template, for one solution, which may be any. */
  public static NonceSearch of(Template template, Target target) {
    return of(SearchSpec.of(template.template(), target.target(), ResultMode.ANY));
  }

  /**
   * A search for a nonce of a Bitcoin header that meets the header's own bits.
   *
   * @param hex the header, 160 hex digits as on the wire; its nonce is ignored
   * @throws IllegalArgumentException on any other text, and on bits that Bitcoin refuses
   */
  public static NonceSearch ofHeader(String hex) {
    BlockHeader header = BlockHeader.ofHex(hex);
    return of(SearchSpec.of(new HeaderTemplate(header, 0), header.target(), ResultMode.ANY));
  }

  private static NonceSearch of(SearchSpec spec) {
    return new NonceSearch(spec, Optional.empty(), Map.of());
  }

  /**
   * Looks for the lowest nonces in place of any, so that the result is the same on any cluster. The
   * search ends when all lower ones are tried.
   */
  public NonceSearch withLowestNonce() {
    return with(spec.keyspace(), ResultMode.LOWEST_NONCE, spec.solutions());
  }

  /**
   * Ends with this number of solutions.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public NonceSearch withSolutions(int solutions) {
    return with(spec.keyspace(), spec.mode(), solutions);
  }

  /** Tries every nonce, for all solutions, which are held in memory. */
  public NonceSearch withAllSolutions() {
    return withSolutions(SearchSpec.ALL);
  }

  /**
   * Tries only a part of the nonces. In a header whose time may move, position {@code p} is nonce
   * {@code p mod 2³²}, {@code p div 2³²} seconds later.
   *
   * @param from the first position, 0 or more
   * @param to the position after the last, {@code from} or more
   * @throws IllegalArgumentException on other numbers, and if the template has fewer
   */
  public NonceSearch withRange(long from, long to) {
    return with(new NonceRange(from, to), spec.mode(), spec.solutions());
  }

  /**
   * Ends after this time, counted from each start.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public NonceSearch withTimeout(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("a timeout must be 0 or more, got " + time);
    }
    return new NonceSearch(spec, Optional.of(time), settings);
  }

  /**
   * Changes one of the program's settings for searches.
   *
   * @param key a key below {@code search} in {@code reference.conf}, which explains them, such as
   *     {@code range-time}
   * @param value its value, such as {@code 1s}
   * @throws IllegalArgumentException if there is no such key, or the value is none for it
   */
  public NonceSearch withSetting(String key, String value) {
    Map<String, String> changed = new HashMap<>(settings);
    changed.put("search." + key, value);
    settings(changed);
    return new NonceSearch(spec, timeout, Map.copyOf(changed));
  }

  /**
   * Runs the search in the calling thread, from the first nonce up. It needs no Spark, not even on
   * the class path. An interrupt of the thread stops the search; the thread stays interrupted.
   *
   * @throws SearchFailedException if a kernel computed wrong hashes
   */
  public SearchResult run() {
    return run(NOBODY);
  }

  /**
   * As {@link #run()}, observed.
   *
   * @throws SearchFailedException if a kernel computed wrong hashes, or the listener failed
   */
  public SearchResult run(SearchListener listener) {
    StopSignal interrupt =
        StopSignal.when(StopReason.INTERRUPTED, Thread.currentThread()::isInterrupted);
    Configuration.Search own = settings(settings);
    try {
      return new SearchResult(
          spec,
          DirectSearch.run(
              spec,
              own.kernel(),
              SchedulerSettings.of(own, true),
              deadline().or(interrupt),
              observer(listener)));
    } catch (RuntimeException e) {
      throw new SearchFailedException(e);
    }
  }

  /**
   * Runs the search on all cores of a session's application, and waits for the result. An interrupt
   * of the calling thread stops the search; the thread stays interrupted.
   *
   * @param spark a session in this JVM, whose executors have this program's jar
   * @throws IllegalStateException if its application has stopped
   * @throws SearchFailedException if the search failed
   */
  public SearchResult runOn(SparkSession spark) {
    return startOn(spark).await();
  }

  /**
   * Starts the search on all cores of a session's application, in the background.
   *
   * @param spark a session in this JVM, whose executors have this program's jar
   * @throws IllegalStateException if its application has stopped
   */
  public RunningSearch startOn(SparkSession spark) {
    return startOn(spark, NOBODY);
  }

  /**
   * As {@link #startOn(SparkSession)}, observed.
   *
   * @throws IllegalStateException if the session's application has stopped
   */
  public RunningSearch startOn(SparkSession spark, SearchListener listener) {
    Configuration.Search configuration = settings(settings);
    StopSignal deadline = deadline();
    return SparkRun.start(spark, spec, configuration, deadline, observer(listener));
  }

  private NonceSearch with(NonceRange range, ResultMode mode, int solutions) {
    return new NonceSearch(
        new SearchSpec(spec.template(), spec.target(), range, mode, solutions), timeout, settings);
  }

  private StopSignal deadline() {
    return timeout.map(StopSignal::after).orElseGet(StopSignal::never);
  }

  private SearchObserver observer(SearchListener listener) {
    return new SearchObserver() {
      @Override
      public void progress(io.goldennonce.search.SearchProgress progress) {
        listener.progress(new SearchProgress(progress));
      }

      @Override
      public void found(io.goldennonce.search.Solution solution) {
        listener.found(new Solution(spec, solution));
      }
    };
  }

  private static Configuration.Search settings(Map<String, String> keys) {
    try {
      Configuration.Search settings = ConfigurationLoader.load(List.of(), keys).search();
      Kernels.requireName(settings.kernel());
      return settings;
    } catch (ConfigurationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
