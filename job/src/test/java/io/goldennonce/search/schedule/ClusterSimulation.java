package io.goldennonce.search.schedule;

import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.Hash256;
import io.goldennonce.pow.Target;
import io.goldennonce.search.LowestHash;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.SearchTemplate;
import io.goldennonce.search.Shares;
import io.goldennonce.search.Solution;
import io.goldennonce.search.ledger.LedgerRow;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that searches in simulated time: the real {@link Scheduler} as its driver, the real
 * {@link AttemptProgress} in its tasks. What is simulated is what Spark does between them, jobs,
 * tries, losses, cancellations, and how long hashing takes. All from one seed.
 */
final class ClusterSimulation {
  private static final Instant BEGIN = Instant.parse("2026-11-21T00:00:00Z");
  private static final long FIRST_RANGE = 262_144;

  /** Spark's: losses of one task after which its job fails. */
  private static final int MAX_FAILURES = 4;

  /** From the death of a JVM to the next one on the same machine. */
  private static final long RESTART_NANOS = 1_000_000_000;

  /**
   * What is simulated.
   *
   * @param rate hashes per second of a core; executors differ by up to a tenth from it
   * @param slowest by how much the first executor is slower than that: 10 is a tenth of the rate,
   *     0.1 is ten times as fast
   * @param rangeTime how long a range should take, where there are few enough tasks at once
   * @param reportInterval the same between two reports
   * @param taskOverhead between two tasks of a core
   * @param lossEvery between two losses of an executor, which another replaces; zero: none
   * @param auditShare the part of the work that is done again
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
      Duration lossEvery,
      double auditShare) {
    int slots() {
      return executors * cores;
    }
  }

  /** What is wrong with the last executor's machine. */
  enum Defect {
    NONE,
    /**
     * It finds nothing, and its kernel is caught at a wrong hash now and then; a new JVM is well.
     */
    WRONG_HASHES,
    /** Its JVM dies soon after it has started a task. */
    DYING_JVM
  }

  /** A task of a wave, and how often it was tried in vain. */
  private static final class Task {
    private final Job job;
    private final int index;
    private int failures;
    private boolean isDone;

    private Task(Job job, int index) {
      this.job = job;
      this.index = index;
    }
  }

  /** A wave as Spark runs it. */
  private static final class Job {
    private final Wave wave;
    private int left;
    private boolean isOver;

    private Job(Wave wave) {
      this.wave = wave;
      this.left = wave.assignments().size();
    }
  }

  /** A core of an executor, and the attempt it is at. */
  private static final class Slot {
    private final int machine;
    private final double rate;
    private @Nullable Task task;
    private long attempt;
    private AttemptProgress progress;
    private NonceRange piece = new NonceRange(0, 0);
    private long startedAt;
    private Hash256 best = Hash256.sha256(new byte[0]);
    private int wakes;

    private Slot(int machine, double rate, AttemptProgress none) {
      this.machine = machine;
      this.rate = rate;
      this.progress = none;
    }
  }

  private record Wake(long at, Slot slot, int number) {}

  private final Setup setup;
  private final Random random;
  private final SearchSpec spec;
  private final Scheduler scheduler;
  private final TreeSet<Long> solutions = new TreeSet<>();
  private final List<Solution> told = new ArrayList<>();
  private final Deque<Task> queue = new ArrayDeque<>();
  private final List<Job> jobs = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private final PriorityQueue<Wake> awake =
      new PriorityQueue<>(Comparator.comparingLong((Wake wake) -> wake.at));
  private final Deque<Slot> idle = new ArrayDeque<>();
  private final int[] generations;
  private final long[] hashesByMachine;
  private Defect defect = Defect.NONE;
  private SimulatedShares shares = new SimulatedShares(26);
  private Lie lie = new Lie(Lie.Kind.SKIPS, 0);
  private int liars;
  private boolean speculates;
  private boolean failed;
  private long attempts;
  private long reports;
  private long taskEnds;
  private long lostWaves;
  private final List<Integer> givenUp = new ArrayList<>();
  private final TreeMap<Long, RangeReport> finished = new TreeMap<>();
  private final long[] audits;
  private long now;
  private long nextLoss;

  /** A search for what can't be found. */
  ClusterSimulation(Setup setup, NonceRange keyspace) {
    this(
        setup,
        new SearchSpec(new Nonces(), Target.ofZeroBits(256), keyspace, ResultMode.ANY),
        List.of(),
        FIRST_RANGE,
        1);
  }

  /**
   * @param tried what earlier runs have tried
   */
  ClusterSimulation(
      Setup setup, SearchSpec spec, List<LedgerRow> tried, long firstRange, long seed) {
    this.setup = setup;
    this.spec = spec;
    this.random = new Random(seed);
    this.scheduler =
        new Scheduler(
            spec,
            new SchedulerSettings(
                setup.rangeTime(),
                firstRange,
                setup.reportInterval(),
                setup.eventsPerSecond(),
                setup.auditShare()),
            tried,
            new Random(~seed),
            (report, told) -> shares.areTrue(told));
    this.generations = new int[setup.executors()];
    this.audits = new long[setup.executors()];
    this.hashesByMachine = new long[setup.executors()];
    this.nextLoss = setup.lossEvery().isZero() ? Long.MAX_VALUE : setup.lossEvery().toNanos();
    AttemptProgress none = progress(new Assignment(0, new NonceRange(0, 0), 0), "", 1, 0, 1, 1);
    for (int machine = 0; machine < setup.executors(); machine++) {
      double rate = setup.rate() * (0.9 + 0.2 * random.nextDouble());
      for (int core = 0; core < setup.cores(); core++) {
        slots.add(new Slot(machine, machine == 0 ? rate / setup.slowest() : rate, none));
      }
    }
    idle.addAll(slots);
  }

  /** Any message with a nonce, in a keyspace as large as there can be. */
  record Nonces() implements SearchTemplate {
    @Override
    public NonceTemplate variant(long variant) {
      return NonceTemplate.ofHeader(ByteBuffer.allocate(80).putLong(variant).array());
    }

    @Override
    public long variants() {
      return 1L << 31;
    }

    @Override
    public String canonicalText() {
      return "simulated";
    }
  }

  ClusterSimulation with(Defect newDefect) {
    defect = newDefect;
    return this;
  }

  /**
   * Lets the last executors lie; new JVMs on their machines do, too.
   *
   * @param cellBits the size of the cells that hold one share each, as a power of two
   */
  ClusterSimulation with(Lie newLie, int newLiars, int cellBits) {
    lie = newLie;
    liars = newLiars;
    shares = new SimulatedShares(cellBits);
    return this;
  }

  /** Tries tasks twice at once where cores are idle, and both to their ends. */
  ClusterSimulation withSpeculation() {
    speculates = true;
    return this;
  }

  /** What there is to find: sound machines find it. */
  ClusterSimulation withSolutions(List<Long> positions) {
    solutions.addAll(positions);
    return this;
  }

  /** Goes on until a time, or until the search is decided or has failed. */
  void runUntil(Duration time) {
    long end = time.toNanos();
    fill();
    while (!scheduler.isDecided() && !failed && !awake.isEmpty() && awake.element().at <= end) {
      Wake wake = awake.remove();
      now = wake.at;
      if (now >= nextLoss) {
        loseMachine(random.nextInt(setup.executors()));
        nextLoss += setup.lossEvery().toNanos();
      }
      if (wake.number == wake.slot.wakes) {
        if (wake.slot.task == null) {
          idle.add(wake.slot);
        } else {
          pieceDone(wake.slot, wake.slot.task);
        }
      }
      fill();
      told.addAll(scheduler.takeSolutions());
    }
    told.addAll(scheduler.takeSolutions());
  }

  // --- the driver ---

  private void fill() {
    if (failed || scheduler.isDecided()) {
      return;
    }
    for (Optional<Wave> next = scheduler.nextWave(setup.slots());
        next.isPresent();
        next = scheduler.nextWave(setup.slots())) {
      Job job = new Job(next.get());
      jobs.add(job);
      for (int i = 0; i < job.left; i++) {
        queue.addLast(new Task(job, i));
      }
    }
    while (!idle.isEmpty()) {
      Task task = queue.pollFirst();
      if (task == null) {
        task = speculates ? anyRunning() : null;
      }
      if (task == null) {
        return;
      }
      begin(idle.remove(), task);
    }
  }

  private void accept(RangeReport report) {
    reports++;
    if (report.phase() == RangeReport.Phase.DONE && liars > 0) {
      countAudit(report);
    }
    List<ExecutorFault> faults = scheduler.accept(report, BEGIN.plusNanos(now));
    for (int wave : scheduler.takeObsoleteWaves()) {
      List.copyOf(jobs).stream().filter(job -> job.wave.number() == wave).forEach(this::cancel);
    }
    for (ExecutorFault fault : faults) {
      if (fault.consequence() == ExecutorFault.Consequence.GIVE_UP_EXECUTOR) {
        String executor = fault.report().executor();
        int machine = machine(executor);
        givenUp.add(machine);
        scheduler.executorGivenUp(executor);
        if (executor.equals(executor(machine))) {
          loseMachine(machine);
        }
      }
    }
  }

  /** A range that lies in one that another machine has finished is an audit of that one. */
  private void countAudit(RangeReport report) {
    Map.Entry<Long, RangeReport> first = finished.floorEntry(report.range().from());
    if (first == null || first.getValue().end() <= report.range().from()) {
      finished.put(report.range().from(), report);
    } else if (!first.getValue().executor().equals(report.executor())) {
      audits[machine(first.getValue().executor())]++;
    }
  }

  // --- Spark ---

  private static int machine(String executor) {
    return Integer.parseInt(executor.substring(0, executor.indexOf('.')));
  }

  private String executor(int machine) {
    return machine + "." + generations[machine];
  }

  private @Nullable Task anyRunning() {
    return slots.stream()
        .map(slot -> slot.task)
        .filter(task -> task != null && !task.isDone && !task.job.isOver)
        .skip(random.nextInt(3))
        .findFirst()
        .orElse(null);
  }

  private void begin(Slot slot, Task task) {
    attempts++;
    Wave wave = task.job.wave;
    slot.task = task;
    slot.attempt = attempts;
    slot.startedAt = now + setup.taskOverhead().toNanos();
    slot.progress =
        progress(
            wave.assignments().get(task.index),
            executor(slot.machine),
            spec.solutions(),
            attempts,
            wave.limit().toNanos(),
            wave.reportInterval().toNanos());
    slot.best = madeUpHash(attempts);
    accept(report(slot));
    scanPiece(slot, slot.startedAt);
  }

  /** The lowest hash of an attempt, which is no solution: those are given. */
  private Hash256 madeUpHash(long attempt) {
    Hash256 hash = Hash256.sha256(ByteBuffer.allocate(Long.BYTES).putLong(attempt).array());
    return spec.target().isMetBy(hash) ? Hash256.sha256(hash.toBytes()) : hash;
  }

  private static AttemptProgress progress(
      Assignment assignment, String executor, int wanted, long attempt, long limit, long interval) {
    return new AttemptProgress(
        assignment,
        new RangeAttempt.Place(
            // Strings of its own, as those of a message that came over a network are.
            attempt, "ip-10-0-" + executor + ".ec2.internal", new String(executor)),
        wanted,
        Duration.ofNanos(limit),
        Duration.ofNanos(interval));
  }

  private void scanPiece(Slot slot, long at) {
    slot.piece = slot.progress.nextPiece();
    wake(slot, at + (long) (slot.piece.size() / slot.rate * 1e9) + 1);
  }

  private void wake(Slot slot, long at) {
    slot.wakes++;
    awake.add(new Wake(at, slot, slot.wakes));
  }

  private boolean has(Defect which, Slot slot) {
    return defect == which
        && slot.machine == setup.executors() - 1
        && (which != Defect.WRONG_HASHES || generations[slot.machine] == 0);
  }

  private void pieceDone(Slot slot, Task task) {
    Long solution = has(Defect.WRONG_HASHES, slot) ? null : solutions.ceiling(slot.piece.from());
    boolean hit = solution != null && solution < slot.piece.to();
    long end = hit && solution != null ? solution + 1 : slot.piece.to();
    hashesByMachine[slot.machine] += end - slot.piece.from();
    if (has(Defect.DYING_JVM, slot)) {
      loseMachine(slot.machine);
      return;
    }
    if (slot.progress.scanned(end, hit, now - slot.startedAt)) {
      accept(report(slot));
    }
    if (slot.task != task) {
      return; // the report has ended it
    }
    if (slot.progress.hasNext()) {
      scanPiece(slot, now);
      return;
    }
    boolean caught = has(Defect.WRONG_HASHES, slot) && random.nextInt(5) == 0;
    taskEnds++;
    release(slot, caught ? RangeReport.Phase.FAULTY : RangeReport.Phase.DONE);
    if (!task.isDone && !task.job.isOver) {
      task.isDone = true;
      task.job.left--;
      if (task.job.left == 0) {
        task.job.isOver = true;
        jobs.remove(task.job);
        scheduler.waveEnded(task.job.wave.number());
      }
    }
  }

  /** Ends a slot's attempt. It is idle then, unless its machine starts anew, given up for that. */
  private void release(Slot slot, RangeReport.Phase phase) {
    int generation = generations[slot.machine];
    free(slot, phase, false);
    if (generations[slot.machine] == generation) {
      idle.add(slot);
    }
  }

  /** Ends a slot's attempt; its last report comes by two ways, unless its machine is lost. */
  private void free(Slot slot, RangeReport.Phase phase, boolean lost) {
    Task task = slot.task;
    if (task == null) {
      return;
    }
    slot.progress.ended(phase);
    RangeReport last = report(slot);
    slot.task = null;
    slot.wakes++;
    if (!lost) {
      accept(last);
      accept(last);
    }
    scheduler.taskEnded(task.job.wave.number(), task.index, slot.attempt, lost);
  }

  private void loseMachine(int machine) {
    List<Task> failures = new ArrayList<>();
    for (Slot slot : slots) {
      if (slot.machine == machine) {
        Task task = slot.task;
        if (task != null) {
          free(slot, RangeReport.Phase.STOPPED, true);
          failures.add(task);
        }
        idle.remove(slot);
        wake(slot, now + RESTART_NANOS);
      }
    }
    generations[machine]++;
    for (Task task : failures) {
      task.failures++;
      if (task.failures == MAX_FAILURES && !task.job.isOver) {
        lostWaves++;
        cancel(task.job);
        failed |= !scheduler.waveLost(task.job.wave.number());
      } else if (!task.isDone && !task.job.isOver && !queue.contains(task)) {
        queue.addFirst(task);
      }
    }
  }

  private void cancel(Job job) {
    job.isOver = true;
    jobs.remove(job);
    queue.removeIf(task -> task.job == job);
    for (Slot slot : slots) {
      if (slot.task != null && slot.task.job == job) {
        release(slot, RangeReport.Phase.STOPPED);
      }
    }
  }

  private RangeReport report(Slot slot) {
    RangeReport bare = slot.progress.report(null, Shares.none(18), "", null);
    NonceRange range = bare.range();
    Task task = slot.task;
    int bits = task == null ? 18 : task.job.wave.shareBits();
    Shares truth = shares.in(new NonceRange(range.from(), bare.end()), bits);
    boolean lies = slot.machine >= setup.executors() - liars;
    return slot.progress.report(
        new LowestHash(slot.best, range.from()),
        lies ? lie.told(truth, shares, slot.attempt) : truth,
        new String("vector-512"),
        null);
  }

  // --- what came of it ---

  Scheduler scheduler() {
    return scheduler;
  }

  SearchSpec spec() {
    return spec;
  }

  /** Whether the search has ended without having been decided. */
  boolean failed() {
    return failed;
  }

  /** The solutions that an observer is told, in their order. */
  List<Solution> told() {
    return told;
  }

  /** Simulated time since the begin. */
  Duration now() {
    return Duration.ofNanos(now);
  }

  /** Reports that the driver has taken in. */
  long reports() {
    return reports;
  }

  long taskEnds() {
    return taskEnds;
  }

  /**
   * Pieces of a machine's work that others have scanned again; each counts twice, as it is told.
   */
  long auditsOf(int machine) {
    return audits[machine] / 2;
  }

  long lostWaves() {
    return lostWaves;
  }

  /** The machines of the executors that were given up, in their order. */
  List<Integer> givenUp() {
    return givenUp;
  }

  /** Hashes computed by a machine; by all, where none is named. */
  long hashes(OptionalInt machine) {
    if (machine.isPresent()) {
      return hashesByMachine[machine.getAsInt()];
    }
    long sum = 0;
    for (long hashes : hashesByMachine) {
      sum += hashes;
    }
    return sum;
  }

  /** What the machines from one on could compute in a second if they never waited. */
  double possibleRate(int firstMachine) {
    return slots.stream()
        .filter(slot -> slot.machine >= firstMachine)
        .mapToDouble(slot -> slot.rate)
        .sum();
  }
}
