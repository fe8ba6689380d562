package io.goldennonce.cli.warehouse;

import io.goldennonce.app.ExitCode;
import io.goldennonce.app.JobSession;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BranchBlock;
import io.goldennonce.chain.ChainEvent;
import io.goldennonce.chain.Reorg;
import io.goldennonce.chain.Transaction;
import io.goldennonce.chain.table.BlockTable;
import io.goldennonce.chain.table.BranchBlocks;
import io.goldennonce.chain.table.EventTable;
import io.goldennonce.cli.common.CommonOptions;
import io.goldennonce.cli.common.SearchOptions;
import io.goldennonce.config.Configuration;
import io.goldennonce.output.Fields;
import io.goldennonce.pool.Pool;
import io.goldennonce.pool.PoolAudit;
import io.goldennonce.pool.PoolAudit.Entry;
import io.goldennonce.pool.PoolAudit.State;
import io.goldennonce.pool.PoolLine;
import io.goldennonce.pool.PoolWriter;
import io.goldennonce.pow.Hash256;
import io.goldennonce.warehouse.Warehouse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares a pool with the chain. */
@Command(
    name = "audit",
    description =
        "Compare a pool of transactions with the chain: list waiting and lost transactions.",
    sortOptions = false)
public final class AuditCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--transactions",
      paramLabel = "PATH",
      required = true,
      description = "The pool: a file or a directory, as mine reads it.")
  private String location = "";

  @Option(
      names = "--max-pending",
      paramLabel = "TIME",
      converter = SearchOptions.TimeConverter.class,
      description = "Report transactions that wait longer than this as errors.")
  private @Nullable Duration maxPending;

  @Option(
      names = "--rebroadcast",
      description = "Resubmit the lost transactions to the pool, which must be a directory.")
  private boolean rebroadcast;

  @Option(names = "--json", description = "Print rows as JSON, one object per line.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Configuration configuration = common.configuration();
    try (JobSession session = JobSession.start("audit", configuration, true)) {
      Warehouse warehouse = session.storage().existingWarehouse();
      Pool pool = session.storage().pool(location);
      // Refuses a pool that can't be written to before anything is done.
      PoolWriter writer =
          rebroadcast ? PoolWriter.open(location, session.hadoopConfiguration()) : null;
      pool.look();
      Map<Hash256, ChainEvent> added = added(warehouse);
      BranchBlocks blocks = new BranchBlocks(warehouse);
      PoolAudit audit =
          PoolAudit.of(
              blocks.all(),
              chain(warehouse, blocks),
              pool.transactions(),
              added.values().stream()
                  .collect(
                      Collectors.toMap(
                          event -> Hash256.ofDisplay(event.subject()), ChainEvent::time)));
      print(audit);
      boolean restored = writer != null && rebroadcast(writer, audit, added, blocks);
      return (isWrong(audit, restored) ? ExitCode.NOT_FOUND : ExitCode.OK).code();
    }
  }

  private static List<BranchBlock> chain(Warehouse warehouse, BranchBlocks blocks) {
    Hash256 tip = new BlockTable(warehouse).tip().map(BlockIndexEntry::hash).orElse(Hash256.ZERO);
    return Reorg.between(Hash256.ZERO, tip, blocks::get).connected();
  }

  /** When each transaction was first seen in a pool. */
  private static Map<Hash256, ChainEvent> added(Warehouse warehouse) {
    Map<Hash256, ChainEvent> added = new HashMap<>();
    new EventTable(warehouse)
        .all(ChainEvent.Kind.TRANSACTION_ADDED)
        .forEach(
            event ->
                added.merge(
                    Hash256.ofDisplay(event.subject()),
                    event,
                    (one, other) -> one.time().isAfter(other.time()) ? other : one));
    return added;
  }

  /** Writes lost transactions to the pool; returns whether there were any. */
  private boolean rebroadcast(
      PoolWriter writer, PoolAudit audit, Map<Hash256, ChainEvent> added, BranchBlocks blocks) {
    Set<Hash256> unknown = new HashSet<>();
    List<Transaction> lost = new ArrayList<>();
    for (Entry entry : audit.entries()) {
      if (entry.state() == State.LOST) {
        ChainEvent event = added.get(entry.id());
        if (event == null) {
          unknown.add(entry.id());
        } else {
          lost.add(PoolLine.parse(event.detail()));
        }
      }
    }
    lost.addAll(blocks.transactions(unknown));
    if (!lost.isEmpty()) {
      writer.write("rebroadcast-" + UUID.randomUUID(), lost);
      common.message(lost.size() + " lost transactions are in the pool again");
    }
    return !lost.isEmpty();
  }

  private boolean isWrong(PoolAudit audit, boolean restored) {
    return audit.entries().stream()
        .anyMatch(
            entry ->
                (entry.state().isWrong() && !(restored && entry.state() == State.LOST))
                    || isOverdue(entry));
  }

  private boolean isOverdue(Entry entry) {
    Instant since = entry.since();
    boolean waits = entry.state() == State.PENDING || entry.state() == State.RETURNED;
    return maxPending != null
        && waits
        && since != null
        && Duration.between(since, Instant.now()).compareTo(maxPending) > 0;
  }

  private void print(PoolAudit audit) {
    Fields.print(audit.entries().stream().map(this::fields).toList(), json, common.out());
    StringBuilder summary = new StringBuilder(audit.mined() + " mined");
    for (State state : State.values()) {
      summary.append(", ").append(audit.count(state)).append(' ').append(label(state));
    }
    common.message(summary.toString());
  }

  private Fields fields(Entry entry) {
    Instant since = entry.since();
    String state = label(entry.state());
    return new Fields()
        .with("id", entry.id().toDisplay())
        .with("state", json ? state.replace(' ', '_') : state)
        .with("height", entry.height())
        .with("since", Objects.toString(since, null))
        .with("seconds", since == null ? null : seconds(since));
  }

  private Number seconds(Instant since) {
    double seconds = Duration.between(since, Instant.now()).toMillis() / 1000.0;
    return json ? (Number) seconds : (Number) Math.round(seconds);
  }

  private static String label(State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
