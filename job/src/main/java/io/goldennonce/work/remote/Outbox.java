package io.goldennonce.work.remote;

import io.goldennonce.search.StopSignal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Submits solutions: saves each one first, and submits it until there is a verdict, in this process
 * or a later one. A solution that the destination answers without a verdict is retried after
 * growing pauses and delays no other one; a day after it was found it is abandoned. Used by one
 * thread.
 *
 * @param <T> a solution
 */
public final class Outbox<T> implements RemoteSource.Deliveries {
  /** By then the chain has another block on the same parent, and a service has dropped the work. */
  private static final Duration WORTH_TRYING = Duration.ofDays(1);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int PAUSE_FACTOR = 4;

  private final Submitter<T> submitter;
  private final Consumer<String> report;
  private final Clock clock;
  private @Nullable List<Pending<T>> pending;
  private long found;
  private long accepted;
  private int refusedInARow;

  /** A solution without a verdict, and the time of its next attempt. */
  private static final class Pending<T> {
    final T found;
    Instant next = Instant.MIN;
    Duration pause = FIRST_PAUSE;

    Pending(T found) {
      this.found = found;
    }

    void setAside(Instant now) {
      next = now.plus(pause);
      Duration longer = pause.multipliedBy(PAUSE_FACTOR);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  /**
   * @param report receives lines for the user
   */
  public Outbox(Submitter<T> submitter, Consumer<String> report, Clock clock) {
    this.submitter = submitter;
    this.report = report;
    this.clock = clock;
  }

  /**
   * Saves a new solution and submits it.
   *
   * @return the solution with its verdict; pending if there is none
   */
  public T handIn(T newlyFound) {
    pendingIfReadable(); // before this one is among them
    save(newlyFound);
    found++;
    try {
      return counted(submitter.submit(newlyFound, StopSignal.never()));
    } catch (AwayException e) {
      report.accept(
          submitter.describe(newlyFound).name()
              + " is saved for a later attempt: "
              + e.getMessage());
      Pending<T> late = new Pending<>(newlyFound);
      if (e.isAnswered()) {
        late.setAside(clock.instant());
      }
      pending().add(late);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return newlyFound;
  }

  private void pendingIfReadable() {
    try {
      pending();
    } catch (RuntimeException e) {
      // As in save: the next attempt reports it.
    }
  }

  /** A failing storage must not prevent the submission; saving the verdict reports it again. */
  private void save(T newlyFound) {
    try {
      submitter.save(newlyFound);
    } catch (RuntimeException e) {
      report.accept(
          submitter.describe(newlyFound).name()
              + " is submitted without being saved: "
              + e.getMessage());
    }
  }

  /** Saves a verdict, if there is one. */
  public void settle(T judged) {
    if (submitter.describe(judged).status() != Submitter.Status.PENDING) {
      submitter.save(judged);
    }
  }

  /**
   * Submits each solution again that has no verdict and is due.
   *
   * @throws AwayException if the destination can't be reached, so that the rest need not be tried
   */
  @Override
  public void retryPending(StopSignal stop) throws AwayException, InterruptedException {
    for (Iterator<Pending<T>> all = pending().iterator(); all.hasNext(); ) {
      Pending<T> late = all.next();
      if (!submitter.takes(late.found) || clock.instant().isBefore(late.next)) {
        continue;
      }
      T judged;
      try {
        judged = counted(submitter.submit(late.found, stop));
      } catch (AwayException e) {
        if (!e.isAnswered()) {
          throw e;
        }
        if (isWorthTrying(late)) {
          report.accept(
              submitter.describe(late.found).name()
                  + " has no verdict yet: "
                  + e.getMessage()
                  + "; next try in "
                  + late.pause.toSeconds()
                  + " s");
          late.setAside(clock.instant());
          continue;
        }
        judged = submitter.abandoned(late.found, "no verdict in a day: " + e.getMessage());
      }
      settle(judged);
      all.remove();
      Submitter.Finding finding = submitter.describe(judged);
      report.accept(
          finding.name()
              + ", found at "
              + finding.foundAt()
              + ", is "
              + finding.verdict()
              + (finding.reason() == null ? "" : ": " + finding.reason()));
    }
  }

  private boolean isWorthTrying(Pending<T> late) {
    return clock.instant().isBefore(submitter.describe(late.found).foundAt().plus(WORTH_TRYING));
  }

  public long found() {
    return found;
  }

  /** Number of solutions that the destination has accepted, including earlier processes' ones. */
  @Override
  public long accepted() {
    return accepted;
  }

  /** Number of refusals since the last accepted one. */
  @Override
  public int refusedInARow() {
    return refusedInARow;
  }

  /** Read at the first use: opening the tables takes time, and may fail. */
  private List<Pending<T>> pending() {
    List<Pending<T>> known = pending;
    if (known == null) {
      known = new ArrayList<>();
      for (T saved : submitter.pending()) {
        known.add(new Pending<>(saved));
      }
      pending = known;
    }
    return known;
  }

  private T counted(T judged) {
    switch (submitter.describe(judged).status()) {
      case ACCEPTED -> {
        accepted++;
        refusedInARow = 0;
      }
      case REFUSED -> refusedInARow++;
      case PENDING, STALE -> {}
    }
    return judged;
  }
}
