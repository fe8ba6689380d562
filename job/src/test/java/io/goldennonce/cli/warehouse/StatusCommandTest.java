package io.goldennonce.cli.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cli.CliRun;
import io.goldennonce.table.storage.Lease;
import io.goldennonce.table.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class StatusCommandTest {
  private final Path directory;

  StatusCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void status_afterASearch_showsItByFileAndByWarehouse() throws Exception {
    Path file = directory.resolve("status.json");
    Path warehouse = directory.resolve("warehouse");
    CliRun mined =
        CliRun.of(
            "mine",
            "--data=a",
            "--difficulty=12",
            "--json",
            "--warehouse=" + warehouse,
            "--status=" + file);
    assertThat(mined.code()).isZero();
    JsonNode block = new ObjectMapper().readTree(mined.out().get(0));
    String hash = block.get("hash").asText();
    assertThat(mined.err())
        .singleElement()
        .asString()
        .startsWith("block 1: found " + hash + ", nonce " + block.get("nonce").asLong())
        .contains(" tried in ", ", luck ");

    CliRun byFile = CliRun.of("status", file.toString(), "--follow");
    assertThat(byFile.code()).isZero();
    assertThat(byFile.out()).hasSize(3);
    assertThat(byFile.out().get(0)).startsWith("search_id").endsWith("hash");
    assertThat(byFile.out().get(2)).contains(" found ", hash);

    CliRun json = CliRun.of("status", file.toString(), "--json");
    assertThat(new ObjectMapper().readTree(json.out().get(0)))
        .isEqualTo(new ObjectMapper().readTree(file.toFile()));

    byte[] holder = "7 elsewhere".getBytes(StandardCharsets.UTF_8);
    Storage storage = Storage.at(warehouse.toString(), new Configuration(false));
    String search = "0123456789abcdef-0-4294967296";
    try (Lease lease = Lease.take(storage, "_running", search, holder, Duration.ofMinutes(5))) {
      assertThat(lease).isNotNull();
      CliRun all = CliRun.of("status", "--warehouse", warehouse.toString());
      assertThat(all.code()).as(all.err().toString()).isZero();
      assertThat(all.out()).hasSize(4);
      assertThat(all.out().get(2)).startsWith("0123456789abcdef  elsewhere 7  running");
      assertThat(all.out().get(3)).contains("mine", " found ", hash);
    }
    CliRun past = CliRun.of("status", "--limit=0", "--warehouse", warehouse.toString());
    assertThat(past.out()).containsExactly("no searches yet");
  }

  @Test
  void status_ofAWarehouseWithoutSearches_saysSo() throws Exception {
    Path warehouse = Files.createDirectories(directory.resolve("empty"));
    Files.createFile(warehouse.resolve("_golden_nonce"));
    CliRun run = CliRun.of("status", "--warehouse", warehouse.toString());
    assertThat(run.code()).isZero();
    assertThat(run.out()).containsExactly("no searches yet");
  }
}
