package io.goldennonce.app;

import io.goldennonce.output.Fields;
import io.goldennonce.output.Printable;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.ledger.LedgerStore;
import io.goldennonce.spark.CompletedSearch;
import io.goldennonce.spark.SearchFailedException;
import io.goldennonce.warehouse.SearchTakenException;
import io.goldennonce.work.Delivery;
import io.goldennonce.work.DeliveryFailedException;
import io.goldennonce.work.Work;
import io.goldennonce.work.WorkSource;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;

/** Takes work from a source, searches, and delivers, until there is no more work. */
public final class WorkLoop {
  private final String command;
  private final Searches searches;
  private final boolean json;
  private final PrintWriter out;

  /** Runs and records the loop's searches. */
  interface Searches {
    /**
     * Opens the ledger of resumable work, with the rows of earlier runs.
     *
     * @throws SearchTakenException if another process is at the search
     */
    LedgerStore ledger(Work work);

    /** Searches until all tasks are idle; closing what it returns saves the ledger. */
    CompletedSearch search(Work work, LedgerStore ledger, StopSignal stop)
        throws InterruptedException;

    /** Writes the row of a run with the next batch. */
    void record(SearchSpec spec, SearchResult result);

    /** Records that a search has failed. */
    void failed(SearchSpec spec, String why);
  }

  /**
   * @param command the command's name, for messages
   * @param out receives each solution as soon as it is found
   */
  WorkLoop(String command, Searches searches, boolean json, PrintWriter out) {
    this.command = command;
    this.searches = searches;
    this.json = json;
    this.out = out;
  }

  public static WorkLoop in(
      JobSession session, String command, SearchSettings settings, boolean json, PrintWriter out) {
    Searches searches =
        new Searches() {
          @Override
          public LedgerStore ledger(Work work) {
            return session.storage().ledger(work, settings);
          }

          @Override
          public CompletedSearch search(Work work, LedgerStore ledger, StopSignal stop)
              throws InterruptedException {
            return session.search(
                work.search(),
                ledger,
                settings,
                stop.or(work.outdated()),
                work.title(),
                work::found);
          }

          @Override
          public void record(SearchSpec spec, SearchResult result) {
            session.record(command, spec, result);
          }

          @Override
          public void failed(SearchSpec spec, String why) {
            session.storage().failed(spec, why);
          }
        };
    return new WorkLoop(command, searches, json, out);
  }

  /** Works until the source has no more work, or a search ends without a solution. */
  public ExitCode run(WorkSource source, StopSignal stop) throws InterruptedException {
    for (Optional<Work> work = source.next(stop); work.isPresent(); work = source.next(stop)) {
      Optional<ExitCode> end = search(work.get(), stop);
      if (end.isPresent()) {
        return end.get();
      }
    }
    Optional<StopReason> stopped = stop.reason();
    return stopped.isPresent() ? ExitCode.of(stopped.get()) : ExitCode.OK;
  }

  /** Searches once; returns the exit code, or empty to continue with more work. */
  private Optional<ExitCode> search(Work work, StopSignal stop) throws InterruptedException {
    if (!work.isResumable()) {
      return search(work, LedgerStore.none(), stop);
    }
    LedgerStore taken;
    try {
      taken = searches.ledger(work);
    } catch (SearchTakenException e) {
      if (work.giveWay()) {
        return Optional.empty();
      }
      throw e;
    }
    try (LedgerStore ledger = taken) {
      if (!ledger.earlier().isEmpty() && work.dropIfOutdated()) {
        return Optional.empty();
      }
      Optional<ExitCode> end = search(work, ledger, stop);
      if (ledger.lost().reason().isPresent()) {
        work.giveWay();
      }
      return end;
    } catch (SearchFailedException e) {
      searches.failed(work.search(), String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** Searches, delivers, prints, saves the ledger, records: in this order. */
  private Optional<ExitCode> search(Work work, LedgerStore ledger, StopSignal stop)
      throws InterruptedException {
    SearchResult result;
    Delivery delivery;
    try (CompletedSearch completed = searches.search(work, ledger, stop)) {
      result = completed.result();
      delivery = deliver(work, result);
    }
    searches.record(work.search(), result);
    return delivery.goesOn() ? Optional.empty() : Optional.of(ExitCode.of(result.outcome()));
  }

  private Delivery deliver(Work work, SearchResult result) {
    try {
      Delivery delivery = work.deliver(result);
      print(work, result, delivery.facts());
      return delivery;
    } catch (DeliveryFailedException e) {
      print(work, result, e.facts());
      throw e.reason();
    }
  }

  private void print(Work work, SearchResult result, Map<String, Object> facts) {
    if (facts.isEmpty()) {
      return;
    }
    Fields fields = new Fields().with(facts);
    if (result.outcome() == Outcome.OUTDATED && result.found().isEmpty()) {
      System.err.println(
          "golden-nonce "
              + command
              + ": "
              + Printable.of(work.title())
              + " is outdated, going on with newer work");
      return;
    }
    fields.with(work.search(), result);
    out.println(json ? fields.toJson() : fields.toText());
  }
}
