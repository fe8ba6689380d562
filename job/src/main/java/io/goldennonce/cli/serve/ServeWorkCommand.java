package io.goldennonce.cli.serve;

import io.goldennonce.app.ConfiguredChain;
import io.goldennonce.app.ExitCode;
import io.goldennonce.app.JobSession;
import io.goldennonce.app.UsageException;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.Branch;
import io.goldennonce.chain.EventLog;
import io.goldennonce.chain.Transaction;
import io.goldennonce.chain.table.EventBatch;
import io.goldennonce.chain.table.WarehouseChain;
import io.goldennonce.cli.common.CommonOptions;
import io.goldennonce.cli.common.Interruption;
import io.goldennonce.cli.common.SearchOptions;
import io.goldennonce.cli.common.TargetOptions;
import io.goldennonce.config.Configuration;
import io.goldennonce.output.Printable;
import io.goldennonce.pool.Pool;
import io.goldennonce.pool.PoolContents;
import io.goldennonce.pool.PoolWriter;
import io.goldennonce.pool.WarehouseJournal;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.server.ServerBackend;
import io.goldennonce.server.WorkServer;
import io.goldennonce.table.BackgroundCompaction;
import io.goldennonce.warehouse.Warehouse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves work on the own chain over HTTP, without Spark. */
@Command(
    name = "serve-work",
    description =
        "Serve work on your own chain over HTTP, for tests and trials, to miners with work"
            + " --service; print the address and serve until stopped.",
    sortOptions = false)
public final class ServeWorkCommand implements Callable<Integer> {
  private static final long TICK_MILLIS = 20;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "Listen at this address; default: ${DEFAULT-VALUE}. Without a token, everyone who reaches"
              + " it can mine and submit transactions.")
  private String host = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8645",
      description = "Listen on this port, 0 for a free one; default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--transactions",
      paramLabel = "DIR",
      description =
          "The pool of transactions, to which POST /transactions adds; default: pool in the"
              + " warehouse.")
  private @Nullable String transactions;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = SearchOptions.TimeConverter.class,
      description = "Stop after this time.")
  private @Nullable Duration timeout;

  @Option(
      names = "--max-waiting",
      paramLabel = "N",
      defaultValue = "100000",
      description =
          "Accept no more transactions while this many wait for a block; default:"
              + " ${DEFAULT-VALUE}.")
  private int maxWaiting;

  @Mixin private ServerAccessOptions access = new ServerAccessOptions();

  @ArgGroup(exclusive = true)
  private @Nullable TargetOptions target;

  @Override
  public Integer call() throws InterruptedException {
    UsageException.requireWithin(0, 65_535, "--port", port);
    UsageException.requireAtLeast(1, "--max-waiting", maxWaiting);
    Configuration configuration = common.configuration();
    InetSocketAddress address = address();
    WorkServer.Access allowed = access.access(host, System.getenv());
    CompactBits bits =
        target == null
            ? TargetOptions.compact(configuration.chain().difficulty())
            : target.compact();
    StopSignal deadline = timeout == null ? StopSignal.never() : StopSignal.after(timeout);
    StopSignal stop = deadline.or(Interruption.signal());
    Warehouse warehouse = Warehouse.openOrCreate(configuration.warehouse(), hadoop(configuration));
    try (BackgroundCompaction compaction =
            warehouse.compactInBackground(configuration.compactFiles());
        EventBatch events =
            new EventBatch(
                () -> warehouse,
                configuration.chain().miner(),
                configuration.search().checkpointInterval());
        WorkServer server =
            WorkServer.start(
                address, backend(warehouse, configuration, bits, events), allowed, this::report)) {
      access.warning(address.getAddress(), allowed).ifPresent(this::report);
      common.out().println(server.uri());
      if (allowed.page()) {
        report("to mine in a browser, open " + server.uri() + "/");
      }
      Optional<StopReason> reason = stop.reason();
      while (reason.isEmpty()) {
        Thread.sleep(TICK_MILLIS);
        reason = stop.reason();
      }
      return ExitCode.of(reason.get()).code();
    } catch (IOException e) {
      throw new UsageException(
          "--port must be free at %s, got %s (%s)".formatted(host, port, e.getMessage()), e);
    }
  }

  private InetSocketAddress address() {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new UsageException("--host must be an address of this machine, got " + host, e);
    }
  }

  private static org.apache.hadoop.conf.Configuration hadoop(Configuration configuration) {
    return JobSession.application("serve-work", configuration).hadoopConfiguration();
  }

  private ServerBackend backend(
      Warehouse warehouse, Configuration configuration, CompactBits bits, EventLog events) {
    var hadoop = hadoop(configuration);
    String location = transactions == null ? warehouse.location() + "/pool" : transactions;
    PoolWriter writer = PoolWriter.open(location, hadoop);
    Configuration.Chain chain = configuration.chain();
    Pool pool =
        Pool.open(
            location,
            hadoop,
            new Pool.Settings(
                configuration.pool().maxTransaction(), configuration.pool().settleTime()));
    BlockStore blocks = new WarehouseChain(warehouse, ConfiguredChain.rules(configuration));
    PoolContents contents =
        new PoolContents(
            pool,
            new Branch(blocks::block),
            new WarehouseJournal(warehouse, chain.miner()),
            new PoolContents.Settings(
                chain.blockTransactions(), chain.maxWait(), configuration.pool().interval()),
            waiting -> {},
            refused -> {});
    return new ServerBackend(
        blocks,
        contents::now,
        contents::waiting,
        maxWaiting,
        bits,
        chain.miner(),
        events,
        (String name, List<Transaction> added) -> writer.writeOnce(name, added),
        configuration.pool().maxTransaction());
  }

  private void report(String line) {
    System.err.println("golden-nonce serve-work: " + Printable.of(line));
  }
}
