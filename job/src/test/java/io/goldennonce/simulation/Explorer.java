package io.goldennonce.simulation;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario under many schedules. What fails is run again with a trace, and says by which
 * property it can be rerun.
 */
public final class Explorer {
  /** Something that runs on a scheduler of its own and throws if an invariant does not hold. */
  public interface Scenario {
    void run(Scheduler scheduler) throws Exception;
  }

  /** Chooses a policy for a seed. */
  public interface Policies {
    Policy of(Choices choices);
  }

  private static final int MOST_TRACE_LINES = 200;

  private Explorer() {}

  /**
   * Runs a scenario once per seed, in as many threads as the property simulation.threads says.
   *
   * @throws AssertionError for a seed under which it fails
   */
  public static void seeds(long from, long to, Policies policies, Scenario scenario) {
    AtomicLong next = new AtomicLong(from);
    AtomicReference<@Nullable AssertionError> failure = new AtomicReference<>();
    Runnable work =
        () -> {
          for (long seed = next.getAndIncrement();
              seed < to && failure.get() == null;
              seed = next.getAndIncrement()) {
            AssertionError failed = failure(seed, policies, scenario);
            if (failed != null) {
              failure.compareAndSet(null, failed);
            }
          }
        };
    int threads = Integer.getInteger("simulation.threads", 1);
    Thread[] others =
        IntStream.range(1, threads).mapToObj(i -> new Thread(work)).toArray(Thread[]::new);
    for (Thread other : others) {
      other.start();
    }
    work.run();
    for (Thread other : others) {
      join(other);
    }
    AssertionError failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** What is wrong under one seed, with its trace; null if nothing is. */
  public static @Nullable AssertionError failure(long seed, Policies policies, Scenario scenario) {
    if (outcome(new SeededChoices(seed), policies, scenario, null) == null) {
      return null;
    }
    StringBuilder trace = new StringBuilder();
    Throwable again = outcome(new SeededChoices(seed), policies, scenario, trace);
    return failed("-Dsimulation.seed=" + seed, again, trace);
  }

  /**
   * Runs a scenario under all sequences of choices.
   *
   * @param atMost maximum number, after which it stops
   * @return how many there were
   * @throws AssertionError for choices under which it fails
   */
  public static long all(long atMost, Policy policy, Scenario scenario) {
    AllChoices choices = new AllChoices();
    long runs = 0;
    do {
      runs++;
      if (outcome(choices, any -> policy, scenario, null) != null) {
        StringBuilder trace = new StringBuilder();
        choices.replay();
        Throwable again = outcome(choices, any -> policy, scenario, trace);
        throw failed("schedule " + runs + ", choices " + choices, again, trace);
      }
    } while (runs < atMost && choices.advance());
    return runs;
  }

  /**
   * How many crashes were tried.
   *
   * @param points steps before which all processes were killed, the end of all included
   * @param runs over all points, with subsets of what was not durable
   */
  public record Crashes(int points, long runs) {}

  /**
   * Crashes a scenario before each of its steps and after the last, each time with all outcomes, or
   * with a sample of twice the given number where there are more.
   *
   * @throws AssertionError for a crash after which it fails
   */
  public static Crashes crashes(int atMost, Policy policy, Scenario scenario) {
    long runs = 0;
    for (int point = 1; ; point++) {
      boolean[] crashed = {false};
      int step = point;
      Scenario crash =
          scheduler -> {
            scheduler.crashAt(step);
            try {
              scenario.run(scheduler);
            } finally {
              crashed[0] |= scheduler.hasCrashed();
            }
          };
      long before = runs;
      runs += all(atMost, policy, crash);
      if (runs - before == atMost) {
        for (long seed = 0; seed < atMost; seed++) {
          AssertionError failed = failure(seed, any -> policy, crash);
          if (failed != null) {
            throw new AssertionError("crash before step " + point, failed);
          }
          runs++;
        }
      }
      if (!crashed[0]) {
        return new Crashes(point, runs);
      }
    }
  }

  private static @Nullable Throwable outcome(
      Choices choices, Policies policies, Scenario scenario, @Nullable StringBuilder trace) {
    Scheduler scheduler = new Scheduler(choices, policies.of(choices));
    if (trace != null) {
      scheduler.trace().start();
    }
    try {
      scenario.run(scheduler);
      return null;
    } catch (Exception | AssertionError e) {
      return e;
    } finally {
      if (trace != null) {
        trace.append(scheduler.trace());
      }
    }
  }

  private static AssertionError failed(
      String rerun, @Nullable Throwable cause, StringBuilder trace) {
    String[] lines = trace.toString().split("\n");
    int skipped = Math.max(0, lines.length - MOST_TRACE_LINES);
    String shown = String.join("\n", java.util.Arrays.asList(lines).subList(skipped, lines.length));
    String reason =
        cause == null ? "it did not fail again: the run is not deterministic" : "" + cause;
    return new AssertionError(rerun + "\n" + reason + "\n" + shown, cause);
  }
}
