package io.goldennonce.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.app.ExitCode;
import io.goldennonce.cli.CliRun;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("spark")
class PlanCommandTest {
  private final Path directory;

  PlanCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void plan_confidenceAndTimeout_printsExecutorsTimesAndCosts() {
    CliRun run = plan("--difficulty 40 --confidence 95 --timeout 1h --rate 25M");
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains(
            "expected hashes     1.100e+12",
            "rate per core       25.0 MH/s, as given",
            "executors           10 with 4 cores each, 40 in total",
            "start-up            1 m 0 s",
            "found by then       96.00 %",
            "p50 time            13 m 42 s",
            "keyspace exhausted  0.00 %")
        .anyMatch(line -> line.startsWith("c7a.xlarge") && line.contains("96.00 %"))
        .anyMatch(line -> line.startsWith("Prices in USD as of 20"));
  }

  @Test
  void plan_json_hasTheSame() throws IOException {
    JsonNode json = json(plan("--difficulty 40 --timeout 1h --rate 25e6 --json"));
    assertThat(json.get("executors").asInt()).isEqualTo(10);
    assertThat(json.get("cores").asInt()).isEqualTo(40);
    assertThat(json.get("probability").asDouble()).isCloseTo(0.96003, within(1e-5));
    assertThat(json.get("exhausted_probability").asDouble()).isZero();
    assertThat(json.get("met").asBoolean()).isTrue();
    assertThat(json.get("instances")).hasSizeGreaterThan(3);
    assertThat(instance(json, "c7a.xlarge").get("cost_at_most").asDouble())
        .isCloseTo(10 * 0.2566, within(1e-9));
  }

  /** By money GPUs win, and the cheap ones first. */
  @Test
  void plan_instances_areInTheOrderOfWhatABlockCosts() throws IOException {
    JsonNode json = json(plan("--difficulty 48 --workers 100 --rate 25e6 --json"));
    JsonNode g6e = instance(json, "g6e.xlarge");
    assertThat(json.get("instances").get(0)).isEqualTo(g6e);
    assertThat(g6e.get("rate_is").asText()).isEqualTo("derived");
    assertThat(g6e.get("cost_per_block").asDouble())
        .isCloseTo(Math.scalb(1.0, 48) / 10.9e9 / 3600 * 2.326, withinPercentage(0.01));
    assertThat(json.get("instances").findValues("cost_per_block"))
        .isSortedAccordingTo(Comparator.comparingDouble(JsonNode::asDouble));
    assertThat(instance(json, "p5en.48xlarge").get("rate_is").asText()).isEqualTo("measured");
    assertThat(plan("--difficulty 48 --workers 100 --rate 25e6").out())
        .anyMatch(line -> line.matches("g6e.xlarge +\\d+ +10.9 G +derived +16.69 .*"));
  }

  private static JsonNode instance(JsonNode plan, String name) {
    for (JsonNode offer : plan.get("instances")) {
      if (offer.get("instance").asText().equals(name)) {
        return offer;
      }
    }
    throw new AssertionError("no " + name + " in " + plan);
  }

  @Test
  void plan_workers_givesTheProbability() throws IOException {
    JsonNode json =
        json(
            plan(
                "--bits 1d00ffff --workers 2 --cores 1 --rate 1M --timeout 1h --startup 5s"
                    + " --json"));
    assertThat(json.get("probability").asDouble())
        .isCloseTo(1 - Math.exp(-2e6 * 3_595 / 4_295_032_833.0), within(1e-6));
    assertThat(json.get("cores").asInt()).isEqualTo(2);
  }

  /** The bits of mainnet's block 840,000: chances so small that percents would say nothing. */
  @Test
  void plan_mainnetsDifficulty_saysTheOdds() throws IOException {
    String mainnet = "--bits 17034219 --workers 100 --rate 25M";
    assertThat(plan(mainnet + " --timeout 720h").out())
        .contains(
            "expected hashes     3.710e+23",
            "executors           100 with 4 cores each, 400 in total",
            "found by then       1 in 1.43e+07",
            "p50 time            never: the keyspace is tried in 29.2 years",
            "keyspace exhausted  100.00 %")
        .anyMatch(line -> line.startsWith("c7a.xlarge") && line.contains("1 in 1.43e+07"));
    JsonNode endless = json(plan(mainnet + " --json"));
    assertThat(instance(endless, "c7a.xlarge").get("cost_at_most").asDouble())
        .as("until the keyspace is tried")
        .isCloseTo(100 * 0.2566 * 29.2 * 365.25 * 24, withinPercentage(1));
  }

  @Test
  void plan_noRate_measuresThisMachine() throws IOException {
    JsonNode json = json(plan("--difficulty 20 --workers 1 --json -D plan.measure-time=300ms"));
    assertThat(json.get("rate_measured").asBoolean()).isTrue();
    assertThat(json.get("rate_per_core").asDouble()).isGreaterThan(1_000);
    assertThat(json.has("probability")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--difficulty 60 --timeout 1h|there are 1000 at most",
        "--difficulty 40 --timeout 30s|uses up the deadline",
        "--difficulty 32 --timeout 1h --limit 4294967296|all 4294967296 positions"
      })
  void plan_cantBeMet_saysWhyAndTheNearest(String text) {
    String[] parts = text.split("\\|", -1);
    CliRun run = plan(parts[0] + " --rate 25M");
    assertThat(run.code()).isEqualTo(ExitCode.NOT_FOUND.code());
    assertThat(run.err()).singleElement().asString().contains(parts[1], "; nearest: ");
    assertThat(run.out()).anyMatch(line -> line.startsWith("nearest executors"));
  }

  @Test
  void plan_budget_printsProbabilitiesOrDifficulties() throws IOException {
    CliRun run = plan("--budget 3 --difficulty 40 --timeout 1h --json");
    assertThat(run.err())
        .containsExactly(
            "golden-nonce plan: the budget is too small for one p5en.48xlarge for this time");
    JsonNode offers = new ObjectMapper().readTree(run.out().get(0));
    assertThat(instance(offers, "c7a.xlarge").get("count").asInt()).isEqualTo(11);
    JsonNode best =
        new ObjectMapper().readTree(plan("--budget 3 --timeout 1h --json").out().get(0));
    assertThat(best.get("best_difficulty").get("c7a.xlarge").asInt()).isEqualTo(40);
    assertThat(plan("--budget 3").out()).anyMatch(line -> line.matches("c7a.xlarge +40"));
    assertThat(plan("--budget 3 --difficulty 40").out())
        .anyMatch(line -> line.startsWith("c7a.xlarge"));
  }

  @Test
  void mine_workers_keepsPlannedBesideActual() throws IOException {
    Path warehouse = directory.resolve("warehouse");
    String mine = "mine --data a --difficulty 12 --rate 1M --timeout 5m --warehouse " + warehouse;
    CliRun run = run(mine + " --workers 1");
    assertThat(run.code()).isZero();
    assertThat(run.err())
        .first()
        .asString()
        .startsWith("planned: 1 worker of 1 core at 1.00 MH/s per core, 100.0 % by the deadline");
    assertThat(run(mine + " --confidence 99 --quiet").code()).isZero();

    CliRun rows =
        CliRun.of(
            "sql",
            "--json",
            "--warehouse",
            warehouse.toString(),
            "SELECT slots, planned_workers, planned_rate, planned_p95_seconds, planned_probability,"
                + " planned_limit_seconds FROM searches");
    assertThat(rows.out()).hasSize(2);
    for (String line : rows.out()) {
      JsonNode row = new ObjectMapper().readTree(line);
      assertThat(row.get("slots").asInt()).isEqualTo(1);
      assertThat(row.get("planned_workers").asInt()).isEqualTo(1);
      assertThat(row.get("planned_rate").asDouble()).isEqualTo(1e6);
      assertThat(row.get("planned_p95_seconds").asDouble()).isCloseTo(0.01227, within(1e-5));
      assertThat(row.get("planned_limit_seconds").asDouble()).isBetween(200.0, 300.0);
      assertThat(row.get("planned_probability").asDouble()).isCloseTo(1, within(1e-9));
    }

    CliRun report = run("plan --calibrate --warehouse " + warehouse);
    assertThat(report.out()).anyMatch(line -> line.startsWith("p95          2 "));
    JsonNode json = json(run("plan --calibrate --json --warehouse " + warehouse));
    assertThat(json.get("quantiles")).hasSize(3);

    Path picture = directory.resolve("plan.png");
    assertThat(plan("--difficulty 30 --workers 2 --cores 1 --rate 10M --plot " + picture).code())
        .isZero();
    BufferedImage image = ImageIO.read(picture.toFile());
    assertThat(image.getWidth()).isEqualTo(1000);
    assertThat(coloursOf(image)).contains(0x9ecae1, 0x4292c6, 0x08519c);
  }

  @Test
  void mine_confidenceThatCantBeHad_isRefusedBeforeItStarts() {
    Path warehouse = directory.resolve("none");
    CliRun run =
        run(
            "mine --data a --difficulty 60 --confidence 95 --timeout 1m --rate 1M --warehouse "
                + warehouse);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err())
        .singleElement()
        .asString()
        .contains("--confidence: it takes", "at most; nearest: ");
    assertThat(warehouse).doesNotExist();
  }

  private CliRun plan(String options) {
    String none = options.contains("--warehouse") ? "" : " --warehouse " + directory + "/none";
    return run("plan " + options + none);
  }

  private static CliRun run(String line) {
    return CliRun.of(line.split(" ", -1));
  }

  private static JsonNode json(CliRun run) throws IOException {
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).hasSize(1);
    return new ObjectMapper().readTree(run.out().get(0));
  }

  private static List<Integer> coloursOf(BufferedImage image) {
    return Stream.of(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, 1000))
        .flatMap(pixels -> Arrays.stream(pixels).mapToObj(pixel -> pixel & 0xffffff))
        .distinct()
        .toList();
  }
}
