package io.goldennonce.chain.table;

import io.goldennonce.chain.ChainEvent;
import io.goldennonce.chain.EventLog;
import io.goldennonce.table.BatchedAppends;
import io.goldennonce.warehouse.Warehouse;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the events of an interval to the table {@code events} together. If they can't be written,
 * it logs a warning and throws nothing, since the events have happened nevertheless.
 */
public final class EventBatch implements EventLog, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventBatch.class);

  private final BatchedAppends<ChainEvent> events;

  /**
   * @param warehouse opens the warehouse, once there is something to write
   * @param miner who saw the events
   * @param interval maximum time that an event waits
   */
  public EventBatch(Supplier<Warehouse> warehouse, String miner, Duration interval) {
    this.events =
        new BatchedAppends<>(
            "events", rows -> new EventTable(warehouse.get()).append(miner, rows), interval);
  }

  @Override
  public void append(List<ChainEvent> added) {
    events.add(added);
  }

  /** Writes the waiting events, and stops. */
  @Override
  public void close() {
    try {
      events.close();
    } catch (RuntimeException e) {
      LOG.warn("events could not be written: {}", e.toString());
    }
  }
}
