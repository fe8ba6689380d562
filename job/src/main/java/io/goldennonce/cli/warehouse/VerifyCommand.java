package io.goldennonce.cli.warehouse;

import io.goldennonce.app.ConfiguredChain;
import io.goldennonce.app.ExitCode;
import io.goldennonce.app.HeaderFile;
import io.goldennonce.app.JobSession;
import io.goldennonce.app.SearchProof;
import io.goldennonce.audit.HeaderAudit;
import io.goldennonce.audit.WarehouseAudit;
import io.goldennonce.chain.ChainRules;
import io.goldennonce.chain.Violation;
import io.goldennonce.cli.common.CommonOptions;
import io.goldennonce.config.Configuration;
import io.goldennonce.monitor.Quantities;
import io.goldennonce.output.Fields;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies a warehouse, a search or a file of headers. */
@Command(
    name = "verify",
    description = {
      "Verify a warehouse: re-hash every block, and check links, merkle roots, times, bits, work"
          + " and all columns.",
      "Prints one row per fault; the exit code is 1 if there is any."
    },
    sortOptions = false)
public final class VerifyCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "The warehouse; the same as --warehouse.")
  private @Nullable String path;

  @ArgGroup(exclusive = true)
  private @Nullable Subject subject;

  @Option(names = "--json", description = "Print each violation as JSON, one object per line.")
  private boolean json;

  @Mixin private CommonOptions common = new CommonOptions();

  /** What to verify instead of the chain. */
  private static final class Subject {
    @Option(
        names = "--search",
        paramLabel = "ID",
        required = true,
        description =
            "Verify a search's coverage, by its search_id: no gap, no overlap, every solution"
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
      if (subject != null && subject.searchId != null) {
        return SearchProof.run(session, subject.searchId, json, common.out(), common.err()).code();
      }
      if (subject != null && subject.headers != null) {
        return headers(session, new HeaderFile(subject.headers)).code();
      }
      return chain(session, configuration).code();
    }
  }

  private ExitCode chain(JobSession session, Configuration configuration) {
    var warehouse = session.storage().existingWarehouse();
    ChainRules rules = ConfiguredChain.rules(configuration);
    WarehouseAudit.Report report = WarehouseAudit.run(session.context(), warehouse, rules);
    String blocks =
        "%s, %s on the chain"
            .formatted(
                Quantities.count(report.links().size(), "block"), report.state().chain().size());
    return print(blocks, report.faults());
  }

  private ExitCode headers(JobSession session, HeaderFile file) {
    file.requireThere(session.hadoopConfiguration());
    HeaderAudit.Report report = file.audit(session.sql());
    return print(Quantities.count(report.headers(), "header"), report.faults());
  }

  private ExitCode print(String checked, List<Violation> faults) {
    Fields.print(faults.stream().map(VerifyCommand::fields).toList(), json, common.out());
    common.message(checked + ", " + Quantities.count(faults.size(), "fault"));
    return faults.isEmpty() ? ExitCode.OK : ExitCode.NOT_FOUND;
  }

  private static Fields fields(Violation fault) {
    return new Fields()
        .with("height", fault.height())
        .with("hash", fault.hash())
        .with("rule", fault.rule())
        .with("expected", fault.expected())
        .with("found", fault.found());
  }
}
