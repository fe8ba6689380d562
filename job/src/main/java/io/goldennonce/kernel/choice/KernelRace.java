package io.goldennonce.kernel.choice;

import io.goldennonce.base.DaemonThreads;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceTemplate;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fastest kernel in this JVM for templates of one shape. A background thread warms up the
 * first kernel that works, which scanners then use. Later it warms up the next one, the challenger,
 * and scanners alternate between both on their own ranges until the faster one is known.
 *
 * <p>Thread-safe.
 */
final class KernelRace {
  /**
   * The delays of the phases while all processors are busy.
   *
   * @param warmUp before warming up the first kernel, so that short searches lose nothing
   * @param challenge before warming up the challenger, whose compilation takes a second of CPU time
   * @param patience CPU time after which a kernel that is still slow has failed
   */
  record Delays(Duration warmUp, Duration challenge, Duration patience) {}

  static final Delays DELAYS =
      new Delays(Duration.ofSeconds(1), Duration.ofSeconds(10), WarmUp.PATIENCE);

  /**
   * Number of pairs of rates that decide, after a number that do not count: at first {@code
   * superword} tries slow offsets in memory more often.
   */
  static final int PAIRS = 7;

  static final int UNCOUNTED_PAIRS = 3;

  /** The factor by which the challenger must be faster. */
  private static final double ADVANTAGE = 1.01;

  /**
   * Number of consecutive slices slower than {@code MessageDigest} after which a kernel has failed.
   */
  private static final int SLOW_SLICES = 8;

  /** Number of consecutive checks, 10 ms apart, that must find two idle processors. */
  private static final int IDLE_CHECKS = 10;

  /** Number of running scans in this JVM. */
  private static final AtomicInteger SCANS = new AtomicInteger();

  private final NonceTemplate template;
  private final Delays delays;
  private final boolean challenges;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CompletableFuture<NonceKernel> first = new CompletableFuture<>();
  private final CompletableFuture<String> decision = new CompletableFuture<>();

  /** Kernels that have not failed, the one in use or expected to be first; the last never fails. */
  private final List<NonceKernel> order;

  /** Rates of the leader and the challenger, in MH/s. */
  private final List<double[]> pairs = new ArrayList<>();

  private int slowSlices;
  private volatile @Nullable NonceKernel leader;
  private volatile @Nullable NonceKernel challenger;
  private volatile double messageDigestRate;
  private volatile boolean skipsDelays;

  /**
   * @param kernels the kernels, in order of expected speed; the last is {@code MessageDigest}, used
   *     without a test
   * @param template provides the messages for the warm-up
   * @param challenges whether the second kernel is to be compared with the first
   */
  KernelRace(List<NonceKernel> kernels, NonceTemplate template, boolean challenges, Delays delays) {
    this.order = new ArrayList<>(kernels);
    this.template = template;
    this.challenges = challenges;
    this.delays = delays;
  }

  NonceTemplate template() {
    return template;
  }

  /** Returns the name of the kernel in use or expected to be used. */
  synchronized String kernelName() {
    return order.get(0).name();
  }

  /** Returns the kernel to use, once one is warm. */
  Optional<NonceKernel> leader() {
    return Optional.ofNullable(leader);
  }

  /** Returns the kernel to use in every other slice, while two are compared. */
  Optional<NonceKernel> challenger() {
    return Optional.ofNullable(challenger);
  }

  /** Returns a future of the first kernel that is warm. */
  CompletableFuture<NonceKernel> first() {
    return first;
  }

  /** Returns a future of the result, in one line, completed once nothing is left to compare. */
  CompletableFuture<String> decision() {
    return decision;
  }

  void skipDelays() {
    skipsDelays = true;
  }

  /** Records the start of a scan; the first one starts the warm-up. */
  void scanStarts() {
    SCANS.incrementAndGet();
    if (started.compareAndSet(false, true)) {
      startThread();
    }
  }

  void scanEnds() {
    SCANS.decrementAndGet();
  }

  /** Records a slice of the leader's work. A leader that stays slow for too long has failed. */
  synchronized void record(NonceKernel kernel, ScanTiming timing) {
    if (kernel != leader || order.size() == 1) {
      return;
    }
    if (timing.megahashes() >= messageDigestRate) {
      slowSlices = 0;
    } else if (++slowSlices == SLOW_SLICES) {
      slowSlices = 0;
      leader = null;
      challenger = null;
      pairs.clear();
      giveUp(
          kernel, String.format(Locale.ROOT, "it has become slow: %.1f MH/s", timing.megahashes()));
      startThread();
    }
  }

  /**
   * Records the rates of two consecutive slices in one thread. Enough of them decide.
   *
   * @param leaderRate MH/s of the kernel in use
   * @param challengerRate MH/s of the other
   */
  synchronized void compare(double leaderRate, double challengerRate) {
    NonceKernel rival = challenger;
    if (rival == null) {
      return;
    }
    pairs.add(new double[] {leaderRate, challengerRate});
    if (pairs.size() < PAIRS) {
      return;
    }
    String rates =
        String.format(
            Locale.ROOT,
            "in turns %s made %.1f MH/s, %s %.1f MH/s",
            kernelName(),
            median(pair -> pair[0]),
            rival.name(),
            median(pair -> pair[1]));
    if (median(pair -> pair[1] / pair[0]) > ADVANTAGE) {
      order.remove(rival);
      order.add(0, rival);
      leader = rival;
    }
    challenger = null;
    decision.complete(rates);
  }

  private double median(ToDoubleFunction<double[]> ofPair) {
    return pairs.stream().mapToDouble(ofPair).sorted().skip(pairs.size() / 2).findFirst().orElse(0);
  }

  private void startThread() {
    DaemonThreads.create("kernel-warm-up", this::run).start();
  }

  private void run() {
    try {
      long start = System.nanoTime();
      await(start, delays.warmUp());
      WarmUp warmUp = new WarmUp(template, delays.patience());
      NonceKernel warm = firstWarm(warmUp);
      messageDigestRate = warmUp.messageDigestRate();
      leader = warm;
      first.complete(warm);
      Optional<NonceKernel> rival = next();
      if (rival.isEmpty()) {
        decision.complete(challenges ? "no other kernel works here" : "asked for");
        return;
      }
      await(start, delays.challenge());
      Optional<String> failure = warmUp.failure(rival.get(), true);
      if (failure.isPresent()) {
        decision.complete(rival.get().name() + " is not used: " + failure.get());
      } else if (leader == warm) {
        challenger = rival.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the first kernel that works and becomes fast; drops those before it. */
  private NonceKernel firstWarm(WarmUp warmUp) {
    while (true) {
      NonceKernel kernel = current();
      Optional<String> failure = isLast(kernel) ? Optional.empty() : warmUp.failure(kernel, false);
      if (failure.isEmpty()) {
        return kernel;
      }
      giveUp(kernel, failure.get());
    }
  }

  private synchronized NonceKernel current() {
    return order.get(0);
  }

  private synchronized boolean isLast(NonceKernel kernel) {
    return order.indexOf(kernel) == order.size() - 1;
  }

  /** Returns the kernel to compare with the first, if any. */
  private synchronized Optional<NonceKernel> next() {
    return challenges && !decision.isDone() && order.size() > 2
        ? Optional.of(order.get(1))
        : Optional.empty();
  }

  private synchronized void giveUp(NonceKernel kernel, String reason) {
    order.remove(kernel);
    warn(kernel.name(), reason, kernelName());
  }

  /** Logs that a kernel is replaced by another. */
  static void warn(String kernel, String reason, String next) {
    // Not a constant: a logger takes tens of milliseconds to set up, and most JVMs never need it.
    System.getLogger("io.goldennonce.kernel")
        .log(Level.WARNING, "kernel {0} is not used: {1}; trying {2}", kernel, reason, next);
  }

  /** Waits until a delay from the start has passed, or two processors are idle. */
  private void await(long start, Duration delay) throws InterruptedException {
    // A processor seems idle between two ranges, so one check is not enough.
    int idle = 0;
    while (System.nanoTime() - start < delay.toNanos() && idle < IDLE_CHECKS && !skipsDelays) {
      Thread.sleep(10);
      boolean twoIdle = SCANS.get() + 2 <= Runtime.getRuntime().availableProcessors();
      idle = twoIdle ? idle + 1 : 0;
    }
  }
}
