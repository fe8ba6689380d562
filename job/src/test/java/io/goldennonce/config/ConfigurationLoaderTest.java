package io.goldennonce.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationLoaderTest {
  /** Every key but Spark's, each with a value that is not its default. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("warehouse", "s3a://bucket/warehouse"),
          Map.entry("compaction.files", "1000"),
          Map.entry("search.kernel", "scalar"),
          Map.entry("search.range-time", "1500ms"),
          Map.entry("search.first-range", "7"),
          Map.entry("search.report-interval", "125ms"),
          Map.entry("search.events-per-second", "9"),
          Map.entry("search.audit-share", "0.25"),
          Map.entry("search.checkpoint-interval", "4s"),
          Map.entry("search.stop-wait", "2m"),
          Map.entry("chain.difficulty", "31"),
          Map.entry("chain.miner", "someone"),
          Map.entry("chain.version-bits", "4"),
          Map.entry("chain.block-transactions", "3"),
          Map.entry("chain.max-wait", "7s"),
          Map.entry("pool.interval", "100ms"),
          Map.entry("pool.settle-time", "2s"),
          Map.entry("pool.max-transaction", "100"),
          Map.entry("chain.block-interval", "10m"),
          Map.entry("chain.retarget-window", "2016"),
          Map.entry("chain.retarget-clamp", "3"),
          Map.entry("chain.genesis-time", "2009-01-03T18:15:05Z"),
          Map.entry("chain.genesis-data", "news"),
          Map.entry("chain.genesis-difficulty", "32"),
          Map.entry("node.cookie", "/home/bitcoin/.cookie"),
          Map.entry("node.user", "miner"),
          Map.entry("node.timeout", "7s"),
          Map.entry("node.template-age", "9s"),
          Map.entry("node.poll-interval", "300ms"),
          Map.entry("node.longest-pause", "8s"),
          Map.entry("node.version-bits", "2"),
          Map.entry("service.timeout", "21s"),
          Map.entry("service.poll-interval", "400ms"),
          Map.entry("service.longest-pause", "22s"),
          Map.entry("progress.plain-interval", "3s"),
          Map.entry("stratum.timeout", "23s"),
          Map.entry("stratum.silence", "2m"),
          Map.entry("stratum.keep-alive", "24s"),
          Map.entry("stratum.job-age", "25s"),
          Map.entry("stratum.longest-pause", "26s"),
          Map.entry("stratum.suggest-difficulty", "0.5"),
          Map.entry("stratum.version-bits", "1"),
          Map.entry("stratum.follow-reconnect", "true"),
          Map.entry("stratum.certificates", "/etc/pool.pem"),
          Map.entry("notify.url", "https://example.org/found"),
          Map.entry("notify.timeout", "6s"),
          Map.entry("notify.attempts", "7"),
          Map.entry("chain.tip-interval", "250ms"),
          Map.entry("plan.executor-cores", "16"),
          Map.entry("plan.max-executors", "17"),
          Map.entry("plan.startup", "6m"),
          Map.entry("plan.local-startup", "5s"),
          Map.entry("plan.measure-time", "7s"),
          Map.entry("plan.prices-of", "2027-01-01"),
          Map.entry("plan.currency", "EUR"),
          Map.entry("plan.price", "0.25"),
          Map.entry("plan.max-cost", "12.5"));

  /** The only key that no command line may hold. */
  private static final String PASSWORD = "node.password";

  private static final Configuration ALL_OTHER =
      new Configuration(
          "s3a://bucket/warehouse",
          1000,
          new Configuration.Search(
              "scalar",
              Duration.ofMillis(1500),
              7,
              Duration.ofMillis(125),
              9,
              0.25,
              Duration.ofSeconds(4),
              Duration.ofMinutes(2)),
          new Configuration.Chain(
              31,
              "someone",
              4,
              Duration.ofMillis(250),
              3,
              Duration.ofSeconds(7),
              new Configuration.Rules(
                  Duration.ofMinutes(10),
                  2016,
                  3,
                  Instant.parse("2009-01-03T18:15:05Z"),
                  "news",
                  32)),
          new Configuration.Pool(Duration.ofMillis(100), Duration.ofSeconds(2), 100),
          new Configuration.Node(
              "/home/bitcoin/.cookie",
              "miner",
              new Secret("s3cr3t"),
              Duration.ofSeconds(7),
              Duration.ofSeconds(9),
              Duration.ofMillis(300),
              Duration.ofSeconds(8),
              2),
          new Configuration.Service(
              Duration.ofSeconds(21), Duration.ofMillis(400), Duration.ofSeconds(22)),
          new Configuration.Stratum(
              Duration.ofSeconds(23),
              Duration.ofMinutes(2),
              Duration.ofSeconds(24),
              Duration.ofSeconds(25),
              Duration.ofSeconds(26),
              0.5,
              1,
              true,
              "/etc/pool.pem"),
          Map.of(),
          new Configuration.Progress(Duration.ofSeconds(3)),
          new Configuration.Notify("https://example.org/found", Duration.ofSeconds(6), 7),
          new Configuration.Plan(
              16,
              17,
              Duration.ofMinutes(6),
              Duration.ofSeconds(5),
              Duration.ofSeconds(7),
              "2027-01-01",
              "EUR",
              "0.25",
              12.5,
              load(List.of(), Map.of()).plan().instances()),
          load(List.of(), Map.of()).spark());

  private final Path directory;

  ConfigurationLoaderTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void load_everyKeySetToAnother_isInTheRecord() throws IOException {
    Path password = file("password.conf", "golden-nonce." + PASSWORD + " = s3cr3t\n");
    assertThat(load(List.of(password), OTHERS)).isEqualTo(ALL_OTHER);
  }

  @Test
  void load_everyKeyOfTheReference_isSetByTheTestAbove() {
    Config reference = ConfigFactory.parseResources("reference.conf").getConfig("golden-nonce");
    TreeSet<String> keys =
        reference.entrySet().stream()
            .map(Map.Entry::getKey)
            .filter(
                key ->
                    !key.startsWith("spark.")
                        && !key.startsWith("plan.instances.")
                        && !key.equals(PASSWORD))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(keys).isEqualTo(new TreeSet<>(OTHERS.keySet()));
    assertThat(keys)
        .allSatisfy(
            key -> assertThat(OTHERS.get(key)).isNotEqualTo(reference.getValue(key).unwrapped()));
  }

  @Test
  void load_everyKeyInAFile_isTheSameAsByOption() throws IOException {
    StringBuilder text = new StringBuilder("golden-nonce." + PASSWORD + " = s3cr3t\n");
    OTHERS.forEach(
        (key, value) ->
            text.append("golden-nonce.").append(key).append(" = \"").append(value).append("\"\n"));
    assertThat(load(List.of(file("all.conf", text.toString())), Map.of())).isEqualTo(ALL_OTHER);
  }

  @Test
  void load_filesAndKeys_theLaterWins() throws IOException {
    Path first =
        file("1.conf", "golden-nonce { chain { miner = first, difficulty = 1 }, warehouse = a }");
    Path second = file("2.conf", "golden-nonce.chain { miner = second, difficulty = 2 }");
    Configuration loaded = load(List.of(first, second), Map.of("chain.miner", "third"));
    assertThat(loaded.chain())
        .isEqualTo(
            new Configuration.Chain(
                2,
                "third",
                3,
                Duration.ofSeconds(1),
                20,
                Duration.ofSeconds(10),
                load(List.of(), Map.of()).chain().rules()));
    assertThat(loaded.warehouse()).isEqualTo("a");
    assertThat(loaded.search()).isEqualTo(load(List.of(), Map.of()).search());
    assertThat(load(List.of(second, first), Map.of()).chain().miner()).isEqualTo("first");
  }

  @Test
  void load_sparkSettings_keepTheirDottedNames() throws IOException {
    Path file =
        file(
            "spark.conf",
            """
            golden-nonce.spark {
              "spark.executor.cores" = 4
              spark.executor.memory = 2g
            }
            """);
    assertThat(load(List.of(file), Map.of("spark.master", "local[3]")).spark())
        .containsAllEntriesOf(
            Map.of(
                "spark.master", "local[3]",
                "spark.ui.showConsoleProgress", "false",
                "spark.executor.cores", "4",
                "spark.executor.memory", "2g"));
  }

  @Test
  void load_instancesInAFile_areAddedToThoseThatShip() throws IOException {
    Path file =
        file(
            "instances.conf",
            """
            golden-nonce.plan.instances {
              "mine.large" { vcpus = 2, price-per-hour = 0.5, rate-per-vcpu = 1e7 }
              "mine.gpu" { gpus = 8, price-per-hour = 1, rate-per-gpu = 8.62G, rate-is = measured }
              "c7a.xlarge".price-per-hour = 9
            }
            """);
    Map<String, Configuration.Instance> instances =
        load(List.of(file), Map.of()).plan().instances();
    assertThat(instances)
        .containsEntry("mine.large", new Configuration.Instance(2, false, 0.5, 1e7, "estimated"));
    assertThat(instances)
        .containsEntry("mine.gpu", new Configuration.Instance(8, true, 1, 8.62e9, "measured"));
    assertThat(instances)
        .containsEntry("c7a.xlarge", new Configuration.Instance(4, false, 9, 25e6, "estimated"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ vcpus = 2, price-per-hour = 0.5 } | No configuration setting found",
        "{ vcpus = 0, price-per-hour = 1, rate-per-vcpu = 1 } | must be from 1 to 1024, got 0",
        "{ vcpus = 1, price-per-hour = 0, rate-per-vcpu = 1 } | must be more than 0, got 0",
        "{ vcpus = 1, price-per-hour = 1, rate-per-vcpu = 1, zone = a } | unknown key zone",
        "{ gpus = 1, price-per-hour = 1, rate-per-vcpu = 1 } | No configuration setting found",
        "{ vcpus = 1, price-per-hour = 1, rate-per-vcpu = 1, rate-is = felt }"
            + " | must be one of estimated, derived, measured, got felt",
        "7 | NUMBER",
      })
  void load_badInstance_isRefused(String instance, String message) throws IOException {
    Path file = file("bad.conf", "golden-nonce.plan.instances.x = " + instance + "\n");
    assertThatThrownBy(() -> load(List.of(file), Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void load_substitutionInAFile_isResolved() throws IOException {
    Path file =
        file("home.conf", "golden-nonce.warehouse = ${golden-nonce.chain.miner}\"/blocks\"");
    assertThat(load(List.of(file), Map.of()).warehouse()).isEqualTo("anonymous/blocks");
  }

  /** The bad line is the third of its file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "search.rangetime = 1s       | unknown key golden-nonce.search.rangetime; known here:"
            + " audit-share, checkpoint-interval, events-per-second, first-range, kernel,"
            + " range-time, report-interval, stop-wait",
        "colour = red                | unknown key golden-nonce.colour; known here: chain,"
            + " compaction, node, notify, plan, pool, progress, search, service, spark, stratum,"
            + " warehouse, work",
        "search.range-time = soon    | search.range-time must be a positive number with ms, s, m, h"
            + " or d after it, such as 90s, or without a unit, in seconds, got soon",
        "search.range-time = 1D      | must be a positive number with ms, s, m, h or d after it",
        "search.range-time = 3f      | in seconds, got 3f",
        "search.range-time = 5 parsec| parsec",
        "search.range-time = [1]     | search.range-time has type LIST",
        "search.audit-share = 1.1    | golden-nonce.search.audit-share must be from 0 to 1, got"
            + " 1.1",
        "search.stop-wait = 0s       | golden-nonce.search.stop-wait must be a positive number "
            + "with ms, s, m, h or d after it, such as 90s, or without a unit, in seconds, got 0s",
        "progress.plain-interval = -1s| golden-nonce.progress.plain-interval must be a positive"
            + " number with ms, s, m, h or d after it, such as 90s, or without a unit, in seconds,"
            + " got -1s",
        "search.first-range = many   | first-range must be a number, optionally with k, M, G "
            + "or T after it, such as 25M, got many",
        "search.first-range = 0      | golden-nonce.search.first-range must be from 1 to "
            + "9223372036854775807, got 0",
        "search.first-range = 1.5    | golden-nonce.search.first-range must be a whole number, "
            + "got 1.5",
        "search.first-range = 1e30   | golden-nonce.search.first-range must be from 1 to "
            + "9223372036854775807, got 1",
        "chain.difficulty = -1       | golden-nonce.chain.difficulty must be from 0 to 255, got -1",
        "chain.difficulty = 256      | golden-nonce.chain.difficulty must be from 0 to 255, got"
            + " 256",
        "chain.difficulty = true     | chain.difficulty must be a number, optionally with k, M, G"
            + " or T after it, such as 25M, got true",
        "chain.retarget-window = 1   | golden-nonce.chain.retarget-window must be 0 (fixed) or at "
            + "least 2, got 1",
        "chain.retarget-clamp = 1    | golden-nonce.chain.retarget-clamp must be from 2 to 1000000,"
            + " got 1",
        "chain.block-interval = 1.5s | golden-nonce.chain.block-interval must be whole seconds, "
            + "got 1.5s",
        "chain.genesis-time = today  | golden-nonce.chain.genesis-time must be a time such as "
            + "2026-01-01T00:00:00Z, got today",
        "chain.genesis-time = \"1969-12-31T23:59:59Z\"| golden-nonce.chain.genesis-time must be "
            + "whole seconds, from 1970 to 2106, got 1969-12-31T23:59:59Z",
        "chain.genesis-time = \"2106-02-07T06:28:16Z\"| golden-nonce.chain.genesis-time must be "
            + "whole seconds, from 1970 to 2106, got 2106-02-07T06:28:16Z",
        "chain.genesis-difficulty = 33| golden-nonce.chain.genesis-difficulty must be from 0 to "
            + "32, got 33",
        "chain = 24                  | chain has type NUMBER rather than OBJECT",
        "spark.spark.jars = [a, b]   | a Spark setting can't be a list",
        "warehouse = ${nowhere.to.be}| nowhere.to.be",
      })
  void load_badLineInAFile_isToldWithFileLineAndRule(String line, String rule) throws IOException {
    Path file = file("bad.conf", "# one\ngolden-nonce {\n  " + line + "\n}\n");
    assertThatThrownBy(() -> load(List.of(file), Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .contains(file.toString())
        .containsPattern("\\b3\\b")
        .contains(rule)
        .doesNotContain("\n");
  }

  @Test
  void load_keyOutsideOurs_isUnknown() throws IOException {
    Path file = file("bad.conf", "golden-nonse.warehouse = a\n");
    assertThatThrownBy(() -> load(List.of(file), Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(file + ": 1: unknown key golden-nonse; known here: golden-nonce");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "search.rangetime | 1s  | unknown key golden-nonce.search.rangetime",
        "serch.range-time | 1s  | unknown key golden-nonce.serch",
        "golden-nonce.search.range-time| soon| range-time must be a positive number with ms, s, m,"
            + " h or d",
        "search.range-time| soon| range-time must be a positive number with ms, s, m, h or d",
        "chain.difficulty | 256 | golden-nonce.chain.difficulty must be from 0 to 255, got 256",
        "chain.difficulty | x   | difficulty must be a number, optionally with k, M, G or T after"
            + " it",
        "chain            | 24  | chain has type STRING rather than OBJECT",
        "search..kernel   | auto| search..kernel",
      })
  void load_badKey_isToldWithTheOption(String key, String value, String rule) {
    assertThatThrownBy(() -> load(List.of(), Map.of(key, value)))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .contains("-D " + key)
        .contains(rule)
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "golden-nonce."})
  void load_passwordAsKey_isRefusedWithoutSayingIt(String root) {
    assertThatThrownBy(() -> load(List.of(), Map.of(root + PASSWORD, "s3cr3t")))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .contains("-D " + root + "node.password", "command line", "-c")
        .doesNotContain("s3cr3t");
  }

  @Test
  void load_keyWithItsRoot_isTheSameKey() {
    Configuration configuration =
        load(List.of(), Map.of("golden-nonce.search.range-time", "1500ms"));
    assertThat(configuration.search().rangeTime()).isEqualTo(Duration.ofMillis(1500));
  }

  @ParameterizedTest
  @CsvSource({"20, 20000", "1.5, 1500", "'5 minutes', 300000", "2h, 7200000", "250ms, 250"})
  void load_duration_isReadAsInOptions(String text, long millis) throws IOException {
    Path file = file("times.conf", "golden-nonce.node.timeout = " + text + "\n");
    assertThat(load(List.of(file), Map.of()).node().timeout()).isEqualTo(Duration.ofMillis(millis));
    assertThat(load(List.of(), Map.of("node.timeout", text)).node().timeout())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.ui.enabled",
        "spark.spark.ui.enabled",
        "golden-nonce.spark.spark.ui.enabled"
      })
  void load_sparkSettingAsKey_isThatOfSpark(String key) {
    assertThat(load(List.of(), Map.of(key, "false")).spark())
        .containsEntry("spark.ui.enabled", "false");
  }

  @Test
  void load_numberWithAUnit_isReadAsInOptions() {
    Configuration configuration = load(List.of(), Map.of("search.first-range", "2M"));
    assertThat(configuration.search().firstRange()).isEqualTo(2_000_000);
  }

  @Test
  void toString_configurationWithAPassword_hidesIt() {
    assertThat(ALL_OTHER.toString()).contains("miner", "(hidden)").doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @CsvSource({"[s3cr3t]", "{ a = s3cr3t }", "\"s3cr3t", "s3cr3t$", "s3cr3t } }"})
  void load_passwordThatIsNone_isRefusedWithoutSayingIt(String value) throws IOException {
    Path file = file("bad.conf", "golden-nonce.node {\n  password = " + value + "\n}\n");
    assertThatThrownBy(() -> load(List.of(file), Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .contains(file.toString())
        .doesNotContain("s3cr3t");
  }

  @Test
  void load_missingFile_isNamed() {
    Path file = directory.resolve("none.conf");
    assertThatThrownBy(() -> load(List.of(file), Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .contains(file.toString())
        .doesNotContain("\n");
  }

  @Test
  void load_brokenFile_isNamedWithTheLine() throws IOException {
    Path file = file("broken.conf", "golden-nonce {\n  warehouse = a\n");
    assertThatThrownBy(() -> load(List.of(file), Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .contains(file + ": 3")
        .doesNotContain("\n");
  }

  private static Configuration load(List<Path> files, Map<String, String> keys) {
    return ConfigurationLoader.load(files, keys);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
