package io.goldennonce.cli;

import io.goldennonce.puzzle.PuzzleFormat;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.SearchTemplate;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Solves a puzzle of a known format. */
@Command(name = "solve", description = "Find the nonce that solves a puzzle.", sortOptions = false)
final class SolveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SingleSearch single = new SingleSearch();

  @Option(
      names = "--format",
      paramLabel = "NAME",
      required = true,
      description = "pow: data, then the nonce as 4 bytes big-endian; double SHA-256; zero bits.")
  private String format = "";

  @Option(
      names = "--data",
      paramLabel = "TEXT",
      required = true,
      description = "The message before the nonce.")
  private String data = "";

  @Option(
      names = "--difficulty",
      paramLabel = "N",
      required = true,
      description = "How hard: for pow, leading zero bits, 0 to 256.")
  private int difficulty;

  @Override
  public Integer call() throws InterruptedException {
    PuzzleFormat puzzle = UsageException.checked("--format", () -> PuzzleFormat.named(format));
    SearchTemplate template = puzzle.template(data.getBytes(StandardCharsets.UTF_8));
    SearchSpec search =
        single.of(
            template, UsageException.checked("--difficulty", () -> puzzle.target(difficulty)));
    PrintWriter out = spec.commandLine().getOut();
    return single.run("solve", "solving", search, out, ended -> print(search, ended));
  }

  private void print(SearchSpec search, SearchResult result) {
    Fields fields = new Fields().with(search, result);
    spec.commandLine().getOut().println(single.json() ? fields.toJson() : fields.toText());
    if (result.outcome() == Outcome.EXHAUSTED) {
      spec.commandLine()
          .getErr()
          .println(
              "golden-nonce solve: no nonce of "
                  + search.keyspace().size()
                  + " solves it; try a lower --difficulty or other --data");
    }
  }
}
