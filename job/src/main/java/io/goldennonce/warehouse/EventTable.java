package io.goldennonce.warehouse;

import io.goldennonce.chain.ChainEvent;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The table {@code events}: every change of state, append-only, as each miner saw it. */
public final class EventTable {
  /** Its columns. */
  public static final StructType SCHEMA =
      StructType.fromDDL(
          "time TIMESTAMP NOT NULL, kind STRING NOT NULL, subject STRING NOT NULL, height BIGINT,"
              + " miner STRING NOT NULL, detail STRING NOT NULL");

  private static final String NAME = "events";

  private final ParquetTable table;

  public EventTable(Warehouse warehouse) {
    this.table = warehouse.table(NAME);
  }

  /**
   * Appends events, in one file.
   *
   * @param miner who saw them
   */
  public void append(String miner, List<ChainEvent> events) {
    if (!events.isEmpty()) {
      String name = events.get(0).time().toString().replace(':', '-');
      table.append(name, events.stream().map(event -> row(miner, event)).toList(), SCHEMA);
    }
  }

  /** The files of a warehouse's. */
  static List<FileStatus> files(Warehouse warehouse) {
    return warehouse.table(NAME).fileStatuses();
  }

  /** Gives all events of a kind, in no order; without Spark. */
  public void forEach(ChainEvent.Kind kind, Consumer<ChainEvent> reader) {
    table.forEachRow(
        row -> {
          if (row.getString("kind", 0).equals(kind.label())) {
            reader.accept(event(kind, row));
          }
        });
  }

  private static Row row(String miner, ChainEvent event) {
    return RowFactory.create(
        Timestamp.from(event.time()),
        event.kind().label(),
        event.subject(),
        event.height(),
        miner,
        event.detail());
  }

  private static ChainEvent event(ChainEvent.Kind kind, Group row) {
    @Nullable Long height =
        row.getFieldRepetitionCount("height") == 0 ? null : (Long) row.getLong("height", 0);
    return new ChainEvent(
        Instant.EPOCH.plus(row.getLong("time", 0), ChronoUnit.MICROS),
        kind,
        row.getString("subject", 0),
        height,
        row.getString("detail", 0));
  }
}
