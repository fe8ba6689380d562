package io.goldennonce.chain.table;

import static io.goldennonce.table.parquet.ColumnType.LONG;
import static io.goldennonce.table.parquet.ColumnType.STRING;
import static io.goldennonce.table.parquet.ColumnType.TIMESTAMP;

import io.goldennonce.chain.ChainEvent;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.warehouse.Warehouse;
import java.util.List;
import java.util.UUID;

/** The table {@code events}: every change of state, append-only, as each miner saw it. */
public final class EventTable {
  /** Its columns. */
  public static final TableSchema<Seen> SCHEMA =
      TableSchema.<Seen>named("events")
          .required("time", TIMESTAMP, seen -> seen.event().time())
          .required("kind", STRING, seen -> seen.event().kind().label())
          .required("subject", STRING, seen -> seen.event().subject())
          .optional("height", LONG, seen -> seen.event().height())
          .required("miner", STRING, Seen::miner)
          .required("detail", STRING, seen -> seen.event().detail());

  private final RecordTable<Seen> table;

  public EventTable(Warehouse warehouse) {
    this.table = warehouse.table(SCHEMA);
  }

  /** An event and the miner that recorded it. */
  public record Seen(ChainEvent event, String miner) {}

  /**
   * Appends events as one file.
   *
   * @param miner the miner that recorded them
   */
  public void append(String miner, List<ChainEvent> events) {
    if (!events.isEmpty()) {
      String name = events.get(0).time().toString().replace(':', '-');
      table.append(
          name + "-" + UUID.randomUUID(),
          events.stream().map(event -> new Seen(event, miner)).toList());
    }
  }

  /** Reads all events of a kind without Spark, in no particular order. */
  public List<ChainEvent> all(ChainEvent.Kind kind) {
    Selection ofKind =
        Selection.of(List.of("time", "kind", "subject", "height", "detail"))
            .equal("kind", kind.label());
    return table.read(ofKind, row -> event(kind, row));
  }

  private static ChainEvent event(ChainEvent.Kind kind, StoredRow row) {
    return new ChainEvent(
        row.getInstant("time"),
        kind,
        row.getString("subject"),
        row.optional("height", StoredRow::getLong).orElse(null),
        row.getString("detail"));
  }
}
