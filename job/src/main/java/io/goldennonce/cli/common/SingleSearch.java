package io.goldennonce.cli.common;

import io.goldennonce.app.ExitCode;
import io.goldennonce.app.JobSession;
import io.goldennonce.app.SearchSettings;
import io.goldennonce.app.UsageException;
import io.goldennonce.pow.Target;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.SearchTemplate;
import io.goldennonce.search.Solution;
import io.goldennonce.search.StopSignal;
import io.goldennonce.search.table.WarehouseLedger;
import io.goldennonce.spark.CompletedSearch;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;

/** The options of a command that searches once, and its search. */
public final class SingleSearch {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private SearchOptions options = new SearchOptions();
  @Mixin private KeyspaceOptions keyspace = new KeyspaceOptions();
  @Mixin private SolutionOptions count = new SolutionOptions();

  public SearchSpec of(SearchTemplate template, Target target) {
    return counted(new SearchSpec(template, target, part(template.keyspace()), mode()));
  }

  /**
   * A search with the number of solutions that the options ask for.
   *
   * @throws UsageException if it has no solutions, or too many
   */
  public SearchSpec counted(SearchSpec search) {
    int solutions = count.solutions();
    if (solutions == 1) {
      return search;
    }
    if (search.seeksLowestHash()) {
      throw new UsageException("--rule best has one result; leave out --count and --all");
    }
    double expected = search.keyspace().size() * search.target().probability();
    if (solutions == SearchSpec.ALL && expected > SolutionOptions.MOST) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--all must find at most about %,d solutions, got about %,.0f; raise --difficulty or"
                  + " lower --limit",
              SolutionOptions.MOST,
              expected));
    }
    return search.withSolutions(solutions);
  }

  /** The part of a keyspace that the options ask for. */
  public NonceRange part(NonceRange whole) {
    return keyspace.of(whole);
  }

  /** Whether it ends with the first solution. */
  public boolean isForOneSolution() {
    return count.solutions() == 1;
  }

  /**
   * Returns what to say after a search without a solution.
   *
   * @param onWhole advice if the whole keyspace was searched
   */
  public static String advice(SearchSpec search, String onWhole) {
    return search.keyspace().equals(search.template().keyspace())
        ? onWhole
        : " (a part of the keyspace, by --skip, --limit or --shard)";
  }

  public ResultMode mode() {
    return options.mode();
  }

  public boolean isBounded() {
    return options.timeout().isPresent() || keyspace.hasLimit();
  }

  public CommonOptions common() {
    return common;
  }

  /** Stops at the deadline, if there is one, counted from this call. */
  public StopSignal deadline() {
    return options.deadline();
  }

  /** Prints a keyspace's size, if that is all that is asked for. */
  public boolean printsSize(NonceRange part, PrintWriter out) {
    if (keyspace.printSize()) {
      out.println(part.size());
    }
    return keyspace.printSize();
  }

  public boolean json() {
    return options.json();
  }

  public JobSession open(String command) {
    return JobSession.start(command, options.configuration(common), common.quiet());
  }

  /**
   * Runs a search in an application of its own, or prints its keyspace's size, if that is asked
   * for.
   *
   * @param command the command's name, for the table of searches
   * @param title what the progress line calls it
   * @param solved prints a solution as soon as it is known, where several are asked for
   * @param print prints the result, before the ledger is saved
   */
  public ExitCode run(
      String command,
      String title,
      SearchSpec search,
      PrintWriter out,
      Consumer<Solution> solved,
      Consumer<SearchResult> print)
      throws InterruptedException {
    if (printsSize(search.keyspace(), out)) {
      return ExitCode.OK;
    }
    try (JobSession session = open(command)) {
      return run(
          session,
          command,
          title,
          search,
          common.namesWarehouse(),
          StopSignal.never(),
          solved,
          print);
    }
  }

  /**
   * Runs one search of an application.
   *
   * @param savesLedger whether the ledger of a search that ends soon is saved, too
   * @param gone ends the search, as do the deadline and a signal
   */
  public ExitCode run(
      JobSession session,
      String command,
      String title,
      SearchSpec search,
      boolean savesLedger,
      StopSignal gone,
      Consumer<Solution> solved,
      Consumer<SearchResult> print)
      throws InterruptedException {
    SearchSettings settings = options.settings();
    Consumer<Solution> each = search.solutions() == 1 ? solution -> {} : solved;
    StopSignal stop = options.deadline().or(gone).or(Interruption.signal());
    try (WarehouseLedger ledger = session.storage().ledger(search, settings, savesLedger)) {
      SearchResult result;
      try (CompletedSearch completed =
          session.search(search, ledger, settings, stop, title, each)) {
        result = completed.result();
        print.accept(result);
      }
      if (ledger.hasSaved()) {
        session.record(command, search, result);
      }
      return ExitCode.of(search, result);
    }
  }
}
