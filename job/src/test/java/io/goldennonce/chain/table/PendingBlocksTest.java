package io.goldennonce.chain.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.chain.BlockStore.Start;
import io.goldennonce.table.storage.MemoryStorage;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PendingBlocksTest {
  private final MemoryStorage storage = new MemoryStorage();

  /** Its file is named as by 0.1.0, which had no version bits. */
  @Test
  void started_byAnEarlierVersion_hasAFixedVersion() {
    storage.put("_pending/feed-1795219200123456-7", new byte[0]);
    storage.put("_pending/cafe-1795219200123456-7-5", new byte[0]);
    PendingBlocks pending = new PendingBlocks(storage);
    assertThat(pending.started("feed"))
        .contains(new Start(Instant.ofEpochSecond(1795219200, 123_456_000), 7, 0));
    assertThat(pending.started("cafe")).as("more bits than can roll").isEmpty();
  }

  @Test
  void start_thatAnEarlierVersionSaved_replacesItsFile() {
    storage.put("_pending/feed-1795219200123456-7", new byte[0]);
    PendingBlocks pending = new PendingBlocks(storage);
    pending.start("feed", pending.started("feed").orElseThrow());
    pending.end("feed");
    assertThat(storage.list("_pending")).isEmpty();
  }

  @Test
  void started_afterARestart_knowsHowTheBlockWasStarted() {
    PendingBlocks pending = new PendingBlocks(storage);
    Start start = new Start(Instant.parse("2026-11-21T00:00:00.123456Z"), 7, 3);
    assertThat(pending.started("feed")).isEmpty();
    pending.start("feed", start);
    pending.start("cafe", start);
    storage.put("_pending/what is this", new byte[0]);

    PendingBlocks restarted = new PendingBlocks(storage);
    assertThat(restarted.started("feed")).contains(start);
    restarted.end("feed");
    restarted.end("feed");
    assertThat(restarted.started("feed")).isEmpty();
    assertThat(new PendingBlocks(storage).started("feed")).isEmpty();
    assertThat(new PendingBlocks(storage).started("cafe")).contains(start);
  }
}
