package io.goldennonce.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bad input: one line that has the rule, the value and the option, exit code 2, no more. */
class BadInputTest {
  /** Stands for a directory of the test's own. */
  private static final String DIRECTORY = "DIR";

  /** Bitcoin's genesis header up to its bits. */
  private static final String TO_BITS =
      "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b2"
          + "7ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49";

  private static final String HEADER = TO_BITS + "ffff001d00000000";

  private final Path directory;

  BadInputTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void prepareFiles() throws IOException {
    Files.writeString(directory.resolve("file"), "text");
    Files.createDirectory(directory.resolve("foreign"));
    Files.writeString(directory.resolve("foreign/thesis.tex"), "text");
    Files.writeString(directory.resolve("empty.sql"), "-- nothing;\n;");
    Files.writeString(directory.resolve("broken.conf"), "golden-nonce {\n  chain { miner = }\n");
    Files.writeString(directory.resolve("key.conf"), "golden-nonce {\n\n  wharehouse = a\n}\n");
    Files.writeString(directory.resolve("type.conf"), "\ngolden-nonce.chain.difficulty = hard\n");
    Files.writeString(directory.resolve("unit.conf"), "golden-nonce.search.range-time = 5 pc\n");
  }

  static Stream<Arguments> badInputs() {
    return Stream.of(
        // Difficulties.
        refusal("mine --data a --difficulty -1", "--difficulty", "from 0 to 255", "got -1"),
        refusal("mine --data a --difficulty 256", "--difficulty", "from 0 to 255", "got 256"),
        refusal("mine --data a --difficulty 1000", "--difficulty", "from 0 to 255", "got 1000"),
        refusal("mine --data a --difficulty easy", "--difficulty", "'easy'", "int"),
        refusal("mine --data a --difficulty 1.5", "--difficulty", "'1.5'", "int"),
        refusal("mine --data a --difficulty", "--difficulty"),
        refusal("solve --format pow --data a --difficulty -1", "--difficulty", "0 to 256", "-1"),
        refusal("solve --format pow --data a --difficulty 257", "--difficulty", "0 to 256", "257"),
        refusal("solve --format pow --data a --difficulty x", "--difficulty", "'x'", "int"),
        refusal("mine --data a --difficulty 1 --bits 1d00ffff", "--difficulty", "--bits"),
        refusal("mine --data a --difficulty 1 --target ff", "--difficulty", "--target"),
        // Bits and targets.
        refusal("mine --data a --bits 00000000", "--bits", "must not be zero", "00000000"),
        refusal("mine --data a --bits 04923456", "--bits", "must not be negative", "04923456"),
        refusal("mine --data a --bits ff123456", "--bits", "overflow 256 bits", "ff123456"),
        refusal("mine --data a --bits 1d00ff", "--bits", "4 bytes (8 hex digits)", "got 3"),
        refusal("mine --data a --bits 1d00ffzz", "--bits", "hex digits", "got 'z' at digit 7"),
        refusal("mine --data a --target xyz", "--target", "hex digits", "got 'x' at digit 1"),
        refusal("mine --data a --target 0", "--target", "at least 1", "got 0"),
        refusal("mine --data a --target " + "f".repeat(65), "--target", "1 to 64", "got 65"),
        // Headers.
        refusal("grind " + HEADER.substring(1), "HEADER_HEX", "80 bytes", "got 159 digits"),
        refusal("grind " + HEADER.substring(2), "HEADER_HEX", "80 bytes", "got 79"),
        refusal("grind " + HEADER + "00", "HEADER_HEX", "80 bytes", "got 81"),
        refusal("grind 0x" + HEADER.substring(2), "HEADER_HEX", "hex", "got 'x' at digit 2"),
        refusal("grind hello", "HEADER_HEX", "hex digits", "got 'h' at digit 1"),
        refusal("grind " + TO_BITS + "0000000000000000", "HEADER_HEX", "zero", "00000000"),
        refusal("grind " + TO_BITS + "ffff801d00000000", "HEADER_HEX", "negative", "1d80ffff"),
        refusal("grind " + TO_BITS + "563412ff00000000", "HEADER_HEX", "overflow", "ff123456"),
        refusal("grind", "HEADER_HEX"),
        refusal("grind " + HEADER + " --roll-time -1", "--roll-time", "0 to ", "got -1"),
        refusal(
            "grind " + HEADER + " --roll-time " + Long.MAX_VALUE,
            "--roll-time",
            "0 to 3063960790 seconds",
            "got " + Long.MAX_VALUE),
        refusal("grind " + HEADER + " --roll-time soon", "--roll-time", "'soon'"),
        // Names, counts and times.
        refusal("solve --format bitcoin --data a --difficulty 1", "--format", "pow", "bitcoin"),
        refusal("grind " + HEADER + " --limit 0", "--limit", "1 or more", "got 0"),
        refusal("grind " + HEADER + " --skip -1", "--skip", "from 0 to", "4294967296", "got -1"),
        refusal("grind " + HEADER + " --shard 3/2", "--shard", "I/N", "got 3/2"),
        refusal("grind " + HEADER + " --shard 1/" + "9".repeat(20), "--shard", "I/N", "got 1/9"),
        refusal("solve --data a --difficulty 1", "--format"),
        refusal("mine --data a --difficulty 1 --blocks 0", "--blocks", "1 or more", "got 0"),
        refusal("mine --data a --timeout soon", "--timeout", "positive number", "'soon'"),
        refusal("mine --data a --timeout 0", "--timeout", "positive number", "'0'"),
        refusal("mine --data a --timeout -5s", "--timeout", "positive number", "'-5s'"),
        refusal("mine --data a --timeout NaN", "--timeout", "positive number", "'NaN'"),
        refusal("mine --data a --result best", "--result", "FIRST", "LOWEST", "'best'"),
        refusal(
            "mine --data a --difficulty 1 --kernel warp",
            "--kernel",
            "auto, ",
            "scalar",
            "message-digest",
            "got warp"),
        refusal(
            "solve --format pow --data a --difficulty 1 --kernel warp --warehouse DIR/new",
            "--kernel",
            "got warp"),
        refusal(
            "grind " + HEADER + " --limit 9 --kernel warp --warehouse DIR/new",
            "--kernel",
            "got warp"),
        refusal("mine --difficulty 1", "--data"),
        refusal("mine --data a --diffculty 1", "--diffculty"),
        refusal("mein --data a", "mein"),
        // Plans.
        refusal("plan --difficulty 40", "--timeout", "--workers", "--budget"),
        refusal("plan --difficulty 40 --timeout 1h --confidence 100", "--confidence", "'100'"),
        refusal("plan --difficulty 40 --timeout 1h --confidence 0", "--confidence", "'0'"),
        refusal("plan --difficulty 40 --timeout 1h --rate fast", "--rate", "'fast'"),
        refusal("plan --difficulty 40 --timeout 1h --rate 0", "--rate", "'0'"),
        refusal("plan --difficulty 40 --workers 0", "--workers", "1 or more", "got 0"),
        refusal("plan --difficulty 40 --workers 1 --cores 0", "--cores", "1 or more", "got 0"),
        refusal("plan --difficulty 40 --workers 1 --limit 0", "--limit", "1 or more", "got 0"),
        refusal("plan --difficulty 40 --workers 1 --budget 3", "--workers", "--budget"),
        refusal("plan --difficulty 40 --budget -3", "--budget", "more than 0", "got -3"),
        refusal("plan --budget 3 --plot DIR/a.png", "--plot", "--budget"),
        refusal("plan --difficulty 40 --workers 1 --plot DIR/none/a.png", "--plot", "DIR/none"),
        refusal("plan --calibrate --warehouse DIR/none", "--warehouse", "DIR/none"),
        refusal("mine --data a --workers 0", "--workers", "1 or more", "got 0"),
        refusal("mine --data a --workers 9999", "--workers", "processors", "got 9999"),
        refusal("mine --data a --confidence 95", "--confidence", "--timeout"),
        refusal("mine --data a --workers 1 --confidence 95 --timeout 9", "--workers", "exclude"),
        refusal(
            "mine --data a --difficulty 60 --confidence 95 --timeout 9 --rate 1M",
            "--confidence",
            "at most; nearest: "),
        // Warehouses.
        refusal(
            "mine --data a --warehouse DIR/file", "--warehouse", "must be a directory", "/file"),
        refusal(
            "mine --data a --warehouse DIR/file/below",
            "--warehouse",
            "a directory that can be written",
            "/file/below"),
        refusal(
            "mine --data a --warehouse DIR/foreign",
            "--warehouse",
            "empty or one of ours",
            "/foreign holds thesis.tex"),
        refusal(
            "grind " + HEADER + " --limit 1000 --warehouse DIR/foreign",
            "--warehouse",
            "holds thesis.tex"),
        refusal(
            "solve --format pow --data a --difficulty 1 --warehouse DIR/file",
            "--warehouse",
            "must be a directory"),
        refusal("mine --data a --warehouse nosuch://a/b", "--warehouse", "nosuch://a/b"),
        refusal("sql SHOW --warehouse DIR/none", "--warehouse", "no warehouse at", "/none"),
        // Queries.
        refusal("sql", "one of QUERY, --file FILE and --named NAME"),
        refusal("sql SHOW --named runs", "one of QUERY, --file FILE and --named NAME"),
        refusal("sql --named none", "--named", "coverage", "stale", "got none"),
        refusal("sql --file DIR/none.sql", "--file", "DIR/none.sql"),
        refusal("sql --file DIR/empty.sql", "--file DIR/empty.sql", "at least 1 statement"),
        // Configurations.
        refusal("mine --data a -c DIR/none.conf", "DIR/none.conf"),
        refusal("mine --data a -c DIR/broken.conf", "DIR/broken.conf: 2"),
        refusal("mine --data a -c DIR/key.conf", "DIR/key.conf: 3", "wharehouse", "warehouse"),
        refusal("mine --data a -c DIR/type.conf", "DIR/type.conf: 2", "difficulty", "NUMBER"),
        refusal("mine --data a -c DIR/unit.conf", "DIR/unit.conf: 1", "range-time", "pc"),
        refusal("mine --data a -D chain.difficulty=300", "-D chain.difficulty", "255", "got 300"),
        refusal("mine --data a -D search.speed=9", "-D search.speed", "unknown key"),
        refusal("mine --data a -D nonsense", "-D", "nonsense"));
  }

  private static Arguments refusal(String line, String... parts) {
    return arguments(line, List.of(parts));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badInputs")
  void run_badInput_isRefusedInOneLine(String line, List<String> parts) throws IOException {
    List<Path> before = tree();
    String[] arguments =
        Arrays.stream(line.split(" ")).map(this::inDirectory).toArray(String[]::new);

    CliRun run = CliRun.of(withWarehouse(arguments));

    assertThat(run.err()).as("standard error").hasSize(1);
    assertThat(run.err().get(0))
        .startsWith("golden-nonce")
        .contains(parts.stream().map(this::inDirectory).toList());
    assertThat(run.out()).as("standard output").isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(tree()).as("files").isEqualTo(before);
  }

  @Test
  void run_badInputAndVerbose_hasATrace() {
    CliRun run = CliRun.of("mine", "--data", "a", "--difficulty", "-1", "--verbose");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).hasSizeGreaterThan(2).anyMatch(line -> line.startsWith("\tat "));
  }

  private String inDirectory(String text) {
    return text.replace(DIRECTORY, directory.toString());
  }

  /** So that what should not be written is not written into the project. */
  private String[] withWarehouse(String[] arguments) {
    List<String> given = List.of(arguments);
    if (!given.get(0).equals("mine") || given.contains("--warehouse")) {
      return arguments;
    }
    return Stream.concat(
            given.stream().limit(1),
            Stream.concat(
                Stream.of("--warehouse", directory.resolve("new").toString()),
                given.stream().skip(1)))
        .toArray(String[]::new);
  }

  private List<Path> tree() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.sorted().toList();
    }
  }
}
