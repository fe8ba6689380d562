package io.goldennonce.cli;

import io.goldennonce.config.Configuration;
import io.goldennonce.node.BitcoinNode;
import io.goldennonce.search.StopSignal;
import io.goldennonce.store.SubmissionTable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes work from others and gives them the solutions. */
@Command(
    name = "work",
    description = "Mine for others: take work from a Bitcoin node and hand in what is found.",
    sortOptions = false)
final class WorkCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private SearchOptions options = new SearchOptions();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Source source = new Source();

  @Option(
      names = "--blocks",
      paramLabel = "N",
      description = "End when so many blocks are taken; default: work until stopped.")
  private long blocks = Long.MAX_VALUE;

  /** Whom to work for. */
  private static final class Source {
    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable NodeOptions node;
  }

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = common.configuration();
    if (blocks < 1) {
      throw new UsageException("--blocks must be 1 or more, got " + blocks);
    }
    options.requireKernel(configuration.search().kernel());
    NodeOptions node = source.node == null ? new NodeOptions() : source.node;
    NodeOptions.Plan plan =
        node.plan(configuration.node(), options.mode(), blocks, System.getenv());
    StopSignal deadline = options.deadline();
    try (JobSession session = JobSession.start("work", configuration, common.quiet());
        BitcoinNode opened = plan.open(new SubmissionTable(session::warehouse), this::tell)) {
      return new WorkLoop("work", session, options, spec.commandLine().getOut())
          .run(opened, deadline)
          .code();
    }
  }

  private void tell(String line) {
    System.err.println("golden-nonce work: " + line);
  }
}
