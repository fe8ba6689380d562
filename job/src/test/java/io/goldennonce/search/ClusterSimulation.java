package io.goldennonce.search;

import io.goldennonce.pow.Hash256;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;

/**
 * A cluster that searches in simulated time, with the real {@link RangeDealer}, {@link RangeSizer}
 * and {@link Ledger} in the driver's place. What the spark package adds to them, waves, pace and
 * reports, is done here as {@code Waves}, {@code Pace} and {@code RangeAttempt} do it.
 */
final class ClusterSimulation {
  private static final Instant BEGIN = Instant.parse("2026-11-21T00:00:00Z");
  private static final long FIRST_RANGE = 262_144;
  private static final long FIRST_PIECE = 1 << 15;
  private static final int PATIENCE = 2;

  /**
   * What is simulated.
   *
   * @param rate hashes a second of a core; executors differ by up to a tenth from it
   * @param slowest by how much the first executor is slower than that: 10 is a tenth of the rate
   * @param rangeTime how long a range shall take, where there are few enough tasks at once
   * @param reportInterval the same between two reports
   * @param taskOverhead between two tasks of a core
   * @param lossEvery between two losses of an executor, which another replaces at once; zero: none
   */
  record Setup(
      int executors,
      int cores,
      double rate,
      double slowest,
      Duration rangeTime,
      Duration reportInterval,
      int eventsPerSecond,
      Duration taskOverhead,
      Duration lossEvery) {
    int slots() {
      return executors * cores;
    }

    private long atLeastPace(Duration time) {
      return Math.max(time.toNanos(), 1_000_000_000L * slots() / eventsPerSecond);
    }

    Duration leastTime() {
      return Duration.ofNanos(atLeastPace(Duration.ZERO));
    }

    long rangeNanos() {
      return atLeastPace(rangeTime);
    }

    long reportNanos() {
      return atLeastPace(reportInterval);
    }
  }

  /** A core of an executor, and the attempt it is at. */
  private static final class Slot {
    private final int executor;
    private final double rate;
    private NonceRange range = new NonceRange(0, 0);
    private boolean busy;
    private long attempt;
    private long begun;
    private long end;
    private long piece;
    private long pieceBegun;
    private long reported;
    private Hash256 best = Hash256.sha256(new byte[0]);
    private RangeSizer pieces = new RangeSizer(Duration.ofSeconds(1), FIRST_PIECE);
    private long wakesAt;

    private Slot(int executor, double rate) {
      this.executor = executor;
      this.rate = rate;
    }
  }

  private final Setup setup;
  private final Random random = new Random(1);
  private final Ledger ledger = new Ledger();
  private final RangeDealer dealer;
  private final RangeSizer sizer;
  private final Map<Long, NonceRange> outstanding = new TreeMap<>();
  private final Deque<NonceRange> queue = new ArrayDeque<>();
  private final List<Slot> slots = new ArrayList<>();
  private final PriorityQueue<Slot> awake =
      new PriorityQueue<>(Comparator.comparingLong((Slot slot) -> slot.wakesAt));
  private final Deque<Slot> idle = new ArrayDeque<>();
  private final long[] hashesByExecutor;
  private long attempts;
  private long accepted;
  private long taskEnds;
  private long now;
  private long nextLoss;

  ClusterSimulation(Setup setup, NonceRange keyspace) {
    this.setup = setup;
    this.dealer = new RangeDealer(List.of(keyspace));
    this.sizer = new RangeSizer(Duration.ofNanos(setup.rangeNanos()), FIRST_RANGE);
    sizer.aimAt(setup.leastTime(), Duration.ofNanos(setup.rangeNanos()));
    this.hashesByExecutor = new long[setup.executors()];
    this.nextLoss = setup.lossEvery().isZero() ? Long.MAX_VALUE : setup.lossEvery().toNanos();
    for (int executor = 0; executor < setup.executors(); executor++) {
      double rate = setup.rate() * (0.9 + 0.2 * random.nextDouble());
      for (int core = 0; core < setup.cores(); core++) {
        slots.add(new Slot(executor, executor == 0 ? rate / setup.slowest() : rate));
      }
    }
    fill();
    slots.forEach(slot -> beginNext(slot, 0));
  }

  /** Goes on until a time, or until the keyspace is exhausted. */
  void runUntil(Duration time) {
    long end = time.toNanos();
    while (!isAllDone() && !awake.isEmpty() && awake.element().wakesAt <= end) {
      Slot slot = awake.remove();
      now = slot.wakesAt;
      if (now >= nextLoss) {
        loseAnExecutor();
        nextLoss += setup.lossEvery().toNanos();
      }
      if (slot.busy) {
        pieceDone(slot);
      } else {
        beginNext(slot, now);
      }
      while (!queue.isEmpty() && !idle.isEmpty()) {
        beginNext(idle.remove(), now);
      }
    }
  }

  boolean isAllDone() {
    return dealer.isEmpty() && outstanding.isEmpty();
  }

  Ledger ledger() {
    return ledger;
  }

  /** Simulated time since the begin. */
  Duration now() {
    return Duration.ofNanos(now);
  }

  /** Reports that the driver has taken in. */
  long reports() {
    return accepted;
  }

  long taskEnds() {
    return taskEnds;
  }

  /** Hashes computed by an executor; by all, where none is named. */
  long hashes(OptionalInt executor) {
    if (executor.isPresent()) {
      return hashesByExecutor[executor.getAsInt()];
    }
    long sum = 0;
    for (long hashes : hashesByExecutor) {
      sum += hashes;
    }
    return sum;
  }

  /** What the executors from one on could compute in a second if they never waited. */
  double possibleRate(int firstExecutor) {
    return slots.stream()
        .filter(slot -> slot.executor >= firstExecutor)
        .mapToDouble(slot -> slot.rate)
        .sum();
  }

  // --- as Waves and SearchRun ---

  private void fill() {
    while (outstanding.size() <= setup.slots() && !dealer.isEmpty()) {
      for (int i = 0; i < setup.slots(); i++) {
        dealer
            .next(sizer.size(dealer.size(), setup.slots()))
            .ifPresent(
                range -> {
                  outstanding.put(range.from(), range);
                  queue.addLast(range);
                });
      }
    }
  }

  private void accept(RangeReport report) {
    accepted++;
    ledger.accept(report, BEGIN.plusNanos(now));
    if (report.phase() == RangeReport.Phase.DONE
        && outstanding.remove(report.range().from()) != null) {
      dealer.giveBack(report.left());
      sizer.measured(report.hashes(), report.nanos());
    }
    fill();
  }

  // --- as RangeAttempt ---

  private void beginNext(Slot slot, long at) {
    NonceRange range = queue.pollFirst();
    if (range == null) {
      slot.busy = false;
      idle.add(slot);
      return;
    }
    attempts++;
    slot.busy = true;
    slot.range = range;
    slot.attempt = attempts;
    slot.begun = at + setup.taskOverhead().toNanos();
    slot.end = range.from();
    slot.reported = 0;
    slot.best = Hash256.sha256(ByteBuffer.allocate(Long.BYTES).putLong(attempts).array());
    slot.pieces = new RangeSizer(Duration.ofNanos(setup.reportNanos()), FIRST_PIECE);
    accept(report(slot, RangeReport.Phase.RUNNING));
    beginPiece(slot, slot.begun);
  }

  private void beginPiece(Slot slot, long at) {
    slot.piece = Math.min(slot.pieces.size(), slot.range.to() - slot.end);
    slot.pieceBegun = at;
    slot.wakesAt = at + (long) (slot.piece / slot.rate * 1e9) + 1;
    awake.add(slot);
  }

  private void pieceDone(Slot slot) {
    slot.end += slot.piece;
    hashesByExecutor[slot.executor] += slot.piece;
    slot.pieces.measured(slot.piece, now - slot.pieceBegun);
    long nanos = now - slot.begun;
    if (slot.end < slot.range.to() && nanos < PATIENCE * setup.rangeNanos()) {
      if (nanos - slot.reported >= setup.reportNanos() / 2) {
        accept(report(slot, RangeReport.Phase.RUNNING));
        slot.reported = nanos;
      }
      beginPiece(slot, now);
      return;
    }
    taskEnds++;
    // By the plugin's message, and by the accumulator.
    accept(report(slot, RangeReport.Phase.DONE));
    accept(report(slot, RangeReport.Phase.DONE));
    beginNext(slot, now);
  }

  /** Its attempts say nothing more; Spark tries their ranges again. */
  private void loseAnExecutor() {
    int lost = random.nextInt(setup.executors());
    for (Slot slot : slots) {
      if (slot.executor == lost && slot.busy) {
        queue.addFirst(slot.range);
        ledger.vanish(slot.attempt, slot.range);
        slot.busy = false;
      }
    }
  }

  private RangeReport report(Slot slot, RangeReport.Phase phase) {
    // Strings of its own, as those of a message that came over a network are.
    return new RangeReport(
        slot.range,
        slot.attempt,
        slot.end,
        false,
        phase,
        Math.max(0, now - slot.begun),
        new LowestHash(slot.best, slot.range.from()),
        "ip-10-0-" + slot.executor / 256 + "-" + slot.executor % 256 + ".ec2.internal",
        String.valueOf(slot.executor),
        new String("vector-512"));
  }
}
