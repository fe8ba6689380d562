package io.goldennonce.search.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.pow.Target;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Shares;
import io.goldennonce.testing.ReachableMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A search of a year on spot machines, one of which is lost each minute while another comes. All is
 * in simulated time; only the driver's memory is real.
 */
@Tag("full")
class LongRunTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MINUTES = 365 * 24 * 60;
  private static final int SLOTS = 2;

  /** A small part of a driver of 1 GB, of which Spark itself needs half. */
  private static final long MOST_BYTES = 64 << 20;

  private record Task(int wave, int index, Assignment assignment) {}

  private final Scheduler scheduler =
      new Scheduler(
          new SearchSpec(
              new ClusterSimulation.Nonces(),
              Target.ofZeroBits(256),
              new NonceRange(0, 1L << 62),
              ResultMode.ANY),
          new SchedulerSettings(Duration.ofSeconds(20), 1 << 20, Duration.ofSeconds(1), 500, 0.005),
          List.of(),
          new Random(1),
          (report, shares) -> true);

  private final Deque<Task> tasks = new ArrayDeque<>();
  private final Map<Integer, Integer> left = new HashMap<>();
  private Instant now = START;
  private long attempts;

  @Test
  void year_ofALossAMinute_staysWithinAFewMegabytes() {
    long afterTwoMonths = 0;
    for (int minute = 0; minute < MINUTES; minute++) {
      now = START.plus(Duration.ofMinutes(minute));
      fill();
      lost(tasks.element(), minute);
      // Each hour there is one that computes wrong hashes, and is found out at the second.
      done(tasks.remove(), minute / 2, minute % 60 < 2);
      // By then what is remembered of attempts, up to a limit, has reached it.
      if (minute == MINUTES / 6) {
        afterTwoMonths = memory();
      }
    }
    assertThat(scheduler.work().hashes()).isGreaterThan(MINUTES);
    assertThat(afterTwoMonths).isLessThan(MOST_BYTES);
    assertThat(memory()).isLessThan(afterTwoMonths + afterTwoMonths / 4);
  }

  /** With what is told of it: the progress names executors, too. */
  private long memory() {
    return ReachableMemory.bytes(
        new Object[] {scheduler, scheduler.progress(Duration.ZERO, 1, SLOTS)});
  }

  private void fill() {
    for (Optional<Wave> next = scheduler.nextWave(SLOTS);
        next.isPresent();
        next = scheduler.nextWave(SLOTS)) {
      Wave wave = next.get();
      left.put(wave.number(), wave.assignments().size());
      for (int i = 0; i < wave.assignments().size(); i++) {
        tasks.add(new Task(wave.number(), i, wave.assignments().get(i)));
      }
    }
  }

  /** An executor tells of half a range, and is gone. */
  private void lost(Task task, int executor) {
    attempts++;
    NonceRange range = task.assignment().range();
    report(task, range.from() + range.size() / 2, RangeReport.Phase.RUNNING, executor);
    scheduler.taskEnded(task.wave(), task.index(), attempts, true);
  }

  private void done(Task task, int executor, boolean faulty) {
    attempts++;
    RangeReport.Phase phase = faulty ? RangeReport.Phase.FAULTY : RangeReport.Phase.DONE;
    report(task, task.assignment().range().to(), phase, executor);
    scheduler.taskEnded(task.wave(), task.index(), attempts, false);
    if (left.merge(task.wave(), -1, Integer::sum) == 0) {
      left.remove(task.wave());
      scheduler.waveEnded(task.wave());
    }
  }

  private void report(Task task, long end, RangeReport.Phase phase, int executor) {
    RangeReport report =
        new RangeReport(
            task.assignment().id(),
            task.assignment().range(),
            attempts,
            end,
            List.of(),
            phase,
            Duration.ofSeconds(20).toNanos(),
            null,
            Shares.none(18),
            "ip-10-0-" + executor + ".ec2.internal",
            String.valueOf(executor),
            "vector-512",
            null);
    scheduler.accept(report, now).stream()
        .filter(fault -> fault.consequence() == ExecutorFault.Consequence.GIVE_UP_EXECUTOR)
        .forEach(fault -> scheduler.executorGivenUp(String.valueOf(executor)));
  }
}
