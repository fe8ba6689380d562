package io.goldennonce.cli.search;

import io.goldennonce.app.ExitCode;
import io.goldennonce.app.JobSession;
import io.goldennonce.app.UsageException;
import io.goldennonce.cli.common.Interruption;
import io.goldennonce.cli.common.SingleSearch;
import io.goldennonce.output.FailureText;
import io.goldennonce.output.Fields;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.search.HeaderTemplate;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.search.StopSignal;
import io.goldennonce.spark.SearchFailedException;
import io.goldennonce.warehouse.WarehouseException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Solves a given Bitcoin header. */
@Command(
    name = "grind",
    description = "Solve an 80-byte block header: print it with a nonce that meets its bits.",
    sortOptions = false)
public final class GrindCommand implements Callable<Integer> {
  private static final String ROLL_TIME =
      "; --roll-time also tries later header times, which a signet miner can't use";

  @Spec private CommandSpec spec;
  @Mixin private SingleSearch single = new SingleSearch();

  @Parameters(
      paramLabel = "HEADER_HEX",
      description =
          "The serialized header, 160 hex digits; its nonce is ignored. With -, headers are read"
              + " from standard input, one per line, and each is answered with one line.")
  private String hex = "";

  @Option(
      names = "--roll-time",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "After all nonces, try later header times, at most this many seconds later.")
  private long rollSeconds;

  /** Whether the current line of input has its answer. */
  private boolean isAnswered;

  @Override
  public Integer call() throws InterruptedException {
    if (hex.equals("-")) {
      return grindLines().code();
    }
    Header header = header(hex);
    return single
        .run(
            "grind",
            "header",
            header.search,
            out(),
            solution -> print(header.solved(solution)),
            ended -> printResult(header, ended))
        .code();
  }

  /** Runs one search per line of standard input, in one application. The worst exit code counts. */
  private ExitCode grindLines() throws InterruptedException {
    if (!single.isForOneSolution()) {
      throw new UsageException("- gives one answer per header; leave out --count and --all");
    }
    ExitCode worst = ExitCode.OK;
    try (JobSession session = single.open("grind -")) {
      StopSignal stop = Interruption.signal().or(session.costLimit());
      InputLines lines = new InputLines(System.in);
      for (Optional<String> line = lines.next(stop); line.isPresent(); line = lines.next(stop)) {
        ExitCode code = answer(session, line.get().strip());
        worst = code.compareTo(worst) > 0 ? code : worst;
        if (out().checkError()) {
          throw new UncheckedIOException(
              new IOException("the reader of the answers has closed the stream"));
        }
      }
      return stop.reason().map(ExitCode::of).orElse(worst);
    }
  }

  private ExitCode answer(JobSession session, String line) throws InterruptedException {
    isAnswered = false;
    try {
      Header header = header(line);
      if (single.printsSize(header.search.keyspace(), out())) {
        return ExitCode.OK;
      }
      return single.run(
          session,
          "grind",
          "header",
          header.search,
          single.common().namesWarehouse(),
          StopSignal.never(),
          solution -> {},
          ended -> printAnswer(header, ended));
    } catch (UsageException | WarehouseException e) {
      answerError(e);
      return ExitCode.USAGE;
    } catch (SearchFailedException | UncheckedIOException e) {
      answerError(e);
      return ExitCode.FAILURE;
    }
  }

  private record Header(HeaderTemplate template, SearchSpec search) {
    String solved(Solution solution) {
      return template.at(solution.position()).toHex();
    }
  }

  private Header header(String text) {
    HeaderTemplate template =
        UsageException.checked(
            "--roll-time",
            () ->
                new HeaderTemplate(
                    UsageException.checked("HEADER_HEX", () -> BlockHeader.ofHex(text)),
                    rollSeconds));
    return new Header(template, single.of(template, template.header().target()));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void say(String text) {
    spec.commandLine().getErr().println("golden-nonce grind: " + text);
  }

  private void print(String header) {
    out().println(single.json() ? new Fields().with("header", header).toJson() : header);
    out().flush();
  }

  /** Prints one line in any case, so that the caller can match lines to headers. */
  private void answerError(RuntimeException failure) {
    if (isAnswered) {
      say(FailureText.of(failure));
    } else {
      printError(FailureText.of(failure));
    }
  }

  private void printError(String text) {
    out().println(single.json() ? new Fields().with("error", text).toJson() : "error: " + text);
    out().flush();
  }

  private void printAnswer(Header header, SearchResult result) {
    if (single.json() || result.found().isPresent()) {
      print(header, result);
    } else {
      printError(whyNot(header, result.outcome()));
    }
    out().flush();
    isAnswered = true;
  }

  private void printResult(Header header, SearchResult result) {
    print(header, result);
    if (result.outcome() == Outcome.EXHAUSTED && result.found().isEmpty()) {
      say(whyNot(header, result.outcome()));
    }
  }

  private void print(Header header, SearchResult result) {
    SearchSpec search = header.search;
    String solved =
        result.found().filter(solution -> search.solutions() == 1).map(header::solved).orElse("");
    if (single.json()) {
      Fields fields = solved.isEmpty() ? new Fields() : new Fields().with("header", solved);
      out().println(fields.with(search, result).toJson());
    } else if (!solved.isEmpty()) {
      out().println(solved);
    }
    long moved = result.found().map(f -> f.position() >>> Integer.SIZE).orElse(0L);
    if (moved > 0) {
      say(
          "the header's time is "
              + moved
              + " s later; a signet miner, which takes only the nonce, does not use it");
    }
  }

  private static String whyNot(Header header, Outcome outcome) {
    return switch (outcome) {
      case DEADLINE -> "no nonce was found within --timeout";
      case COST_LIMIT -> "no nonce was found for --max-cost";
      case INTERRUPTED -> "the search was interrupted";
      default ->
          "no nonce of "
              + header.search.keyspace().size()
              + " meets the target"
              + SingleSearch.advice(header.search, ROLL_TIME);
    };
  }
}
