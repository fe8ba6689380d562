package io.goldennonce.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs simulated processes one at a time. Each call of the storage model is a {@link #step}; before
 * it, the {@link Choices} decide which process goes on, and a crash or a kill takes effect.
 *
 * <p>Time passes by one millisecond per step, by what processes sleep, and by pauses of minutes
 * that the choices put anywhere, as a busy host or a slow network does.
 */
public final class Scheduler {
  /** What a process does. */
  public interface Body {
    void run() throws Exception;
  }

  private static final int MOST_STEPS = 100_000;
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "simulated process");
            thread.setDaemon(true);
            return thread;
          });

  private final Choices choices;
  private final Policy policy;
  private final SimulatedClock clock = new SimulatedClock();
  private final List<SimulatedProcess> processes = new ArrayList<>();
  private final Trace trace = new Trace();
  private @Nullable SimulatedProcess current;
  private @Nullable Thread starter;
  private volatile boolean ended;
  private boolean cut;
  private boolean crashed;
  private int preemptionsLeft;
  private int steps;
  private int crashAt = Integer.MAX_VALUE;

  private final class SimulatedProcess {
    final String name;
    final Body body;
    volatile boolean turn;
    volatile @Nullable Thread thread;
    int killAt = Integer.MAX_VALUE;
    int ownSteps;
    boolean done;
    long wakesAt;
    @Nullable Throwable failure;

    SimulatedProcess(String name, Body body) {
      this.name = name;
      this.body = body;
    }

    void live() {
      thread = Thread.currentThread();
      try {
        awaitTurn();
        if (!cut) {
          body.run();
        }
      } catch (ProcessKilled e) {
        note("killed", "");
      } catch (Throwable e) {
        failure = e;
        cut = true; // The trace ends here.
      }
      done = true;
      SimulatedProcess next = afterEnd();
      if (next == null) {
        current = null;
        ended = true;
        LockSupport.unpark(starter);
      } else {
        hand(next);
      }
    }

    void awaitTurn() {
      while (!turn) {
        LockSupport.park(this);
      }
      turn = false;
    }
  }

  public Scheduler(Choices choices, Policy policy) {
    this.choices = choices;
    this.policy = policy;
    this.preemptionsLeft = policy.preemptions();
  }

  /** Adds a process, which starts with {@link #run}. */
  public void spawn(String name, Body body) {
    processes.add(new SimulatedProcess(name, body));
  }

  /** Adds a process that is killed before its Nth step, from 1 on. */
  public void spawnAndKill(String name, int killAt, Body body) {
    spawn(name, body);
    processes.get(processes.size() - 1).killAt = killAt;
  }

  /** Kills all processes before the Nth step of the run, from 1 on. */
  public void crashAt(int step) {
    crashAt = step;
  }

  /** The steps taken, if it was started. */
  public Trace trace() {
    return trace;
  }

  /**
   * Runs all processes to their ends.
   *
   * @return whether a crash ended them, now or in a run before
   * @throws AssertionError if a process threw anything
   */
  public boolean run() {
    starter = Thread.currentThread();
    for (SimulatedProcess process : processes) {
      THREADS.execute(process::live);
      while (process.thread == null) {
        Thread.onSpinWait();
      }
    }
    if (!processes.isEmpty()) {
      hand(processes.get(choices.next(processes.size())));
      while (!ended) {
        LockSupport.park(this);
      }
    }
    for (SimulatedProcess process : processes) {
      if (process.failure != null) {
        throw new AssertionError(process.name + ": " + process.failure, process.failure);
      }
    }
    processes.clear();
    ended = false;
    if (cut) {
      crashed = true;
      cut = false;
      crashAt = Integer.MAX_VALUE;
    }
    return crashed;
  }

  /** Makes a call of the storage a point where other processes may run first. */
  public void step(String call, Object argument) {
    SimulatedProcess self = current;
    if (self == null) {
      return; // the test itself looks at the storage
    }
    if (Thread.currentThread() != self.thread) {
      throw new IllegalStateException("A thread the simulation does not know called " + call);
    }
    steps++;
    clock.pass(1);
    self.ownSteps++;
    dieIfKilled(self);
    if (steps > MOST_STEPS) {
      throw new AssertionError("no end after " + MOST_STEPS + " steps");
    }
    if (policy.pauseOneIn() > 0 && choices.next(policy.pauseOneIn()) == 0) {
      clock.pass(choices.next((int) policy.longestPause()));
    }
    yieldTo(self, pick(self));
    note(call, argument);
  }

  /** Lets the process wait, and others run; if all wait, time passes at once. */
  public void sleep(long millis) {
    SimulatedProcess self = current;
    if (self == null) {
      clock.pass(millis);
      return;
    }
    self.wakesAt = clock.now() + millis;
    yieldTo(self, pick(self));
  }

  /** The clocks of the simulated world. */
  public SimulatedClock clock() {
    return clock;
  }

  /** Whether a crash has ended a run. */
  public boolean hasCrashed() {
    return crashed;
  }

  /** Steps so far. */
  public int steps() {
    return steps;
  }

  /** The choices, for models that leave something open themselves. */
  public Choices choices() {
    return choices;
  }

  /** The process that runs now, as an identity; null outside a run. */
  public @Nullable Object current() {
    return current;
  }

  /** Whether a process, as {@link #current} gave it, has neither ended nor been killed. */
  public static boolean isAlive(Object process) {
    return !((SimulatedProcess) process).done;
  }

  /** Adds a line to the trace. */
  public void note(String what, @Nullable Object argument) {
    trace.add(steps, current == null ? "" : current.name, what, argument);
  }

  private void dieIfKilled(SimulatedProcess self) {
    cut |= steps >= crashAt;
    if (cut || self.ownSteps >= self.killAt) {
      throw new ProcessKilled();
    }
  }

  private void yieldTo(SimulatedProcess self, SimulatedProcess next) {
    if (next != self) {
      hand(next);
      self.awaitTurn();
      if (cut) {
        throw new ProcessKilled();
      }
    }
  }

  private void hand(SimulatedProcess next) {
    current = next;
    next.turn = true;
    LockSupport.unpark(next.thread);
  }

  /** The process to go on, which may be the one that asks. */
  private SimulatedProcess pick(SimulatedProcess self) {
    boolean awake = self.wakesAt <= clock.now();
    if (awake
        && (preemptionsLeft == 0
            || (policy.switchOneIn() > 1 && choices.next(policy.switchOneIn()) != 0))) {
      return self;
    }
    SimulatedProcess next = any(ready(self));
    if (awake && next != self && preemptionsLeft != Integer.MAX_VALUE) {
      preemptionsLeft--;
    }
    return next;
  }

  private @Nullable SimulatedProcess afterEnd() {
    List<SimulatedProcess> alive = processes.stream().filter(each -> !each.done).toList();
    if (alive.isEmpty()) {
      return null;
    }
    if (cut) {
      return alive.get(0);
    }
    return any(ready(null));
  }

  private SimulatedProcess any(List<SimulatedProcess> ready) {
    return ready.size() == 1 ? ready.get(0) : ready.get(choices.next(ready.size()));
  }

  /** Those that could run now, the given one first; lets time pass if all sleep. */
  private List<SimulatedProcess> ready(@Nullable SimulatedProcess first) {
    List<SimulatedProcess> ready = new ArrayList<>();
    long earliest = Long.MAX_VALUE;
    for (SimulatedProcess each : processes) {
      earliest = each.done ? earliest : Math.min(earliest, each.wakesAt);
    }
    clock.pass(Math.max(0, earliest - clock.now()));
    if (first != null && first.wakesAt <= clock.now()) {
      ready.add(first);
    }
    for (SimulatedProcess each : processes) {
      if (each != first && !each.done && each.wakesAt <= clock.now()) {
        ready.add(each);
      }
    }
    return ready;
  }
}
