package io.goldennonce.cli.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.cli.CliRun;
import io.goldennonce.pow.RealHeaders;
import io.goldennonce.testing.OldWarehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class VerifyCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final String warehouse;

  VerifyCommandTest(@TempDir Path directory) {
    this.directory = directory;
    this.warehouse = directory.resolve("warehouse").toString();
  }

  @Test
  void warehouseOfVersion010_isReadMinedOnCompactedAndVerified() throws IOException {
    String old = OldWarehouse.unpack(directory).toString();
    String counts = "SELECT (SELECT count(*) FROM blocks) b, (SELECT count(*) FROM chain) c";
    CliRun read = CliRun.of("sql", counts, "--json", "--warehouse", old);
    assertThat(read.out()).as("%s", read.err()).containsExactly("{\"b\":10,\"c\":9}");
    CliRun sound = CliRun.of("verify", old);
    assertThat(sound.out()).isEmpty();
    assertThat(sound.err())
        .containsExactly("golden-nonce verify: 10 blocks, 9 on the chain, 0 faults");

    String[] unsolved = {"mine", "--data=unsolved", "--difficulty=60", "--timeout=1s", "--json"};
    CliRun resumed = CliRun.of(with(new String[] {"--warehouse", old}, unsolved));
    assertThat(resumed.code()).as("%s", resumed.err()).isEqualTo(3);
    assertThat(JSON.readTree(resumed.out().get(0)).get("search_id").asText())
        .as("the search whose deadline version 0.1.0 met")
        .isEqualTo("de02722c312785e1");
    CliRun mined =
        CliRun.of("mine", "--data", "later", "--difficulty", "8", "--json", "--warehouse", old);
    assertThat(json(mined).get("height").asLong()).isEqualTo(9);
    assertThat(CliRun.of("compact", "--now", old).code()).isZero();
    assertThat(CliRun.of("verify", old).err())
        .containsExactly("golden-nonce verify: 11 blocks, 10 on the chain, 0 faults");
    assertThat(CliRun.of("sql", counts, "--json", "--warehouse", old).out())
        .containsExactly("{\"b\":11,\"c\":10}");
  }

  @Test
  void warehouseOfALaterFormat_isRefusedInOneLine() throws IOException {
    Path marker = Files.createDirectory(Path.of(warehouse)).resolve("_golden_nonce");
    Files.writeString(marker, "3\n");
    for (String command : List.of("verify", "compact", "status")) {
      CliRun run = CliRun.of(command, "--warehouse", warehouse);
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err())
          .singleElement()
          .asString()
          .endsWith(
              "the warehouse's format must be 2 or older, got 3 in file:"
                  + marker
                  + "; use the program that made it or a later one, or choose another with"
                  + " --warehouse");
    }
    CliRun mine = CliRun.of("mine", "--data=a", "--difficulty=8", "--warehouse", warehouse);
    assertThat(mine.code()).isEqualTo(2);
    assertThat(marker).hasContent("3\n");
  }

  @Test
  void verify_minedChain_passesCompactedOrNotAndATamperedOneFails() throws IOException {
    mine("--blocks", "3", "--difficulty", "8");
    CliRun sound = CliRun.of("verify", warehouse);
    assertThat(sound.out()).isEmpty();
    assertThat(sound.err()).containsExactly(summary(4, 0));
    assertThat(sound.code()).isZero();

    JsonNode before = json(CliRun.of("restore", "--json", "--last", "2", warehouse));
    assertThat(before.get("height").asLong()).isEqualTo(3);
    assertThat(before.get("next_bits").isNull()).isTrue();
    assertThat(before.get("blocks").asLong()).isEqualTo(4);
    assertThat(before.get("stale_blocks").asLong()).isZero();
    assertThat(before.get("last_blocks")).hasSize(2);
    CliRun compacted = CliRun.of("compact", "--now", "--json", warehouse);
    assertThat(compacted.code()).as("%s", compacted.err()).isZero();
    JsonNode blocks = JSON.readTree(compacted.out().get(0));
    assertThat(blocks.get("merged_files").asLong()).isEqualTo(4);
    assertThat(blocks.get("files").asLong()).isEqualTo(1);
    assertThat(json(CliRun.of("restore", "--json", "--last", "2", warehouse))).isEqualTo(before);
    assertThat(CliRun.of("verify", warehouse).err()).containsExactly(summary(4, 0));
    CliRun text = CliRun.of("restore", warehouse);
    assertThat(text.out()).anyMatch(line -> line.matches("height +3"));

    Path bad = Path.of(warehouse, "blocks", "bad.parquet");
    Files.write(bad, new byte[100]);
    CliRun table = CliRun.of("verify", "--warehouse", warehouse);
    assertThat(table.code()).isEqualTo(1);
    assertThat(table.out()).hasSize(3);
    assertThat(table.out().get(0)).startsWith("height  hash  rule");
    CliRun rows = CliRun.of("verify", "--json", warehouse);
    assertThat(rows.code()).isEqualTo(1);
    JsonNode fault = JSON.readTree(rows.out().get(0));
    assertThat(fault.fieldNames())
        .toIterable()
        .containsExactly("height", "hash", "rule", "expected", "found");
    assertThat(fault.get("found").asText()).contains(bad.toString());
    Files.delete(bad);

    // By another configuration it is not the chain.
    CliRun other = CliRun.of("verify", "--json", "-D", "chain.genesis-data=other", warehouse);
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.out()).anyMatch(line -> line.contains("\"rule\":\"genesis\""));
  }

  @Test
  void mine_withARetargetWindow_followsTheRule() throws IOException {
    String[] rules = {
      "-D", "chain.retarget-window=3", "-D", "chain.genesis-difficulty=4",
      "-D", "chain.genesis-time=2026-01-01T00:00:00Z", "-D", "chain.block-interval=1h"
    };
    mine(with(rules, "--blocks", "7"));
    CliRun run = CliRun.of(with(rules, "verify", warehouse));
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode state = json(CliRun.of(with(rules, "restore", "--json", warehouse)));
    assertThat(state.get("last_blocks")).hasSize(8);
    // Seven blocks in much less than an hour: harder by four at the second boundary.
    assertThat(state.get("last_blocks").get(0).get("bits").asText()).isEqualTo("200fffff");
    assertThat(state.get("bits").asText()).isEqualTo("2003ffff");
    assertThat(state.get("next_bits").asText()).isEqualTo("2003ffff");
  }

  @Test
  void headers_realOnes_passInEachFormAndAFlippedBitFails() throws IOException {
    List<String> rows = new ArrayList<>(List.of("height,header_hex,hash"));
    RealHeaders.windowEnds()
        .forEach(
            (height, header) ->
                rows.add(height + "," + header.toHex() + "," + header.hash().toDisplay()));
    Path csv = Files.write(directory.resolve("headers.csv"), rows);
    CliRun sound = CliRun.of("verify", "--headers", csv.toString());
    assertThat(sound.out()).isEmpty();
    assertThat(sound.err()).containsExactly("golden-nonce verify: 413 headers, 0 faults");
    assertThat(sound.code()).isZero();

    String row = rows.get(200);
    int digit = row.indexOf(',') + 30;
    String flipped = row.charAt(digit) == '0' ? "1" : "0";
    rows.set(200, row.substring(0, digit) + flipped + row.substring(digit + 1));
    Files.write(csv, rows);
    CliRun tampered = CliRun.of("verify", "--json", "--headers", csv.toString());
    assertThat(tampered.code()).isEqualTo(1);
    assertThat(tampered.out()).isNotEmpty();
    assertThat(JSON.readTree(tampered.out().get(0)).get("height").asText())
        .isEqualTo(row.substring(0, row.indexOf(',')));

    Path pattern = directory.resolve("h[1]{2}*.csv");
    Files.write(pattern, rows.subList(0, 2));
    CliRun one = CliRun.of("verify", "--headers", pattern.toString());
    assertThat(one.err()).containsExactly("golden-nonce verify: 1 header, 0 faults");

    // A chain of one's own is a table of headers too, if not one of Bitcoin's.
    mine("--difficulty", "8");
    CliRun parquet = CliRun.of("verify", "--json", "--headers", warehouse + "/blocks");
    assertThat(parquet.err()).anyMatch(line -> line.startsWith("golden-nonce verify: 2 headers"));
    assertThat(parquet.out())
        .isNotEmpty()
        .allSatisfy(
            line -> assertThat(JSON.readTree(line).get("rule").asText()).isIn("limit", "retarget"));
  }

  private String summary(int blocks, int faults) {
    return "golden-nonce verify: %d blocks, %d on the chain, %d faults"
        .formatted(blocks, blocks, faults);
  }

  private void mine(String... options) {
    CliRun run =
        CliRun.of(with(options, "mine", "--data", "a", "--quiet", "--warehouse", warehouse));
    assertThat(run.code()).as("%s", run.err()).isZero();
  }

  private static JsonNode json(CliRun run) throws IOException {
    assertThat(run.code()).as("%s", run.err()).isZero();
    return JSON.readTree(run.out().get(0));
  }

  private static String[] with(String[] more, String... first) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
  }
}
