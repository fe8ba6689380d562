package io.goldennonce.cli;

import io.goldennonce.search.LedgerStore;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.spark.CompletedSearch;
import io.goldennonce.spark.SearchFailedException;
import io.goldennonce.store.SearchTakenException;
import io.goldennonce.store.WarehouseLedger;
import io.goldennonce.work.Delivery;
import io.goldennonce.work.DeliveryFailedException;
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
      Optional<ExitCode> end = search(work.get(), deadline);
      if (end.isPresent()) {
        return end.get();
      }
    }
    Optional<StopReason> stopped = stop.reason();
    return stopped.isPresent() ? ExitCode.of(stopped.get()) : ExitCode.OK;
  }

  /** Searches once; returns what to end with, or nothing where more work is to be asked for. */
  private Optional<ExitCode> search(Work work, StopSignal deadline) throws InterruptedException {
    if (!work.isResumable()) {
      return search(work, LedgerStore.none(), deadline, session::recordLater);
    }
    WarehouseLedger taken;
    try {
      taken = session.ledger(work.search(), options, true);
    } catch (SearchTakenException e) {
      if (work.giveWay()) {
        return Optional.empty();
      }
      throw e;
    }
    try (WarehouseLedger ledger = taken) {
      return !ledger.earlier().isEmpty() && work.dropIfOutdated()
          ? Optional.empty()
          : search(work, ledger, deadline, session::record);
    } catch (SearchFailedException e) {
      session.failed(work.search(), String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** Writes a row of the table of searches. */
  private interface Recorder {
    void record(String command, SearchSpec spec, SearchResult result);
  }

  /** Searches, delivers, prints, saves the ledger, records: in this order. */
  private Optional<ExitCode> search(
      Work work, LedgerStore ledger, StopSignal deadline, Recorder recorder)
      throws InterruptedException {
    SearchResult result;
    Delivery delivery;
    try (CompletedSearch completed =
        session.search(
            work.search(), ledger, options, deadline.or(work.outdated()), work.title())) {
      result = completed.result();
      delivery = deliver(work, result);
    }
    recorder.record(command, work.search(), result);
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
              + work.title()
              + " is outdated, going on with newer work");
      return;
    }
    fields.with(work.search(), result);
    out.println(options.json() ? fields.toJson() : fields.toText());
  }
}
