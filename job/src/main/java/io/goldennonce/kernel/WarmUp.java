package io.goldennonce.kernel;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds the first of some kernels that works and is fast in this JVM. A thread of its own tests
 * each on known vectors and runs it until it is compiled, which takes a second or two; a kernel
 * that fails the test, or does not become faster than {@code MessageDigest}, is given up with a
 * warning, and the next is tried.
 */
final class WarmUp {
  /** How long a JVM works with {@code MessageDigest} alone, so that short searches lose nothing. */
  static final Duration DELAY = Duration.ofSeconds(1);

  /** The processor time after which a kernel that is still slow has failed. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How much faster than {@code MessageDigest} a kernel must be; lets no chance decide. */
  private static final double ADVANTAGE = 1.3;

  /** Slices of work in a row that must be slower than {@code MessageDigest} to give a kernel up. */
  private static final int SLOW_SLICES = 8;

  /** Looks in a row, 10 ms apart, that must find two idle processors to begin at once. */
  private static final int IDLE_LOOKS = 10;

  private static final Duration SLICE = Duration.ofMillis(20);

  /** Scans under way in this JVM. */
  private static final AtomicInteger SCANS = new AtomicInteger();

  private final List<KernelCandidate> candidates;
  private final NonceTemplate template;
  private final Duration delay;
  private final Duration patience;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicInteger slowSlices = new AtomicInteger();
  private final CompletableFuture<NonceKernel> first = new CompletableFuture<>();

  /** The candidate that is being warmed up or in use. */
  private final AtomicInteger at = new AtomicInteger();

  private volatile boolean ready;
  private volatile double messageDigestRate;

  /**
   * Prepares to warm up for templates like this one.
   *
   * @param candidates kernels that support the template, best first; the last is taken as it is
   * @param delay before the work begins, unless two processors are idle
   * @param patience processor time for each kernel
   */
  WarmUp(
      List<KernelCandidate> candidates, NonceTemplate template, Duration delay, Duration patience) {
    this.candidates = List.copyOf(candidates);
    this.template = template;
    this.delay = delay;
    this.patience = patience;
  }

  /** The name of the kernel in use, or of the one that is expected to be. */
  String kernelName() {
    return candidates.get(at.get()).name();
  }

  /** Whether every candidate can scan a template. */
  boolean supports(NonceTemplate other) {
    return candidates.stream().allMatch(candidate -> candidate.refusal(other).isEmpty());
  }

  /** The kernel to use, once one is warm. */
  Optional<NonceKernel> kernel() {
    return ready ? candidates.get(at.get()).kernel() : Optional.empty();
  }

  /** Completed with the first kernel that became warm. */
  CompletableFuture<NonceKernel> first() {
    return first;
  }

  /** Notes that a scan begins, and starts the thread if it is the first. */
  void scanBegins() {
    SCANS.incrementAndGet();
    if (started.compareAndSet(false, true)) {
      startThread();
    }
  }

  void scanEnds() {
    SCANS.decrementAndGet();
  }

  /** Notes what a kernel did; one that has become slow for long is given up. */
  void worked(NonceKernel kernel, long nonces, long processorNanos) {
    if (!ready || !kernel.name().equals(kernelName()) || isLast()) {
      return;
    }
    double rate = rate(nonces, processorNanos);
    if (rate >= messageDigestRate) {
      slowSlices.set(0);
    } else if (slowSlices.incrementAndGet() == SLOW_SLICES) {
      ready = false;
      slowSlices.set(0);
      giveUp(String.format("it has become slow: %.1f MH/s", rate));
      startThread();
    }
  }

  /** Gives up a kernel that failed in a scan, unless another thread has seen that before. */
  synchronized void failed(NonceKernel kernel, String reason) {
    if (ready && kernel.name().equals(kernelName()) && !isLast()) {
      ready = false;
      giveUp(reason);
      startThread();
    }
  }

  private void startThread() {
    Thread thread = new Thread(this::run, "kernel-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      letShortSearchesPass();
      while (!isLast()) {
        Optional<String> failure = guardedFailure(candidates.get(at.get()));
        if (failure.isEmpty()) {
          break;
        }
        giveUp(failure.get());
      }
      ready = true;
      first.complete(candidates.get(at.get()).kernel().orElseThrow());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isLast() {
    return at.get() == candidates.size() - 1;
  }

  private void giveUp(String reason) {
    String name = kernelName();
    at.incrementAndGet();
    // Not in a constant: most JVMs never need it, and a logger costs tens of milliseconds to set
    // up.
    System.getLogger("io.goldennonce.kernel")
        .log(Level.WARNING, "kernel {0} is not used: {1}; trying {2}", name, reason, kernelName());
  }

  private void letShortSearchesPass() throws InterruptedException {
    long begin = System.nanoTime();
    // Between two ranges a processor looks idle that is not, so one look tells nothing.
    int idle = 0;
    while (System.nanoTime() - begin < delay.toNanos() && idle < IDLE_LOOKS) {
      Thread.sleep(10);
      boolean twoIdle = SCANS.get() + 2 <= Runtime.getRuntime().availableProcessors();
      idle = twoIdle ? idle + 1 : 0;
    }
  }

  private Optional<String> guardedFailure(KernelCandidate candidate) {
    try {
      return failure(candidate);
    } catch (RuntimeException | LinkageError e) {
      return Optional.of("it ended with " + e);
    }
  }

  /** Tests a kernel and runs it until it is fast; says why if it fails. */
  private Optional<String> failure(KernelCandidate candidate) {
    NonceKernel kernel = candidate.kernel().orElseThrow();
    Optional<String> wrong = kernel.selfTest(template);
    if (wrong.isPresent() || kernel.offloads()) {
      return wrong;
    }
    NonceScanner scanner = kernel.scanner(template);
    NonceScanner messageDigest = new MessageDigestKernel().scanner(template);
    double rate = 0;
    for (long spent = 0; spent < patience.toNanos(); ) {
      Slice slice = Slice.of(scanner, SLICE);
      spent += Math.max(1, slice.processorNanos());
      rate = rate(slice.nonces(), slice.processorNanos());
      if (rate > ADVANTAGE * messageDigestRate) {
        Slice reference = Slice.of(messageDigest, SLICE);
        messageDigestRate = rate(reference.nonces(), reference.processorNanos());
        if (rate > ADVANTAGE * messageDigestRate) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(
        String.format(
            "it reached %.1f MH/s, and MessageDigest %.1f MH/s", rate, messageDigestRate));
  }

  /** Millions of nonces per second. */
  private static double rate(long nonces, long nanos) {
    return nonces * 1e3 / Math.max(1, nanos);
  }
}
