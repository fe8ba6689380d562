package io.goldennonce.kernel.gpu;

import io.goldennonce.kernel.KernelFailedException;
import io.goldennonce.kernel.MessageDigestKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.ScanResult;
import io.goldennonce.kernel.TopWord;
import io.goldennonce.kernel.gpu.program.Layout;
import io.goldennonce.kernel.gpu.program.WordRun;
import java.lang.ref.Cleaner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Scans by launches, two at a time so that the device is never idle, and verifies their hits with
 * {@code MessageDigest}. Launches are reused after a hit: a search for ever lower hashes continues
 * after it with a harder bound.
 */
final class GpuScanner implements NonceScanner {
  /** Maximum time between two polls of a launch and of the stop signal. */
  static final long POLL_NANOS = 500_000;

  private static final long SHORTEST_POLL_NANOS = 20_000;

  private static final int DEPTH = 2;

  /** Shorter runs, of nonces with few digits, are left to {@code MessageDigest}. */
  private static final long SHORTEST_RUN = 1 << 18;

  /**
   * Bounds that one nonce in 4,096 meets are left to {@code MessageDigest}, which finds the next
   * hit sooner than a launch.
   */
  static final int EASIEST = 12;

  /** The expected hits of a launch, as a power of two; the hit buffer is four times as large. */
  private static final int HIT_BITS = 4;

  private static final Cleaner CLEANER = Cleaner.create();

  private final NonceTemplate template;
  private final TopWord topWord;
  private final Function<Layout, LoadedProgram> programs;
  private final NonceScanner exact;
  private final int easiest;
  private final long shortestRun;

  /** Adjacent, in ascending order. */
  private final Deque<Launch> launches = new ArrayDeque<>();

  /** When the last launch that was read had ended. */
  private long lastEnd = System.nanoTime();

  GpuScanner(NonceTemplate template, Function<Layout, LoadedProgram> programs) {
    this(template, programs, EASIEST, SHORTEST_RUN);
  }

  /**
   * Creates a scanner with other limits.
   *
   * @param easiest bounds with fewer leading zero bits are left to {@code MessageDigest}
   * @param shortestRun runs with fewer nonces are left to {@code MessageDigest}
   */
  GpuScanner(
      NonceTemplate template,
      Function<Layout, LoadedProgram> programs,
      int easiest,
      long shortestRun) {
    this.template = template;
    this.topWord = TopWord.of(template.order());
    this.programs = programs;
    this.exact = new MessageDigestKernel().scanner(template);
    this.easiest = easiest;
    this.shortestRun = shortestRun;
    // Scanners are never closed, so their slots are released when they are collected.
    Deque<Launch> left = launches;
    CLEANER.register(this, () -> left.forEach(Launch::release));
  }

  @Override
  public ScanResult scan(long from, long to, byte[] bound, BooleanSupplier stop) {
    int zeroBits = TopWord.leadingZeros(bound);
    if (zeroBits < easiest) {
      return exact.scan(from, to, bound, stop);
    }
    retain(from, zeroBits);
    long at = from;
    Latch latch = new Latch(stop);
    try {
      while (at < to) {
        ScanResult result = step(at, to, bound, latch);
        at = result.end();
        if (result.hit()) {
          return result;
        }
        if (latch.stopped) {
          drop();
          return result;
        }
      }
      return new ScanResult(to, false);
    } catch (DeviceException e) {
      launches.clear(); // Nothing uses their slots again.
      throw new KernelFailedException(String.valueOf(e.getMessage()), at, e);
    }
  }

  /** Scans a run of few nonces, or waits for a launch to end or for the stop signal. */
  private ScanResult step(long at, long to, byte[] bound, BooleanSupplier stop) {
    if (stop.getAsBoolean()) {
      return new ScanResult(at, false);
    }
    if (launches.isEmpty()) {
      WordRun run = WordRun.at(template, at);
      if (run.to() - run.from() < shortestRun) {
        return exact.scan(at, Math.min(to, run.to()), bound, stop);
      }
    }
    startLaunches(at, to, bound);
    Launch head = launches.getFirst();
    while (!head.isDone()) {
      // Poll often at first, since launches for easy bounds are short.
      long passed = System.nanoTime() - head.launched;
      LockSupport.parkNanos(Math.max(SHORTEST_POLL_NANOS, Math.min(POLL_NANOS, passed / 8)));
      if (stop.getAsBoolean()) {
        return new ScanResult(at, false);
      }
    }
    return read(head, at, to, bound);
  }

  /** Starts launches, up to the end of a run whose messages have the same length. */
  private void startLaunches(long at, long to, byte[] bound) {
    int zeroBits = TopWord.leadingZeros(bound);
    long next = launches.isEmpty() ? at : launches.getLast().to;
    while (launches.size() < DEPTH && next < to) {
      WordRun run = WordRun.at(template, next);
      if (run.to() - run.from() < shortestRun) {
        return;
      }
      LoadedProgram loaded = programs.apply(run.layout());
      long most = zeroBits + HIT_BITS >= 30 ? Device.MOST_NONCES : 1L << (zeroBits + HIT_BITS);
      int versions = template.versions();
      // All versions of the first and the last nonce word are tried; read() ignores those outside.
      next -= next % versions;
      long words = (Math.min(to, run.to()) - next + versions - 1) / versions;
      int count = (int) Math.min(words, Math.max(1, Math.min(most, loaded.size()) / versions));
      List<int[]> constants =
          IntStream.range(0, run.programRuns())
              .mapToObj(i -> loaded.program().constants(run.inputs(i)))
              .toList();
      Device.LaunchSlot slot = loaded.take();
      slot.launch(constants, run.word(next), count, topWord.mask(bound));
      long end = next + (long) count * versions;
      launches.add(new Launch(loaded, slot, next, end, zeroBits));
      next = end;
    }
  }

  /** Processes the hits of a launch. */
  private ScanResult read(Launch head, long at, long to, byte[] bound) {
    record(head);
    for (long nonce : head.candidates()) {
      if (nonce >= at && nonce < to) {
        if (exact.scan(nonce, nonce + 1, bound, () -> false).hit()) {
          return new ScanResult(nonce + 1, true);
        }
        confirm(nonce, head.zeroBits);
      }
    }
    if (head.to <= to) {
      launches.removeFirst();
    }
    return new ScanResult(Math.min(head.to, to), false);
  }

  /** Rejects a nonce whose hash does not meet the launch's bound: other hits may be missing. */
  private void confirm(long nonce, int zeroBits) {
    if (!exact.scan(nonce, nonce + 1, TopWord.bound(zeroBits), () -> false).hit()) {
      throw new DeviceException(
          "the device reported nonce " + nonce + ", whose hash is above its bound");
    }
  }

  private void record(Launch head) {
    long now = System.nanoTime();
    if (head.isUnread()) {
      head.program.record((int) (head.to - head.from), now - Math.max(lastEnd, head.launched));
      lastEnd = now;
    }
  }

  /** Retains the launches that a scan from a nonce can use, or drops all if there are none. */
  private void retain(long from, int zeroBits) {
    while (!launches.isEmpty() && launches.getFirst().to <= from) {
      launches.removeFirst().release();
    }
    if (!launches.isEmpty()
        && (launches.getFirst().from > from
            || launches.stream().anyMatch(launch -> launch.zeroBits > zeroBits))) {
      drop();
    }
  }

  private void drop() {
    for (Iterator<Launch> left = launches.iterator(); left.hasNext(); left.remove()) {
      left.next().release();
    }
  }

  /** A stop signal that stays on. */
  private static final class Latch implements BooleanSupplier {
    private final BooleanSupplier stop;
    private boolean stopped;

    Latch(BooleanSupplier stop) {
      this.stop = stop;
    }

    @Override
    public boolean getAsBoolean() {
      stopped = stopped || stop.getAsBoolean();
      return stopped;
    }
  }
}
