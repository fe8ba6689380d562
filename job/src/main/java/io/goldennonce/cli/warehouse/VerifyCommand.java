package io.goldennonce.cli.warehouse;

import io.goldennonce.app.ConfiguredChain;
import io.goldennonce.app.ExitCode;
import io.goldennonce.app.HeaderFile;
import io.goldennonce.app.JobSession;
import io.goldennonce.app.SearchProof;
import io.goldennonce.audit.HeaderAudit;
import io.goldennonce.audit.WarehouseAudit;
import io.goldennonce.chain.ChainRules;
import io.goldennonce.cli.common.CommonOptions;
import io.goldennonce.config.Configuration;
import io.goldennonce.monitor.Quantities;
import io.goldennonce.output.FaultTable;
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

/** Proves what a warehouse, or a file of headers, says. */
@Command(
    name = "verify",
    description = {
      "Prove what a warehouse says: re-hash every block, and check links, merkle roots, times,"
          + " bits, work and all columns.",
      "Each fault is a row; the exit code is 1 if there is one."
    },
    sortOptions = false)
public final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "The warehouse; the same as --warehouse.")
  private @Nullable String path;

  @ArgGroup(exclusive = true)
  private @Nullable Subject subject;

  @Option(names = "--json", description = "Print each fault as JSON, one object a line.")
  private boolean json;

  @Mixin private CommonOptions common = new CommonOptions();

  /** What to prove in place of the chain. */
  private static final class Subject {
    @Option(
        names = "--search",
        paramLabel = "ID",
        required = true,
        description =
            "Prove a search's coverage, by its search_id: no gap, no overlap, every solution"
                + " reported.")
    private @Nullable String searchId;

    @Option(
        names = "--headers",
        paramLabel = "FILE",
        required = true,
        description =
            "Check a CSV (.csv, .csv.gz) or Parquet file of Bitcoin mainnet headers: columns"
                + " header_hex or header, and height and hash if it has them.")
    private @Nullable String headers;
  }

  @Override
  public Integer call() {
    Configuration configuration = common.configuration(path);
    try (JobSession session = JobSession.start("verify", configuration, true)) {
      PrintWriter out = spec.commandLine().getOut();
      PrintWriter err = spec.commandLine().getErr();
      if (subject != null && subject.searchId != null) {
        return SearchProof.run(session, subject.searchId, json, out, err).code();
      }
      if (subject != null && subject.headers != null) {
        return headers(session, new HeaderFile(subject.headers), out, err).code();
      }
      return chain(session, configuration, out, err).code();
    }
  }

  private ExitCode chain(
      JobSession session, Configuration configuration, PrintWriter out, PrintWriter err) {
    var warehouse = session.existingWarehouse();
    ChainRules rules = ConfiguredChain.rules(configuration);
    WarehouseAudit.Report report = WarehouseAudit.run(session.context(), warehouse, rules);
    FaultTable.print(report.faults(), json, out);
    err.printf(
        "golden-nonce verify: %s, %d on the chain, %s%n",
        Quantities.count(report.links().size(), "block"),
        report.state().chain().size(),
        Quantities.count(report.faults().size(), "fault"));
    return report.faults().isEmpty() ? ExitCode.OK : ExitCode.NOT_FOUND;
  }

  private ExitCode headers(JobSession session, HeaderFile file, PrintWriter out, PrintWriter err) {
    file.requireThere(session.hadoopConfiguration());
    HeaderAudit.Report report = file.audit(session.sql());
    FaultTable.print(report.faults(), json, out);
    err.printf(
        "golden-nonce verify: %s, %s%n",
        Quantities.count(report.headers(), "header"),
        Quantities.count(report.faults().size(), "fault"));
    return report.faults().isEmpty() ? ExitCode.OK : ExitCode.NOT_FOUND;
  }
}
