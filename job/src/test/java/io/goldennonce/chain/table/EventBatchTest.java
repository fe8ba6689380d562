package io.goldennonce.chain.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.ChainEvent;
import io.goldennonce.chain.ChainRules;
import io.goldennonce.chain.Genesis;
import io.goldennonce.chain.Retarget;
import io.goldennonce.table.storage.ForwardingStorage;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.testing.Warnings;
import io.goldennonce.warehouse.Warehouse;
import io.goldennonce.work.BlockHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventBatchTest {
  private static final ChainRules RULES =
      new ChainRules(Retarget.FIXED, Genesis.block(Instant.ofEpochSecond(1), "first", 0));

  private final FullForEvents storage;
  private final Warehouse warehouse;

  EventBatchTest(@TempDir Path directory) throws IOException {
    storage = new FullForEvents(Storage.at(directory.toString(), new Configuration(false)));
    warehouse = new Warehouse(storage);
  }

  @Test
  void append_eventsCannotBeWritten_keepsTheBlockAndWarns() {
    Block block = RULES.genesis();
    BlockStore chain = new WarehouseChain(warehouse, RULES);
    try (Warnings warnings = new Warnings("io.goldennonce.chain.table")) {
      try (EventBatch events = new EventBatch(() -> warehouse, "me", Duration.ofHours(1))) {
        new BlockHistory(chain, events).append(block);
        assertThat(chain.tip().orElseThrow().hash()).isEqualTo(block.hash());
      }
      assertThat(warnings.messages())
          .singleElement()
          .asString()
          .contains("events could not be written", "No space left on device");
    }
    assertThat(new BlockTable(warehouse).tip().orElseThrow().hash()).isEqualTo(block.hash());
  }

  @Test
  void append_eventsCanBeWrittenLater_writesThemOnce() {
    try (EventBatch events = new EventBatch(() -> warehouse, "me", Duration.ofMillis(1))) {
      new BlockHistory(new WarehouseChain(warehouse, RULES), events).append(RULES.genesis());
      storage.full = false;
    }
    assertThat(new EventTable(warehouse).all(ChainEvent.Kind.BLOCK_ADDED)).hasSize(1);
    assertThat(new EventTable(warehouse).all(ChainEvent.Kind.BLOCK_FOUND)).hasSize(1);
  }

  /** Has no room for events. */
  private static final class FullForEvents extends ForwardingStorage {
    private volatile boolean full = true;

    FullForEvents(Storage storage) {
      super(storage);
    }

    @Override
    public void publish(String path, byte[] content) throws IOException {
      if (full && path.startsWith("events/")) {
        throw new IOException("No space left on device");
      }
      super.publish(path, content);
    }
  }
}
