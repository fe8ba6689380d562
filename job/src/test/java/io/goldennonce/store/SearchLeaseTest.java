package io.goldennonce.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.testing.AtOnce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchLeaseTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Path directory;
  private final Warehouse warehouse;
  private Path file = Path.of("set before each");

  SearchLeaseTest(@TempDir Path directory) {
    this.directory = directory;
    this.warehouse = Warehouse.openOrCreate(directory.toString(), new Configuration());
  }

  @BeforeEach
  void findFile() {
    warehouse.lease("s", "probe", LONG).release();
    file = directory.resolve("_running/s.json");
  }

  @Test
  void take_heldByALivingProcess_isRefusedWithItsName() {
    warehouse.lease("s", "one", LONG);
    assertThatThrownBy(() -> warehouse.lease("s", "two", LONG))
        .isInstanceOf(WarehouseException.class)
        .hasMessageContaining("by process " + ProcessHandle.current().pid())
        .hasMessageContaining("--shard I/N");
  }

  @Test
  void take_notRenewedForLong_isTaken() throws IOException {
    warehouse.lease("s", "one", LONG);
    warehouse.lease("s", "two", Duration.ZERO);
    assertThat(holder()).isEqualTo("two");
  }

  @Test
  void take_released_isTaken() throws IOException {
    warehouse.lease("s", "one", LONG).release();
    warehouse.lease("s", "two", LONG);
    assertThat(holder()).isEqualTo("two");
  }

  /** A driver that was killed while it wrote its lease must not keep others away for good. */
  @ParameterizedTest
  @ValueSource(strings = {"", "{\"run_id\":\"o", "null", "\0\0"})
  void take_leftHalfWritten_isTaken(String half) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, half);
    warehouse.lease("s", "two", LONG);
    assertThat(holder()).isEqualTo("two");
  }

  @Test
  void take_leftWithoutItsChecksum_isTaken() throws IOException {
    warehouse.lease("s", "one", LONG).renew();
    Files.writeString(file, "{}");
    warehouse.lease("s", "two", LONG);
    assertThat(holder()).isEqualTo("two");
  }

  /** Each holds it for a moment, so that others come when it has just been released. */
  @Test
  void take_byFourWhoReleaseItAgain_isHeldByOneAtATime() throws Exception {
    int rounds = 100;
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtOnce.run(
        4,
        process -> {
          for (int round = 0; round < rounds; round++) {
            try {
              SearchLease lease = warehouse.lease("s", "process " + process, LONG);
              most.accumulateAndGet(holders.incrementAndGet(), Math::max);
              holders.decrementAndGet();
              lease.release();
            } catch (SearchTakenException e) {
              // Another holds it.
            }
          }
        });
    assertThat(most).hasValue(1);
    assertThat(file).doesNotExist();
  }

  private String holder() throws IOException {
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    return json.path("run_id").asText();
  }
}
