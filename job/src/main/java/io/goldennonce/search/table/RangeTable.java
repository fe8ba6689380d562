package io.goldennonce.search.table;

import static io.goldennonce.table.parquet.ColumnType.INT;
import static io.goldennonce.table.parquet.ColumnType.LONG;
import static io.goldennonce.table.parquet.ColumnType.LONGS;
import static io.goldennonce.table.parquet.ColumnType.STRING;
import static io.goldennonce.table.parquet.ColumnType.TIMESTAMP;
import static java.util.Comparator.comparingLong;
import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.goldennonce.pow.Hash256;
import io.goldennonce.search.LowestHash;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.Shares;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.table.Part;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.warehouse.Warehouse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code ranges}: the ledgers of all searches. A run that lasts longer than a checkpoint
 * interval has its own key, whose rows each checkpoint replaces; shorter runs share a key. The
 * driver writes the files itself, as a Spark job every few seconds would take cores from the
 * search.
 */
public final class RangeTable {
  /** Its columns. A row is identified by {@code run_id} and {@code from}. */
  public static final TableSchema<Entry> SCHEMA =
      TableSchema.<Entry>versioned("ranges")
          .required("search_id", STRING, Entry::searchId)
          .required("run_id", STRING, Entry::runId)
          .required("from", LONG, entry -> entry.row().range().from())
          .required("to", LONG, entry -> entry.row().range().to())
          .required("hashes", LONG, entry -> entry.row().range().size())
          .optional("best_hash", STRING, entry -> bestHash(entry.row().best()))
          .optional("best_position", LONG, entry -> bestPosition(entry.row().best()))
          .optional("solution", LONG, entry -> entry.row().solution())
          .required("host", STRING, entry -> entry.row().host())
          .required("executor", STRING, entry -> entry.row().executor())
          .required("kernel", STRING, entry -> entry.row().kernel())
          .required("first_at", TIMESTAMP, entry -> entry.row().firstAt())
          .required("last_at", TIMESTAMP, entry -> entry.row().lastAt())
          .optional("device", STRING, entry -> entry.row().device())
          .optional("share_bits", INT, entry -> shareBits(entry.row().shares()))
          .optional("shares", LONGS, entry -> positions(entry.row().shares()));

  /** The name of one run's file: a key made of search and run, and a version. */
  private static final Pattern ONE_RUN =
      Pattern.compile("([0-9a-z]+)-[0-9a-f-]{36}-\\d{10}-v[0-9a-f]+\\.parquet");

  private static final String SHORT_RUNS = "short";

  private final RecordTable<Entry> table;

  public RangeTable(Warehouse warehouse) {
    this.table = warehouse.table(SCHEMA);
  }

  /** A row of a run's ledger. */
  public record Entry(String searchId, String runId, LedgerRow row) {}

  /**
   * Returns the rows of all runs of a search: earlier runs first, and the rows of a run by
   * position.
   */
  public List<LedgerRow> rows(String searchId) {
    Map<String, List<LedgerRow>> byRun =
        entries(searchId).stream()
            .collect(Collectors.groupingBy(Entry::runId, mapping(Entry::row, toList())));
    Comparator<Map.Entry<String, List<LedgerRow>>> byStart =
        Comparator.comparing(
            run ->
                run.getValue().stream().map(LedgerRow::firstAt).min(naturalOrder()).orElseThrow());
    return byRun.entrySet().stream()
        .sorted(byStart.thenComparing(Map.Entry.comparingByKey()))
        .flatMap(run -> run.getValue().stream().sorted(comparingLong(row -> row.range().from())))
        .toList();
  }

  /** Returns where to save the rows of a new run; each save replaces the one before. */
  Consumer<List<LedgerRow>> run(String searchId, String runId) {
    Consumer<List<Entry>> saver = table.saver(key(searchId, runId), 0);
    return rows -> saver.accept(rows.stream().map(row -> new Entry(searchId, runId, row)).toList());
  }

  /**
   * Appends the rows of runs that have ended and will not be resumed.
   *
   * @param rows at least one
   */
  public void append(List<Entry> rows) {
    table.saver(key(SHORT_RUNS, UUID.randomUUID().toString()), 0).accept(rows);
  }

  /**
   * Deletes the records of a part of a search's keyspace.
   *
   * @param keyspace the part; no other process may search it at the same time
   */
  void forget(String searchId, NonceRange keyspace) {
    Map<String, List<Entry>> byRun =
        entries(searchId).stream().collect(Collectors.groupingBy(Entry::runId));
    var snapshot = table.snapshot();
    byRun.forEach(
        (runId, entries) -> {
          String key = key(searchId, runId);
          int version = snapshot.version(key);
          List<Entry> kept = entries.stream().flatMap(entry -> outside(entry, keyspace)).toList();
          if (version > 0 && !kept.equals(entries)) {
            table.saver(key, version).accept(kept);
          }
        });
  }

  private List<Entry> entries(String searchId) {
    Selection ofSearch = Selection.of(SCHEMA.names()).equal("search_id", searchId);
    return table.read(ofSearch, mayHold(searchId), RangeTable::entry);
  }

  /** Whether a file may have rows of a search. Only the files of one run are named after it. */
  private static Predicate<Part> mayHold(String searchId) {
    return part -> {
      Matcher name = ONE_RUN.matcher(part.file().name());
      return !name.matches() || name.group(1).equals(searchId) || name.group(1).equals(SHORT_RUNS);
    };
  }

  private static String key(String search, String runId) {
    return search + "-" + runId;
  }

  private static Stream<Entry> outside(Entry entry, NonceRange keyspace) {
    NonceRange range = entry.row().range();
    if (range.to() <= keyspace.from() || range.from() >= keyspace.to()) {
      return Stream.of(entry);
    }
    return Stream.of(
            new NonceRange(range.from(), Math.max(range.from(), keyspace.from())),
            new NonceRange(Math.min(range.to(), keyspace.to()), range.to()))
        .filter(part -> !part.isEmpty())
        .map(part -> new Entry(entry.searchId(), entry.runId(), entry.row().only(part)));
  }

  private static @Nullable String bestHash(@Nullable LowestHash best) {
    return best == null ? null : best.hash().toDisplay();
  }

  private static @Nullable Long bestPosition(@Nullable LowestHash best) {
    return best == null ? null : best.position();
  }

  private static @Nullable Integer shareBits(Shares shares) {
    return shares.bits() == 0 ? null : shares.bits();
  }

  private static @Nullable List<Long> positions(Shares shares) {
    return shares.bits() == 0 ? null : shares.positions().boxed().toList();
  }

  private static Entry entry(StoredRow row) {
    LowestHash best =
        // Ledgers of older versions lack the position.
        row.has("best_position")
            ? new LowestHash(
                Hash256.ofDisplay(row.getString("best_hash")), row.getLong("best_position"))
            : null;
    return new Entry(
        row.getString("search_id"),
        row.getString("run_id"),
        new LedgerRow(
            new NonceRange(row.getLong("from"), row.getLong("to")),
            best,
            row.optional("solution", StoredRow::getLong).orElse(null),
            // Ledgers of older versions have no shares.
            row.has("share_bits")
                ? Shares.of(row.getInt("share_bits"), row.getLongs("shares"))
                : Shares.NONE,
            row.getString("host"),
            row.getString("executor"),
            row.getString("kernel"),
            row.optional("device", StoredRow::getString).orElse(null),
            row.getInstant("first_at"),
            row.getInstant("last_at")));
  }
}
