package io.goldennonce.cli.search;

import io.goldennonce.app.JobSession;
import io.goldennonce.app.UsageException;
import io.goldennonce.app.WorkLoop;
import io.goldennonce.cli.common.CommonOptions;
import io.goldennonce.cli.common.Interruption;
import io.goldennonce.cli.common.SearchOptions;
import io.goldennonce.config.Configuration;
import io.goldennonce.node.SubmissionTable;
import io.goldennonce.output.Printable;
import io.goldennonce.search.StopSignal;
import io.goldennonce.service.SolutionTable;
import io.goldennonce.stratum.ShareTable;
import io.goldennonce.work.WorkSource;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes work from others and submits the solutions. */
@Command(
    name = "work",
    description =
        "Mine for others: take work from a Bitcoin node, a mining pool or a web service, and "
            + "submit the solutions.",
    sortOptions = false)
public final class WorkCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private SearchOptions options = new SearchOptions();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Source source = new Source();

  @Option(
      names = "--blocks",
      paramLabel = "N",
      description =
          "Stop when the node or service has accepted this many blocks; default: work "
              + "until stopped.")
  private @Nullable Long blocks;

  private static final class Source {
    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable NodeOptions node;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable PoolOptions pool;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable ServiceOptions service;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable CustomSource custom;
  }

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = options.configuration(common);
    UsageException.requireAtLeast(1, "--blocks", blocks);
    Function<JobSession, WorkSource> planned =
        plan(configuration, blocks == null ? Long.MAX_VALUE : blocks);
    StopSignal deadline = options.deadline();
    try (JobSession session = JobSession.start("work", configuration, common.quiet());
        WorkSource opened = planned.apply(session)) {
      return WorkLoop.in(
              session, "work", options.settings(), options.json(), spec.commandLine().getOut())
          .run(opened, deadline.or(Interruption.signal()).or(session.costLimit()))
          .code();
    }
  }

  /** Checks the options, before Spark is started. */
  private Function<JobSession, WorkSource> plan(Configuration configuration, long count) {
    if (source.service != null) {
      ServiceOptions.Plan plan =
          source.service.plan(configuration, options.mode(), count, System.getenv());
      return session ->
          plan.open(
              new SolutionTable(() -> session.storage().warehouse().table(SolutionTable.SCHEMA)),
              this::report);
    }
    if (source.pool != null) {
      if (blocks != null) {
        throw new UsageException("--blocks is for --node and --service; give --pool --shares N");
      }
      PoolOptions.Plan plan =
          source.pool.plan(configuration.stratum(), options.mode(), System.getenv());
      return session ->
          plan.open(
              new ShareTable(() -> session.storage().warehouse().table(ShareTable.SCHEMA)),
              new ShareLines(options.json(), spec.commandLine().getOut(), this::report)
                  .andThen(
                      share -> session.shared(share.verdict().label(), share.hashDifficulty())),
              this::report);
    }
    if (source.custom != null) {
      if (blocks != null) {
        throw new UsageException(
            "--blocks is for --node and --service; a source of your own ends by itself, leave out"
                + " --blocks "
                + blocks);
      }
      Supplier<WorkSource> plan = source.custom.plan(configuration.sources());
      return session -> plan.get();
    }
    NodeOptions node = source.node == null ? new NodeOptions() : source.node;
    NodeOptions.Plan plan = node.plan(configuration.node(), options.mode(), count, System.getenv());
    return session ->
        plan.open(
            new SubmissionTable(() -> session.storage().warehouse().table(SubmissionTable.SCHEMA)),
            this::report);
  }

  private void report(String line) {
    System.err.println("golden-nonce work: " + Printable.of(line));
  }
}
