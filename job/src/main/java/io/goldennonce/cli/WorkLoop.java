package io.goldennonce.cli;

import io.goldennonce.search.LedgerStore;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.spark.SearchFailedException;
import io.goldennonce.warehouse.SearchTakenException;
import io.goldennonce.warehouse.WarehouseLedger;
import io.goldennonce.work.Work;
import io.goldennonce.work.WorkSource;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;

/** Takes work from a source, searches, and gives the solution back, until there is no more work. */
final class WorkLoop {
  private final String command;
  private final JobSession session;
  private final SearchOptions options;
  private final PrintWriter out;

  /**
   * @param command the command's name, for the table of searches
   * @param out takes a solution as soon as it is known
   */
  WorkLoop(String command, JobSession session, SearchOptions options, PrintWriter out) {
    this.command = command;
    this.session = session;
    this.options = options;
    this.out = out;
  }

  /**
   * Works until the source has no more or a search ends without a solution.
   *
   * @param deadline when to stop
   */
  ExitCode run(WorkSource source, StopSignal deadline) throws InterruptedException {
    StopSignal stop = deadline.or(Interruption.signal());
    for (Optional<Work> work = source.next(stop); work.isPresent(); work = source.next(stop)) {
      Outcome outcome = search(work.get(), deadline);
      boolean goesOn =
          outcome == Outcome.EXHAUSTED
              ? work.get().isRenewed()
              : outcome == Outcome.FOUND || outcome == Outcome.OUTDATED;
      if (!goesOn) {
        return ExitCode.of(outcome);
      }
    }
    Optional<StopReason> stopped = stop.reason();
    return stopped.isPresent() ? ExitCode.of(stopped.get()) : ExitCode.OK;
  }

  private Outcome search(Work work, StopSignal deadline) throws InterruptedException {
    if (!work.mayComeAgain()) {
      SearchResult result = search(work, LedgerStore.none(), deadline);
      work.keep(result);
      session.record(command, work.search(), result);
      return result.outcome();
    }
    WarehouseLedger taken;
    try {
      taken = session.ledger(work, options);
    } catch (SearchTakenException e) {
      if (work.giveWay()) {
        return Outcome.OUTDATED;
      }
      throw e;
    }
    try (WarehouseLedger ledger = taken) {
      if (!ledger.earlier().isEmpty() && work.dropIfOutdated()) {
        return Outcome.OUTDATED;
      }
      SearchResult result = search(work, ledger, deadline);
      work.keep(result);
      session.record(command, work.search(), result);
      if (ledger.lost().reason().isPresent()) {
        work.giveWay();
      }
      return result.outcome();
    } catch (SearchFailedException e) {
      session.failed(work.search(), String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private SearchResult search(Work work, LedgerStore ledger, StopSignal deadline)
      throws InterruptedException {
    return session.search(
        work.search(),
        ledger,
        options,
        deadline.or(work.outdated()),
        work.title(),
        ended -> tell(work, ended));
  }

  private void tell(Work work, SearchResult result) {
    Map<String, Object> facts = work.ended(result);
    if (facts.isEmpty()) {
      return;
    }
    Fields fields = new Fields().with(facts);
    if (result.outcome() == Outcome.OUTDATED && result.found().isEmpty()) {
      System.err.println(
          "golden-nonce "
              + command
              + ": "
              + work.title()
              + " is outdated, going on with newer work");
      return;
    }
    fields.with(work.search(), result);
    out.println(options.json() ? fields.toJson() : fields.toText());
  }
}
