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
 * Writes the events of an interval to the table {@code events} together. Events that can't be
 * written are a warning, never an exception: what they tell has happened all the same.
 */
public final class EventBatch implements EventLog, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventBatch.class);

  private final BatchedAppends<ChainEvent> events;

  /**
   * @param warehouse asked when there is something to write
   * @param miner who saw the events
   * @param interval how long an event may wait
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

  /** Writes what waits, and stops. */
  @Override
  public void close() {
    try {
      events.close();
    } catch (RuntimeException e) {
      LOG.warn("events could not be written: {}", e.toString());
    }
  }
}
