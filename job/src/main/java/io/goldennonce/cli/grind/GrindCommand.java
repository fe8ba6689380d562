package io.goldennonce.cli.grind;

import io.goldennonce.app.UsageException;
import io.goldennonce.cli.common.CommandRunner;
import io.goldennonce.cli.common.SingleSearch;
import io.goldennonce.output.Fields;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.search.HeaderTemplate;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.search.StopSignal;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
  @Spec private CommandSpec spec;
  @Mixin private SingleSearch single = new SingleSearch();

  @ArgGroup(exclusive = false)
  private @Nullable GrindService service;

  @Parameters(
      arity = "0..1",
      paramLabel = "HEADER_HEX",
      description = "The header as on the wire, 160 hex digits; its nonce is ignored.")
  private @Nullable String hex;

  @Option(
      names = "--roll-time",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "After all nonces, try later header times, at most this many seconds later.")
  private long rollSeconds;

  @Override
  public Integer call() throws InterruptedException {
    if (service != null) {
      if (hex != null) {
        throw new UsageException("--serve takes no HEADER_HEX, got " + hex + "; call grind for it");
      }
      return service.run(single.common(), (CommandRunner) spec.root().userObject()).code();
    }
    if (hex == null) {
      throw new UsageException("HEADER_HEX must be given: the header to solve, 160 hex digits");
    }
    return grind(hex);
  }

  /** The search of a served call. */
  public GrindCommand in(SingleSearch.Sessions warm, StopSignal gone) {
    single.in(warm, gone);
    return this;
  }

  private int grind(String hex) throws InterruptedException {
    HeaderTemplate template =
        UsageException.checked(
            "--roll-time",
            () ->
                new HeaderTemplate(
                    UsageException.checked("HEADER_HEX", () -> BlockHeader.ofHex(hex)),
                    rollSeconds));
    SearchSpec search = single.of(template, template.header().target());
    PrintWriter out = spec.commandLine().getOut();
    return single.run(
        "grind",
        "header",
        search,
        out,
        solution -> print(header(template, solution)),
        ended -> print(template, search, ended));
  }

  private static String header(HeaderTemplate template, Solution solution) {
    return template.at(solution.position()).toHex();
  }

  private void print(String header) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(single.json() ? new Fields().with("header", header).toJson() : header);
    out.flush();
  }

  private void print(HeaderTemplate template, SearchSpec search, SearchResult result) {
    PrintWriter out = spec.commandLine().getOut();
    String solved =
        result
            .found()
            .filter(solution -> search.solutions() == 1)
            .map(solution -> header(template, solution))
            .orElse("");
    if (single.json()) {
      Fields fields = solved.isEmpty() ? new Fields() : new Fields().with("header", solved);
      out.println(fields.with(search, result).toJson());
    } else if (!solved.isEmpty()) {
      out.println(solved);
    }
    long moved = result.found().map(f -> f.position() >>> Integer.SIZE).orElse(0L);
    if (moved > 0) {
      spec.commandLine()
          .getErr()
          .println(
              "golden-nonce grind: the time was moved on by "
                  + moved
                  + " s, which a signet miner, who takes the nonce alone, does not see");
    }
    if (result.outcome() == Outcome.EXHAUSTED && result.found().isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "golden-nonce grind: no nonce of "
                  + search.keyspace().size()
                  + " meets the target"
                  + advice(template, search));
    }
  }

  /** More nonces are in a header of a later time, where all of this one's were tried. */
  private static String advice(HeaderTemplate template, SearchSpec search) {
    return search.keyspace().equals(template.keyspace())
        ? "; --roll-time moves the header's time on, which is not for a signet miner"
        : " (a part of the keyspace, by --skip, --limit or --shard)";
  }
}
