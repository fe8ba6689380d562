package io.goldennonce.cli.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import io.goldennonce.app.ExitCode;
import io.goldennonce.app.UsageException;
import io.goldennonce.cli.common.CommonOptions;
import io.goldennonce.config.Configuration;
import io.goldennonce.monitor.Quantities;
import io.goldennonce.monitor.StatusFile;
import io.goldennonce.output.Fields;
import io.goldennonce.output.Printable;
import io.goldennonce.plan.Spending;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.search.table.RangeTable;
import io.goldennonce.search.table.RunSummary;
import io.goldennonce.search.table.SearchTable;
import io.goldennonce.spark.SparkApplication;
import io.goldennonce.warehouse.RunningSearch;
import io.goldennonce.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows running and past searches, without Spark. */
@Command(
    name = "status",
    description = "Show a search by its status file, or the searches of a warehouse.",
    sortOptions = false)
public final class StatusCommand implements Callable<Integer> {
  private static final long AGAIN_MILLIS = 1_000;
  private static final Set<String> GOING_ON = Set.of("starting", "running");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "A status file that a search writes with --status FILE; default: read the warehouse.")
  private @Nullable Path file;

  @Option(
      names = "--follow",
      description = "Show the status whenever it changes, until the search ends or Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Maximum number of past runs to show.")
  private int limit = 20;

  @Option(names = "--json", description = "Print one JSON object per line.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    UsageException.requireAtLeast(0, "--limit", limit);
    Configuration configuration = common.configuration();
    @Nullable List<Fields> shown = null;
    boolean goesOn = true;
    while (goesOn) {
      List<Fields> rows = file == null ? ofWarehouse(configuration) : List.of(ofFile(file));
      if (!rows.equals(shown)) {
        print(rows);
        shown = rows;
      }
      goesOn = follow && (file == null || GOING_ON.contains(rows.get(0).get("state")));
      if (goesOn) {
        Thread.sleep(AGAIN_MILLIS);
      }
    }
    return ExitCode.OK.code();
  }

  private Fields ofFile(Path path) {
    try {
      JsonNode state = StatusFile.read(path);
      Fields fields =
          new Fields()
              .with("search_id", state.path("search_id").asText())
              .with("state", state.path("state").asText());
      if (json) {
        state.properties().forEach(entry -> fields.with(entry.getKey(), plain(entry.getValue())));
        return fields;
      }
      return fields
          .with("time", time(state.path("seconds")))
          .with("hashes", Quantities.si(state.path("hashes").asDouble(), ""))
          .with("rate", rate(state.path("hashes").asDouble(), state.path("seconds").asDouble()))
          .with("chance", percent(state.path("probability")))
          .with("left_p50", time(state.path("seconds_left_p50")))
          .with("left_p95", time(state.path("seconds_left_p95")))
          .with("spent", spent(state))
          .with("hash", state.path("hash").asText("-"));
    } catch (IOException e) {
      throw new UsageException(
          "FILE must be a status file, as --status of a search writes it, got " + path, e);
    }
  }

  private List<Fields> ofWarehouse(Configuration configuration) {
    Warehouse warehouse =
        Warehouse.open(
            configuration.warehouse(),
            new SparkApplication("golden-nonce status", Map.of()).hadoopConfiguration());
    List<Fields> rows = new ArrayList<>();
    for (RunningSearch running : warehouse.running()) {
      rows.add(row(running, new RangeTable(warehouse).rows(running.searchId())));
    }
    for (RunSummary run : new SearchTable(warehouse).last(limit)) {
      rows.add(row(run));
    }
    return rows;
  }

  private Fields row(RunningSearch running, List<LedgerRow> ledger) {
    long tried = ledger.stream().mapToLong(row -> row.range().size()).sum();
    return new Fields()
        .with("search_id", running.searchId())
        .with("command", running.host() + " " + running.pid())
        .with("state", "running")
        .with("since", time(running.seenAt()))
        .with("time", "-")
        .with("hashes", json ? (Object) tried : Quantities.si(tried, ""))
        .with("rate", "-")
        .with("hash", "-");
  }

  private Fields row(RunSummary run) {
    return new Fields()
        .with("search_id", run.searchId())
        .with("command", run.command())
        .with("state", run.outcome())
        .with("since", time(run.startedAt()))
        .with("time", json ? (Object) run.seconds() : Quantities.time(run.seconds()))
        .with("hashes", json ? (Object) run.hashes() : Quantities.si(run.hashes(), ""))
        .with(
            "rate",
            json ? (Object) (run.hashes() / run.seconds()) : rate(run.hashes(), run.seconds()))
        .with("hash", run.hash().orElse("-"));
  }

  private void print(List<Fields> rows) {
    if (rows.isEmpty() && !json) {
      common.out().println("no searches yet");
    }
    Fields.print(rows, json, common.out());
    common.out().flush();
  }

  private String time(Instant instant) {
    return json ? instant.toString() : TIME.format(instant);
  }

  private static String spent(JsonNode state) {
    return state.path("spent").isNumber()
        ? Spending.text(
            state.path("spent").asDouble(), Printable.of(state.path("currency").asText()))
        : "-";
  }

  private static String time(JsonNode seconds) {
    return seconds.isNumber() ? Quantities.time(seconds.asDouble()) : "-";
  }

  private static String percent(JsonNode share) {
    return share.isNumber()
        ? String.format(java.util.Locale.ROOT, "%.1f %%", 100 * share.asDouble())
        : "-";
  }

  private static String rate(double hashes, double seconds) {
    return seconds > 0 ? Quantities.si(hashes / seconds, "H/s") : "-";
  }

  private static @Nullable Object plain(JsonNode value) {
    if (value.isNumber()) {
      return value.numberValue();
    }
    return value.isNull() ? null : value.isBoolean() ? (Object) value.asBoolean() : value.asText();
  }
}
