package io.goldennonce.monitor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.kernel.DeviceUsage;
import io.goldennonce.plan.Spending;
import io.goldennonce.search.CoverageHistogram;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.Solution;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a snapshot as JSON for the live page; docs/monitoring.md explains it. Positions and nonces
 * are strings, as JavaScript's numbers have 53 bits.
 */
final class StateJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_TEXT = 120;

  private StateJson() {}

  static String of(Snapshot snapshot) {
    ObjectNode root = JSON.createObjectNode().put("now", snapshot.at().toString());
    root.set("totals", totals(snapshot.totals()));
    root.set("search", snapshot.search().map(StateJson::search).orElse(null));
    root.set("coins", snapshot.coins().map(StateJson::coins).orElse(null));
    ArrayNode executors = root.putArray("executors");
    for (Snapshot.Executor executor : snapshot.executors()) {
      executors.add(executor(executor, snapshot.totals().hashes()));
    }
    root.set("history", history(snapshot));
    ArrayNode blocks = root.putArray("blocks");
    snapshot.blocks().forEach(block -> blocks.add(block(block)));
    root.put(
        "block_interval_seconds", snapshot.blockInterval().map(StateJson::seconds).orElse(null));
    return root.toString();
  }

  private static ObjectNode totals(Snapshot.Totals totals) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("hashes", totals.hashes())
            .put("finds", totals.finds())
            .put("waves", totals.waves())
            .put("restarts", totals.restarts())
            .put("blocks", totals.blocks())
            .put(
                "last_stop_latency_seconds", totals.lastStop().map(StateJson::seconds).orElse(null))
            .put("last_luck", totals.lastLuck().orElse(null));
    totals.spent().ifPresent(spent -> withSpent(node, spent));
    ObjectNode ended = node.putObject("searches");
    totals.ended().forEach((state, count) -> ended.put(state.label(), count));
    return node;
  }

  /** Adds the fields that the page and the status file have in common. */
  static ObjectNode withSpent(ObjectNode node, Spending.Spent spent) {
    node.put("spent", spent.amount()).put("currency", spent.terms().currency());
    spent.terms().limit().ifPresent(limit -> node.put("max_cost", limit));
    return node;
  }

  private static ObjectNode search(Snapshot.Search search) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("search_id", search.spec().id())
            .put("title", search.title())
            .put("state", search.state().label())
            .put("started_at", search.startedAt().toString())
            .put("ledger_kept_at", search.ledgerSavedAt().map(Instant::toString).orElse(null))
            .put("difficulty", search.difficulty())
            .put("expected_hashes", search.expectedHashes())
            .put("keyspace_from", String.valueOf(search.spec().keyspace().from()))
            .put("keyspace_to", String.valueOf(search.spec().keyspace().to()));
    search.progress().ifPresent(progress -> addProgress(node, progress, search.isRunning()));
    search.found().ifPresent(found -> addFound(node, found));
    return node;
  }

  /** Adds the fields that the page and the status file have in common. */
  static ObjectNode withProgress(ObjectNode node, SearchProgress progress, boolean isRunning) {
    return node.put("hashes", progress.hashes())
        .put("resumed_hashes", progress.resumed())
        .put("resumed_seconds", seconds(progress.resumedTime()))
        .put("seconds", seconds(progress.elapsed()))
        .put("rate", progress.rate())
        .put("recent_rate", isRunning ? progress.recentRate() : 0)
        .put("probability", progress.chance())
        .put("seconds_left_p50", isRunning ? finite(progress.secondsUntil(0.5)) : null)
        .put("seconds_left_p95", isRunning ? finite(progress.secondsUntil(0.95)) : null)
        .put("slots", progress.slots())
        .put("executors", progress.executors());
  }

  private static void addProgress(ObjectNode node, SearchProgress progress, boolean isRunning) {
    withProgress(node, progress, isRunning)
        .put("waves", progress.waves())
        .put("ranges_in_flight", isRunning ? progress.rangesInFlight() : 0);
    CoverageHistogram coverage = progress.picture().get();
    ObjectNode shown =
        node.putObject("strip")
            .put("from", String.valueOf(coverage.from()))
            .put("to", String.valueOf(coverage.to()));
    ArrayNode tried = shown.putArray("tried");
    coverage.tried().forEach(share -> tried.add(rounded(share)));
    ArrayNode inFlight = shown.putArray("in_flight");
    coverage.inFlight().forEach(share -> inFlight.add(isRunning ? rounded(share) : 0));
  }

  private static void addFound(ObjectNode node, Solution found) {
    node.put("position", String.valueOf(found.position()))
        .put("nonce", String.valueOf(found.nonce()))
        .put("hash", found.hash().toDisplay());
  }

  private static ObjectNode coins(Snapshot.Coins coins) {
    double seconds = seconds(coins.elapsed());
    ObjectNode node =
        JSON.createObjectNode()
            .put("title", coins.title())
            .put("state", coins.state().label())
            .put("started_at", coins.startedAt().toString())
            .put("wanted", coins.wanted().isPresent() ? (Long) coins.wanted().getAsLong() : null)
            .put("coins", coins.coins())
            .put("hashes", coins.hashes())
            .put("seconds", seconds)
            .put("rate", seconds == 0 ? 0 : coins.hashes() / seconds)
            .put("recent_rate", coins.recentRate())
            .put("coins_per_minute", seconds == 0 ? 0 : 60 * coins.coins() / seconds)
            .put("recent_coins_per_minute", 60 * coins.recentCoinRate());
    ArrayNode miners = node.putArray("miners");
    Map<String, Long> earlier = new TreeMap<>(coins.earlier());
    earlier.putIfAbsent(coins.miner(), 0L);
    earlier.forEach(
        (miner, count) ->
            miners
                .addObject()
                .put("miner", miner)
                .put("coins", miner.equals(coins.miner()) ? coins.coins() : 0)
                .put("earlier_coins", count));
    return node;
  }

  private static ObjectNode executor(Snapshot.Executor executor, long total) {
    ExecutorUsage usage = executor.usage();
    ObjectNode node = JSON.createObjectNode();
    ArrayNode devices = node.putArray("devices");
    for (Snapshot.Device device : executor.devices()) {
      DeviceUsage reported = executor.usageOf(device);
      devices
          .addObject()
          .put("device", device.id())
          .put("name", device.name())
          .put("hashes", device.hashes())
          .put("rate", device.rate())
          .put("lost", device.lost())
          .put("utilization", reported == null ? null : (Double) reported.utilization())
          .put("celsius", reported == null ? null : (Integer) reported.celsius());
    }
    return node.put("name", executor.name())
        .put("executor", executor.executor())
        .put("host", executor.host())
        .put("kernel", executor.kernel())
        .put("hashes", executor.hashes())
        .put("rate", executor.rate())
        .put("share", total == 0 ? 0 : (double) executor.hashes() / total)
        .put("faults", executor.faults())
        .put("cpu_seconds", usage == null ? null : (Double) usage.cpuSeconds())
        .put("resident_bytes", usage == null ? null : (Long) usage.residentBytes());
  }

  /** As columns, a third of the size of rows. */
  private static ObjectNode history(Snapshot snapshot) {
    List<String> names =
        snapshot.executors().stream()
            .filter(executor -> executor.hashes() > 0)
            .sorted(Comparator.comparingLong(Snapshot.Executor::hashes).reversed())
            .limit(ExecutorTable.CHARTED)
            .map(Snapshot.Executor::name)
            .sorted()
            .toList();
    ObjectNode node = JSON.createObjectNode();
    ArrayNode at = node.putArray("at");
    ArrayNode rate = node.putArray("rate");
    ArrayNode chance = node.putArray("probability");
    for (Snapshot.Sample sample : snapshot.history()) {
      at.add(sample.at().toEpochMilli() / 1000.0);
      rate.add(Math.rint(sample.rate()));
      chance.add(rounded(sample.chance()));
    }
    if (snapshot.coins().isPresent()) {
      ArrayNode coins = node.putArray("coins_per_minute");
      snapshot.history().forEach(sample -> coins.add(Math.rint(60 * sample.coinRate())));
    }
    ArrayNode executors = node.putArray("executors");
    for (String name : names) {
      ObjectNode line = executors.addObject().put("name", name);
      ArrayNode rates = line.putArray("rate");
      for (Snapshot.Sample sample : snapshot.history()) {
        rates.add(Math.rint(sample.rates().getOrDefault(name, 0.0)));
      }
    }
    return node;
  }

  private static ObjectNode block(BlockRow block) {
    return JSON.createObjectNode()
        .put("height", block.height())
        .put("hash", block.hash())
        .put("nonce", String.valueOf(block.nonce()))
        .put("difficulty", block.difficulty())
        .put("miner", block.miner())
        .put("mined_at", block.minedAt().toString())
        .put("text", text(block.transactions()));
  }

  /** The first transaction as UTF-8, truncated if long. Untrusted: the page escapes it. */
  private static String text(List<byte[]> transactions) {
    String text =
        transactions.isEmpty() ? "" : new String(transactions.get(0), StandardCharsets.UTF_8);
    return text.codePointCount(0, text.length()) <= MAX_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_TEXT)) + "…";
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static double rounded(double share) {
    return Math.rint(share * 1e4) / 1e4;
  }

  /** Null for infinity, which JSON does not have. */
  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
