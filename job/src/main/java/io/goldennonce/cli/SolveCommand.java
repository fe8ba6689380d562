package io.goldennonce.cli;

import io.goldennonce.config.Configuration;
import io.goldennonce.puzzle.PuzzleFormat;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.SearchTemplate;
import io.goldennonce.search.StopSignal;
import io.goldennonce.store.WarehouseLedger;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Solves a puzzle of a known format. */
@Command(name = "solve", description = "Find the nonce that solves a puzzle.", sortOptions = false)
final class SolveCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private SearchOptions options = new SearchOptions();
  @Mixin private KeyspaceOptions keyspace = new KeyspaceOptions();

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
        new SearchSpec(
            template,
            UsageException.checked("--difficulty", () -> puzzle.target(difficulty)),
            keyspace.of(template.keyspace()),
            options.mode());
    if (keyspace.printSize()) {
      printSize(search);
      return ExitCode.OK.code();
    }
    Configuration configuration = common.configuration();
    options.requireKernel(configuration.search().kernel());
    StopSignal deadline = options.deadline();
    boolean kept = common.namesWarehouse();
    try (JobSession session = JobSession.start("solve", configuration, common.quiet());
        WarehouseLedger ledger = session.ledger(search, options, kept)) {
      SearchResult result =
          session.search(
              search, ledger, options, deadline, "solving", ended -> print(search, ended));
      if (ledger.isKept()) {
        session.record("solve", search, result);
      }
      return ExitCode.of(result.outcome()).code();
    }
  }

  private void printSize(SearchSpec search) {
    if (spec != null) {
      spec.commandLine().getOut().println(search.keyspace().size());
    }
  }

  private void print(SearchSpec search, SearchResult result) {
    if (spec == null) {
      return;
    }
    Fields fields = new Fields().with(search, result);
    spec.commandLine().getOut().println(options.json() ? fields.toJson() : fields.toText());
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
