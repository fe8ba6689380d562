package io.goldennonce.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.chain.table.BlockTable;
import io.goldennonce.cli.CliRun;
import io.goldennonce.cluster.Submission;
import io.goldennonce.monitor.Browser;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Browsers that mine by the page of a service, beside a miner on Spark. */
@Tag("full")
class MiningPageIT {
  private static final int BLOCKS = 20;
  private static final List<String> MINERS = List.of("desk", "phone", "spark");

  private record Found(long height, String miner) {}

  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void twoBrowsersAndASparkMiner_onOneChain_eachFindBlocksAndAllAreVerified() throws Exception {
    Submission service =
        start(
            "serve-work",
            "--page",
            "--port",
            "0",
            "--difficulty",
            "18",
            "--warehouse",
            at("served"));
    String address = address(service);
    try (Browser desk = new Browser(directory.resolve("desk"));
        Browser phone = new Browser(directory.resolve("phone"))) {
      desk.size(1100, 800, false);
      phone.size(360, 740, true);
      desk.open(address);
      phone.open(address);
      assertHashesAreOurs(desk);
      Submission spark = start(sparkMiner(address));
      while (spark.out().isEmpty()) {
        assertThat(spark.isAlive()).as(spark.err()).isTrue();
        Thread.sleep(20);
      }
      begin(desk, "desk");
      begin(phone, "phone");
      while (finds(blocks()).size() < MINERS.size() || blocks().size() < BLOCKS) {
        Thread.sleep(200);
      }
      spark.signal("TERM");
      assertThat(spark.await().code()).isEqualTo(130);
      end(desk);
      end(phone);
      assertThat(phone.ask("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);

      Map<String, Long> finds = finds(blocks());
      assertThat(finds).containsOnlyKeys(MINERS);
      assertThat(desk.text("#accepted")).isEqualTo("" + finds.get("desk"));
      assertThat(phone.text("#accepted")).isEqualTo("" + finds.get("phone"));
      assertThat(accepted(spark)).isEqualTo(finds.get("spark"));
      for (Browser browser : List.of(desk, phone)) {
        // A solution that comes too late is answered with 422, which is on the console.
        assertThat(browser.complaints())
            .allMatch(line -> line.contains(" 422 ") || line.contains(" 400 "));
        assertThat(browser.text("#kernel")).as("WebAssembly runs").isEmpty();
      }
    }
    service.signal("TERM");
    assertThat(service.await().code()).isEqualTo(130);
    List<Long> heights = blocks().stream().map(Found::height).sorted().toList();
    assertThat(heights).hasSizeGreaterThanOrEqualTo(BLOCKS);
    assertThat(heights).isEqualTo(LongStream.range(0, heights.size()).boxed().toList());
    CliRun verified = CliRun.of("verify", "--warehouse", at("served"));
    assertThat(verified.code()).as(verified.toString()).isZero();
  }

  /** The page's two ways to hash, compared with each other and with ours. */
  private static void assertHashesAreOurs(Browser browser) {
    Random random = new Random(18);
    List<String> headers = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      byte[] header = new byte[80];
      random.nextBytes(header);
      System.arraycopy(new byte[] {-1, -1, 0, 0x1d}, 0, header, 72, 4); // bits that are some
      BlockHeader ours =
          BlockHeader.ofHex(HexFormat.of().formatHex(header)).withNonce(0xffffffffL - i);
      headers.add("'" + ours.toHex() + "'");
      hashes.add(ours.hash().toDisplay());
    }
    String script =
        """
        import('./sha256d.js').then(async ({ hash, prepare, scanPlain, vectorScan }) => {
          const scan = await vectorScan();
          return [%s].map((header, i) => {
            const prepared = prepare(header);
            const ends = [scan, scanPlain].map((one) => one(prepared, i * 0x9e3779b1 | 0, 100, 0x7fffff));
            return ends[0] === ends[1] ? hash(prepared, 0xffffffff - i) : ends.join();
          });
        })\
        """
            .formatted(String.join(",", headers));
    assertThat(browser.ask(script)).isEqualTo(hashes);
  }

  private static void begin(Browser browser, String name) {
    assertThat(browser.text("#state")).isEqualTo("not started");
    browser.ask("document.getElementById('name').focus()");
    browser.press(name);
    browser.ask("document.getElementById('cores').value = 1");
    browser.ask("document.getElementById('start').click()");
    browser.await("#state", "mining"::equals);
  }

  /** Presses Stop; a solution on its way still gets its verdict. */
  private static void end(Browser browser) throws InterruptedException {
    browser.await("#rate", text -> text.endsWith("H/s"));
    browser.ask("document.getElementById('start').click()");
    browser.await("#state", "stopped"::equals);
    while (!browser.ask("workers.size").equals(0L)) {
      Thread.sleep(20);
    }
  }

  private static long accepted(Submission spark) {
    return spark.out().stream().filter(line -> line.contains("\"verdict\":\"accepted\"")).count();
  }

  private List<Found> blocks() {
    return Warehouse.open(at("served"), new Configuration())
        .table(BlockTable.SCHEMA)
        .read(row -> new Found(row.getLong("height"), row.getString("miner")));
  }

  /** By miner; the chain's first block has none. */
  private static Map<String, Long> finds(List<Found> blocks) {
    return blocks.stream()
        .filter(block -> block.height() > 0)
        .collect(Collectors.groupingBy(Found::miner, Collectors.counting()));
  }

  private Submission start(String... program) throws IOException, InterruptedException {
    return Submission.onOneCore(directory.resolve("runs"), program);
  }

  private String[] sparkMiner(String address) {
    return new String[] {
      "work",
      "--service",
      address,
      "--json",
      "--quiet",
      "--warehouse",
      at("spark"),
      "-D",
      "chain.miner=spark",
      "-D",
      "service.poll-interval=100ms"
    };
  }

  private static String address(Submission service) throws InterruptedException {
    while (service.out().isEmpty()) {
      assertThat(service.isAlive()).as(service.err()).isTrue();
      Thread.sleep(20);
    }
    return service.out().get(0) + "/";
  }

  private String at(String name) {
    return directory.resolve(name).toString();
  }
}
