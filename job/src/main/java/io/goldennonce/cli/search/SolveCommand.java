package io.goldennonce.cli.search;

import io.goldennonce.app.CoinMining;
import io.goldennonce.app.ExitCode;
import io.goldennonce.app.JobSession;
import io.goldennonce.app.UsageException;
import io.goldennonce.cli.common.Interruption;
import io.goldennonce.cli.common.SingleSearch;
import io.goldennonce.output.Fields;
import io.goldennonce.puzzle.Puzzle;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.search.StopSignal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Solves a puzzle: of a known format, or of any message. */
@Command(name = "solve", description = "Find the nonce that solves a puzzle.", sortOptions = false)
public final class SolveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PuzzleOptions options = new PuzzleOptions();
  @Mixin private CoinOptions coins = new CoinOptions();
  @Mixin private SingleSearch single = new SingleSearch();

  @Option(
      names = "--batch",
      paramLabel = "FILE",
      description =
          "Solve many puzzles in one Spark application: a JSON object per line with the options of"
              + " one, such as"
              + " {\"format\":\"pow\",\"data\":\"a\",\"difficulty\":20,\"priority\":1}.")
  private @Nullable Path batch;

  /** The line in the batch; 0 outside a batch. */
  private int line;

  @Override
  public Integer call() throws InterruptedException {
    if (batch != null) {
      return Batch.of(batch, spec.commandLine()).run(single).code();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (options.asksForCoins()) {
      coins.requireNothingElse(spec.commandLine().getParseResult());
      return mineCoins(out);
    }
    Puzzle puzzle = puzzle();
    SearchSpec search = search(puzzle);
    return single
        .run(
            "solve",
            "solving",
            search,
            out,
            solution -> print(fields().with(puzzle.solution(solution))),
            ended -> print(puzzle, search, ended))
        .code();
  }

  /** Runs as one search of a batch, in the batch's application. */
  ExitCode solve(JobSession session, int batchLine, StopSignal stop) throws InterruptedException {
    line = batchLine;
    Puzzle puzzle = puzzle();
    SearchSpec search = search(puzzle);
    return single.run(
        session,
        "solve",
        "line " + line,
        search,
        true,
        stop,
        solution -> print(fields().with(puzzle.solution(solution))),
        ended -> print(puzzle, search, ended));
  }

  void check() {
    if (options.asksForCoins()) {
      throw new UsageException("--format coins does not go with --batch");
    }
    search(puzzle());
  }

  private Puzzle puzzle() {
    coins.requireNotGiven();
    return options.puzzle();
  }

  private SearchSpec search(Puzzle puzzle) {
    SearchSpec search =
        single.counted(puzzle.search(single.part(puzzle.template().keyspace()), single.mode()));
    if (search.seeksLowestHash() && !single.isBounded()) {
      throw new UsageException("--rule best never ends without --timeout or --limit");
    }
    return search;
  }

  private Fields fields() {
    return line == 0 ? new Fields() : new Fields().with("batch_line", line);
  }

  private int mineCoins(PrintWriter out) throws InterruptedException {
    CoinMining.Request request =
        new CoinMining.Request(coins.seed(), single.part(coins.candidates()), coins.wanted());
    if (request.wanted().isEmpty() && !single.isBounded()) {
      throw new UsageException("--format coins never ends without --coins, --limit or --timeout");
    }
    if (single.printsSize(request.candidates(), out)) {
      return ExitCode.OK.code();
    }
    return new CoinMining(request, single.common().configuration(), single.common().quiet())
        .run(
            single.deadline().or(Interruption.signal()),
            result -> out.println(single.json() ? result.toJson() : result.toText()))
        .code();
  }

  private void print(Fields fields) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(single.json() ? fields.toJson() : fields.toText());
    out.flush();
  }

  private void print(Puzzle puzzle, SearchSpec search, SearchResult result) {
    Fields fields = fields();
    if (search.solutions() == 1) {
      result.found().map((Solution found) -> puzzle.solution(found)).ifPresent(fields::with);
    }
    fields.with(search, result);
    print(fields);
    if (result.outcome() == Outcome.EXHAUSTED && result.found().isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "golden-nonce solve: no nonce of "
                  + search.keyspace().size()
                  + " solves it"
                  + SingleSearch.advice(search, "; try a lower --difficulty or another message"));
    }
  }
}
