package io.goldennonce.cli.search;

import io.goldennonce.app.ExitCode;
import io.goldennonce.app.JobSession;
import io.goldennonce.app.UsageException;
import io.goldennonce.cli.common.Interruption;
import io.goldennonce.cli.common.SingleSearch;
import io.goldennonce.search.StopSignal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Many searches in one application, one after the other. Each saves a ledger in the warehouse, so
 * the same batch resumes where it was stopped.
 */
final class Batch {
  /** Options of the whole batch. */
  private static final Set<String> COMMON =
      Set.of(
          "--batch",
          "--config",
          "--json",
          "--kernel",
          "--max-cost",
          "--price",
          "--quiet",
          "--timeout",
          "--verbose",
          "--warehouse",
          "-D");

  private final List<Entry> entries;

  /** A search, its options read. */
  private record Entry(int line, SolveCommand command) {}

  private Batch(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * Reads and checks all searches.
   *
   * @param caller the command with the option
   * @throws UsageException if a search is not valid, or the batch has options of a single search
   */
  static Batch of(Path file, CommandLine caller) {
    for (OptionSpec option : caller.getParseResult().matchedOptions()) {
      if (!COMMON.contains(option.longestName())) {
        throw new UsageException(
            option.longestName() + " does not go with --batch: give it in the file's lines");
      }
    }
    List<Entry> entries = new ArrayList<>();
    for (BatchFile.Entry entry : BatchFile.read(file)) {
      SolveCommand command = new SolveCommand();
      CommandLine line = new CommandLine(command).setExpandAtFiles(false).setOut(caller.getOut());
      List<String> arguments = new ArrayList<>(entry.arguments());
      arguments.add("--json");
      try {
        line.parseArgs(arguments.toArray(String[]::new));
        command.check();
      } catch (ParameterException | UsageException e) {
        throw new UsageException(BatchFile.where(file, entry.line()) + ": " + e.getMessage(), e);
      }
      entries.add(new Entry(entry.line(), command));
    }
    return new Batch(entries);
  }

  /**
   * Searches.
   *
   * @param all the options of the whole batch
   * @return not found if one of them has no solution
   */
  ExitCode run(SingleSearch all) throws InterruptedException {
    ExitCode worst = ExitCode.OK;
    try (JobSession session = all.open("solve --batch")) {
      StopSignal stop = all.deadline().or(Interruption.signal()).or(session.costLimit());
      for (Entry entry : entries) {
        if (stop.reason().isPresent()) {
          return ExitCode.of(stop.reason().get());
        }
        ExitCode code = entry.command.solve(session, entry.line, stop);
        worst = code == ExitCode.OK ? worst : ExitCode.NOT_FOUND;
      }
      return stop.reason().map(ExitCode::of).orElse(worst);
    }
  }
}
