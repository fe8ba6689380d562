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
 * Finds the fastest kernel of this JVM for templates of one shape. A background thread warms up the
 * first kernel that works; scanners use it from then on. Later the thread warms up the next one,
 * the challenger, and scanners run both in turns on their own ranges until the faster is known.
 *
 * <p>Thread-safe.
 */
final class KernelRace {
  /**
   * How long the phases wait where all processors are busy.
   *
   * @param warmUp before the first kernel is warmed up, so that short searches lose nothing
   * @param challenge before the challenger is, since to compile it takes a processor's second
   * @param patience processor time after which a kernel that is still slow has failed
   */
  record Delays(Duration warmUp, Duration challenge, Duration patience) {}

  static final Delays DELAYS =
      new Delays(Duration.ofSeconds(1), Duration.ofSeconds(10), WarmUp.PATIENCE);

  /**
   * Pairs of rates that decide, and those before them that don't count: the loops of {@code
   * superword} try slow places in memory most at first.
   */
  static final int PAIRS = 7;

  static final int UNCOUNTED_PAIRS = 3;

  /** How much faster the challenger must be: a draw changes nothing. */
  private static final double ADVANTAGE = 1.01;

  /** Slices in a row that must be slower than {@code MessageDigest} to give a kernel up. */
  private static final int SLOW_SLICES = 8;

  /** Looks in a row, 10 ms apart, that must find two idle processors. */
  private static final int IDLE_LOOKS = 10;

  /** Scans under way in this JVM. */
  private static final AtomicInteger SCANS = new AtomicInteger();

  private final NonceTemplate template;
  private final Delays delays;
  private final boolean challenges;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CompletableFuture<NonceKernel> first = new CompletableFuture<>();
  private final CompletableFuture<String> decision = new CompletableFuture<>();

  /** Kernels not given up, the one in use or expected to be first; the last is never given up. */
  private final List<NonceKernel> order;

  /** Rates of the leader and the challenger, in MH/s. */
  private final List<double[]> pairs = new ArrayList<>();

  private int slowSlices;
  private volatile @Nullable NonceKernel leader;
  private volatile @Nullable NonceKernel challenger;
  private volatile double messageDigestRate;
  private volatile boolean hurried;

  /**
   * @param kernels kernels that support the template, the one expected to be fastest first; the
   *     last is {@code MessageDigest}'s, taken as it is
   * @param template the warm-up runs on its messages
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

  /** The name of the kernel in use, or of the one that is expected to be. */
  synchronized String kernelName() {
    return order.get(0).name();
  }

  /** The kernel to use, once one is warm. */
  Optional<NonceKernel> leader() {
    return Optional.ofNullable(leader);
  }

  /** The kernel to use in every other slice, while two are compared. */
  Optional<NonceKernel> challenger() {
    return Optional.ofNullable(challenger);
  }

  /** Completed with the first kernel that became warm. */
  CompletableFuture<NonceKernel> first() {
    return first;
  }

  /** Completed with who won and why, in a line, once nothing is left to compare. */
  CompletableFuture<String> decision() {
    return decision;
  }

  /** Compares without waiting until processors are idle. */
  void hurry() {
    hurried = true;
  }

  /** Notes that a scan starts; the first one starts the warm-up. */
  void scanStarts() {
    SCANS.incrementAndGet();
    if (started.compareAndSet(false, true)) {
      startThread();
    }
  }

  void scanEnds() {
    SCANS.decrementAndGet();
  }

  /** Notes a slice of the leader's work; a leader that has become slow for long is given up. */
  synchronized void worked(NonceKernel kernel, ScanTiming timing) {
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
   * Notes the rates of two slices, one after the other in one thread; enough of them decide.
   *
   * @param leaderRate MH/s of the kernel in use
   * @param challengerRate MH/s of the other
   */
  synchronized void compared(double leaderRate, double challengerRate) {
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

  /** The first kernel that works and becomes fast; the others are given up. */
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

  /** The kernel to compare the first with, if there is to be one. */
  private synchronized Optional<NonceKernel> next() {
    return challenges && !decision.isDone() && order.size() > 2
        ? Optional.of(order.get(1))
        : Optional.empty();
  }

  private synchronized void giveUp(NonceKernel kernel, String reason) {
    order.remove(kernel);
    // Not in a constant: most JVMs never need it, and a logger takes tens of milliseconds to set
    // up.
    System.getLogger("io.goldennonce.kernel")
        .log(
            Level.WARNING,
            "kernel {0} is not used: {1}; trying {2}",
            kernel.name(),
            reason,
            kernelName());
  }

  /** Waits until a time since the start, or until two processors are idle. */
  private void await(long start, Duration delay) throws InterruptedException {
    // Between two ranges a processor looks idle that is not, so one look is not enough.
    int idle = 0;
    while (System.nanoTime() - start < delay.toNanos() && idle < IDLE_LOOKS && !hurried) {
      Thread.sleep(10);
      boolean twoIdle = SCANS.get() + 2 <= Runtime.getRuntime().availableProcessors();
      idle = twoIdle ? idle + 1 : 0;
    }
  }
}
