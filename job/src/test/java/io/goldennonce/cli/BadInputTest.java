package io.goldennonce.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.goldennonce.app.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bad input: one line that has the rule, the value and the option, exit code 2, no more. */
@Tag("spark")
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
    Files.createDirectory(
        directory.resolve("private"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(directory.resolve("private/file"), "text");
    Files.writeString(directory.resolve("foreign/thesis.tex"), "text");
    Files.writeString(directory.resolve("empty.sql"), "-- nothing;\n;");
    Files.writeString(directory.resolve("broken.conf"), "golden-nonce {\n  chain { miner = }\n");
    Files.writeString(directory.resolve("key.conf"), "golden-nonce {\n\n  wharehouse = a\n}\n");
    Files.writeString(directory.resolve("type.conf"), "\ngolden-nonce.chain.difficulty = hard\n");
    Files.writeString(directory.resolve("unit.conf"), "golden-nonce.search.range-time = 5 pc\n");
    Files.writeString(directory.resolve("columns.csv"), "height,hex\n7,0102\n");
    Files.writeString(directory.resolve("empty.csv"), "");
    Files.writeString(directory.resolve("short.csv"), "height,header_hex\n7,0102\n");
    Files.writeString(directory.resolve("digits.csv"), "header_hex\n01zz\n");
    Files.writeString(
        directory.resolve("missing.csv"), "height,header_hex,hash\n7," + HEADER + "\n");
    Files.writeString(directory.resolve("number.csv"), "height,header_hex\nseven," + HEADER + "\n");
  }

  static Stream<Arguments> badInputs() {
    return Stream.of(
        // Difficulties.
        refusal("mine --data a --difficulty -1", "--difficulty", "from 0 to 255", "got -1"),
        refusal("mine --data a --difficulty 256", "--difficulty", "from 0 to 255", "got 256"),
        refusal("mine --data a --difficulty 1000", "--difficulty", "from 0 to 255", "got 1000"),
        refusal("mine --data a --difficulty easy", "--difficulty", "'easy'", "whole number"),
        refusal("mine --data a --difficulty 1.5", "--difficulty", "'1.5'", "whole number"),
        refusal("mine --data a --difficulty", "--difficulty"),
        refusal("solve --format pow --data a --difficulty -1", "--difficulty", "0 to 256", "-1"),
        refusal("solve --format pow --data a --difficulty 257", "--difficulty", "0 to 256", "257"),
        refusal(
            "solve --format pow --data a --difficulty x", "--difficulty", "'x'", "whole number"),
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
        refusal("grind - --count 2", "- gives one answer", "--count"),
        refusal("grind " + HEADER + " --roll-time -1", "--roll-time", "0 to ", "got -1"),
        refusal(
            "grind " + HEADER + " --roll-time " + Long.MAX_VALUE,
            "--roll-time",
            "0 to 3063960790 seconds",
            "got " + Long.MAX_VALUE),
        refusal("grind " + HEADER + " --roll-time soon", "--roll-time", "'soon'"),
        // Work from outside.
        refusal("work", "--node", "--service", "--source"),
        refusal("work --service ftp://h", "--service", "http://HOST", "ftp://h"),
        refusal("mine --data a --notify http://a_b:9/", "--notify", "without underscores"),
        refusal("work --service http://u:p@h", "--service", "a user or a password"),
        refusal("work --service http://h --blocks 0", "--blocks", "1 or more", "got 0"),
        refusal("work --source mine", "--source", "work.sources", "got mine"),
        refusal("work --source a --blocks 1", "--blocks", "--node and --service"),
        refusal(
            "work --source a -D work.sources.a=no.Such", "work.sources.a", "class path", "no.Such"),
        refusal(
            "work --source a -D work.sources.a=java.lang.String",
            "work.sources.a",
            "WorkSource",
            "java.lang.String"),
        refusal("serve-work --port 65536", "--port", "0 to 65535", "got 65536"),
        refusal("serve-work --port x", "--port", "'x'", "whole number"),
        refusal("serve-work --difficulty 256", "--difficulty", "0 to 255", "got 256"),
        // Commands that few have tried.
        refusal("plan --difficulty 40 --timeout 1h --cores 2147483647", "--cores", "1 to 1024"),
        refusal("plan --difficulty 40 --timeout 1h --rate 1e99T", "--rate", "1 to 1e18", "1e99T"),
        refusal("plan --difficulty 40 --timeout 1h --rate 0.01", "--rate", "1 to 1e18", "0.01"),
        refusal(
            "plan --difficulty 9 --rate 9 --workers 1 --plot DIR", "--plot", "directory", "DIR"),
        refusal("bench --threads 5000", "--threads", "from 1 to 1024", "got 5000"),
        refusal("bench --seconds 2147483647", "--seconds", "from 1 to 3600", "got 2147483647"),
        refusal("restore --last 99999999999", "--last", "at most 2147483647", "'99999999999'"),
        refusal(
            "solve --template a{nonce} --difficulty 1 --skip 9223372036854775808",
            "--skip",
            "at most 9223372036854775807",
            "'9223372036854775808'"),
        refusal("solve --format coins --coins 1 --seed \u0663", "--seed", "whole number"),
        refusal("generate --transactions ~/pool --rate 1 --count 1", "~", "home directory"),
        refusal("generate --transactions run:1 --rate 1 --count 1", "write ./run:1"),
        refusal("mine --transactions ~/pool --difficulty 1", "~", "home directory"),
        refusal("serve-work --allow-host a/b", "--allow-host", "host name", "'a/b'"),
        refusal("verify --headers DIR/foreign", "--headers", "directory of Parquet", "DIR/foreign"),
        refusal("mine --data a -D search.range-time", "-D", "KEY=VALUE", "'search.range-time'"),
        refusal("mine --data a -D =5", "-D", "KEY=VALUE", "'=5'"),
        refusal("mine --data a -D search..x=1", "-D search..x", "names with a dot between them"),
        // Names, counts and times.
        refusal("solve --format bitcoin --data a --difficulty 1", "--format", "pow", "bitcoin"),
        refusal("solve --difficulty 1", "--format NAME, --template TEXT and --template-hex HEX"),
        refusal(
            "solve --format bitcoin --difficulty 1",
            "--format",
            "pow, beamchain, leader, transfer, nostr, coins, got bitcoin"),
        // Puzzles: fields, templates, and what goes with what.
        refusal("solve --format pow --data a", "--difficulty must be given with --format pow"),
        refusal("solve --format pow --difficulty 1", "--format pow: --data must be given"),
        refusal("solve --format pow --data a --difficulty 1 --index 1", "--index", "takes --data"),
        refusal(
            "solve --format beamchain --index 1.5 --timestamp 1 --data a --previous-hash 0"
                + " --difficulty 1",
            "--index",
            "whole number",
            "got 1.5"),
        refusal(
            "solve --format leader --previous-hash zz --timestamp 1 --difficulty 1",
            "--previous-hash",
            "1 to 64 hex digits",
            "got zz"),
        refusal(
            "solve --format transfer --transaction a,b --id 1 --previous-hash 0 --date 1"
                + " --difficulty 1",
            "--transaction",
            "TO,FROM,AMOUNT,ID,DATE",
            "2 parts"),
        refusal(
            "solve --format beamchain --index 1 --timestamp 1 --data a --previous-hash 0"
                + " --difficulty 65",
            "--difficulty",
            "0 to 64 leading hex zeros",
            "got 65"),
        refusal("solve --template abc --difficulty 1", "--template", "{nonce} in it once", "abc"),
        refusal("solve --template {nonce}{nonce} --difficulty 1", "--template", "{nonce} in it"),
        refusal("solve --template-hex 0{nonce} --difficulty 1", "--template-hex", "two per byte"),
        refusal(
            "solve --template {nonce} --template-hex {nonce} --difficulty 1",
            "--template",
            "--template-hex"),
        refusal("solve --template {nonce}", "--difficulty must be given with --rule zero-bits"),
        refusal(
            "solve --template {nonce} --difficulty 1 --encoding u16",
            "--encoding",
            "u32be, u32le, u64be, u64le, decimal, hex, base64, got u16"),
        refusal(
            "solve --template {nonce} --difficulty 1 --hash md5",
            "--hash",
            "sha256, sha256d",
            "md5"),
        refusal(
            "solve --template {nonce} --difficulty 1 --rule worst",
            "--rule",
            "zero-bits, zero-hex, target, prefix, suffix, best, got worst"),
        refusal("solve --template {nonce} --difficulty 1 --data a", "--data", "--template"),
        refusal("solve --template {nonce} --difficulty 257", "--difficulty", "0 to 256", "257"),
        refusal(
            "solve --template {nonce} --rule prefix", "--prefix must be given with --rule prefix"),
        refusal(
            "solve --template {nonce} --difficulty 1 --prefix ab",
            "--prefix does not go with --rule zero-bits"),
        refusal("solve --template {nonce} --rule prefix --prefix xyz", "--prefix", "got xyz"),
        refusal(
            "solve --template {nonce} --rule suffix --suffix abc",
            "--suffix",
            "whole bytes",
            "abc"),
        refusal("solve --template {nonce} --rule target", "--target must be given with --rule"),
        refusal("solve --template {nonce} --rule target --target xyz", "--target", "'x'"),
        refusal("solve --template {nonce} --difficulty 1 --target f", "--target", "zero-bits"),
        refusal(
            "solve --template {nonce} --rule best --difficulty 1", "--difficulty", "--rule best"),
        refusal("solve --template {nonce} --rule best", "--rule best", "--timeout or --limit"),
        refusal(
            "solve --format pow --data a --difficulty 1 --rule best", "--rule", "with --format"),
        refusal(
            "solve --format pow --data a --difficulty 1 --template {nonce}",
            "--template",
            "with --format"),
        refusal("solve --format pow --data a --difficulty 1 --seed 1", "--seed", "--format coins"),
        // Coins.
        refusal("solve --format coins", "--coins, --limit or --timeout"),
        refusal("solve --format coins --coins 0", "--coins", "1 or more", "got 0"),
        refusal("solve --format coins --coins 1 --seed -1", "--seed", "0 to 1048575", "got -1"),
        refusal("solve --format coins --coins 1 --difficulty 1", "--difficulty", "coins"),
        refusal("solve --format coins --coins 1 --fresh", "--fresh", "--format coins"),
        refusal("solve --format coins --coins 1 --result lowest", "--result", "--format coins"),
        refusal("grind " + HEADER + " --limit 0", "--limit", "1 or more", "got 0"),
        refusal("grind " + HEADER + " --skip -1", "--skip", "from 0 to", "4294967296", "got -1"),
        refusal("grind " + HEADER + " --shard 3/2", "--shard", "I/N", "got 3/2"),
        refusal("grind " + HEADER + " --shard 1/" + "9".repeat(20), "--shard", "I/N", "got 1/9"),
        refusal("solve --data a --difficulty 1", "--format"),
        refusal("mine --data a --difficulty 1 --blocks 0", "--blocks", "1 or more", "got 0"),
        // Pools.
        refusal("mine --difficulty 1", "--data", "--transactions"),
        refusal("mine --data a --transactions DIR", "--data", "--transactions"),
        refusal("mine --data a --max-wait 1s", "--max-wait", "--transactions"),
        refusal("mine --transactions DIR --max-wait soon", "--max-wait", "'soon'"),
        refusal(
            "mine --transactions DIR/none --warehouse DIR/new",
            "a pool must be a file or a directory",
            "DIR/none"),
        refusal(
            "mine --transactions DIR/file --warehouse DIR/new",
            "must end in .jsonl, ",
            ".parquet",
            "DIR/file"),
        refusal("mine --transactions DIR -D chain.block-transactions=0", "block-transactions", "1"),
        refusal("audit --warehouse DIR/new", "--transactions"),
        refusal("audit --transactions DIR --warehouse DIR/new", "no warehouse", "--warehouse"),
        refusal("generate --transactions DIR", "--rate"),
        refusal("generate --transactions DIR --rate 0", "--rate", "from 1 to 1000000", "got 0"),
        refusal("generate --transactions DIR --rate 1 --count 0", "--count", "1 or more", "got 0"),
        refusal("generate --transactions DIR/file --rate 1", "a directory", "DIR/file"),
        refusal("mine --data a --timeout soon", "--timeout", "positive number", "'soon'"),
        refusal("mine --data a --timeout 0", "--timeout", "positive number", "'0'"),
        refusal("mine --data a --timeout -5s", "--timeout", "positive number", "'-5s'"),
        refusal("mine --data a --timeout NaN", "--timeout", "positive number", "'NaN'"),
        refusal("mine --data a --timeout 1D", "--timeout", "s, m, h or d", "'1D'"),
        refusal("mine --data a --timeout 3f", "--timeout", "s, m, h or d", "'3f'"),
        refusal("plan --difficulty 40 --workers 1 --rate 25d", "--rate", "'25d'"),
        refusal("plan --difficulty 40 --budget 3d", "--budget", "'3d'"),
        refusal("mine --data a --result best", "--result", "first", "lowest", "'best'"),
        refusal(
            "mine --data a --difficulty 1 --kernel warp",
            "--kernel",
            "auto, ",
            "superword",
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
        refusal(
            "mine --data a --notify ftp://user:secret@host/",
            "--notify",
            "http:// or https:// with a host",
            "got another 23 characters"),
        refusal(
            "mine --data a -D notify.url=secret", "notify.url", "http:// or https:// with a host"),
        refusal("mine --data a -D notify.attempts=0", "notify.attempts", "from 1 to 10", "got 0"),
        refusal("status DIR/none.json", "FILE", "must be a status file", "DIR/none.json"),
        refusal("status DIR/file", "FILE", "must be a status file", "DIR/file"),
        refusal("status --limit -1", "--limit", "0 or more", "got -1"),
        refusal("status --warehouse DIR/none", "--warehouse", "no warehouse at", "/none"),
        refusal("mine --difficulty 1", "--data"),
        refusal("mine --data a --diffculty 1", "--diffculty"),
        refusal("mein --data a", "mein"),
        // Nodes and whom they pay.
        refusal("work", "--node"),
        refusal("work --node http://127.0.0.1:1", "--payout"),
        refusal("work --node 127.0.0.1:8332 --payout 51", "--node", "http://HOST:PORT", "8332"),
        refusal("work --node http://127.0.0.1 --payout 51", "--node", "http://HOST:PORT"),
        refusal("work --node ftp://127.0.0.1:1 --payout 51", "--node", "http://HOST:PORT", "ftp"),
        refusal(
            "work --node http://u:p@127.0.0.1:1 --payout 51", "--node", "a password", "--cookie"),
        refusal(
            "work --node http://127.0.0.1:1 --payout 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3",
            "--payout",
            "checksum",
            "1BvBM"),
        refusal("work --node http://127.0.0.1:1 --payout 51 --blocks 0", "--blocks", "got 0"),
        refusal(
            "work --node http://127.0.0.1:1 --payout 51 --cookie DIR", "--cookie", "can be read"),
        refusal("work --node http://[::1 --payout 51", "--node", "http://HOST:PORT"),
        refusal("work --service https://a_b", "--service", "without underscores"),
        refusal("work --service http://a --token-file DIR/none", "--token-file", "DIR/none"),
        refusal("work --service http://a --token-file DIR/file", "--token-file", "16 to 1000"),
        refusal("serve-work --token-file DIR/none", "--token-file", "DIR/none"),
        refusal("serve-work --keystore DIR/none", "--keystore", "no such file"),
        refusal("serve-work --keystore DIR/file", "--keystore", "PKCS #12", "DIR/file"),
        refusal("serve-work --max-waiting 0", "--max-waiting", "1 or more", "got 0"),
        refusal(
            "work --node http://127.0.0.1:1 --payout 51 -D node.user=a", "node.password", "both"),
        refusal(
            "work --node http://127.0.0.1:1 --payout 51 -D node.password=a",
            "node.password",
            "command line"),
        // Plans.
        refusal("plan --difficulty 40", "--timeout", "--workers", "--budget"),
        refusal("plan --difficulty 40 --timeout 1h --confidence 100", "--confidence", "'100'"),
        refusal("plan --difficulty 40 --timeout 1h --confidence 0", "--confidence", "'0'"),
        refusal("plan --difficulty 40 --timeout 1h --rate fast", "--rate", "'fast'"),
        refusal("plan --difficulty 40 --timeout 1h --rate 0", "--rate", "'0'"),
        refusal("plan --difficulty 40 --workers 0", "--workers", "1 or more", "got 0"),
        refusal("plan --difficulty 40 --workers 1 --cores 0", "--cores", "from 1 to 1024", "got 0"),
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
        refusal("verify DIR/none", "no warehouse at", "/none"),
        refusal("verify DIR/none --warehouse DIR/other", "PATH", "--warehouse", "both"),
        refusal("restore DIR/none", "no warehouse at", "/none"),
        refusal("restore DIR/none --last -1", "--last", "0 or more", "got -1"),
        refusal("compact DIR/none", "no warehouse at", "/none"),
        // Tables of headers.
        refusal("verify --headers DIR/none.csv", "--headers", "no file", "/none.csv"),
        refusal("verify --headers", "--headers"),
        refusal("verify --headers a --search b", "--headers", "--search"),
        refusal("verify --headers DIR/columns.csv", "--headers", "header_hex", "got height, hex"),
        refusal("verify --headers DIR/empty.csv", "--headers", "header_hex"),
        refusal("verify --headers DIR/short.csv", "--headers", "height 7", "80 bytes", "got 2"),
        refusal("verify --headers DIR/digits.csv", "--headers", "160 hex digits", "got 01zz"),
        refusal("verify --headers DIR/missing.csv", "--headers", "height 7", "must have a hash"),
        refusal("verify --headers DIR/number.csv", "--headers", "whole number", "got seven"),
        refusal("verify --headers DIR/file", "--headers", "can't read", "/file"),
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
        refusal("mine --data a -c DIR/type.conf", "DIR/type.conf: 2", "difficulty", "got hard"),
        refusal("mine --data a -c DIR/unit.conf", "DIR/unit.conf: 1", "range-time", "pc"),
        refusal("mine --data a -D chain.difficulty=300", "-D chain.difficulty", "255", "got 300"),
        refusal("mine --data a -D search.speed=9", "-D search.speed", "unknown key"),
        refusal(
            "mine --data a --difficulty 3 -D chain.retarget-window=9",
            "--difficulty",
            "chain.retarget-window = 9",
            "chain.genesis-difficulty"),
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
    if (!List.of("mine", "work").contains(given.get(0)) || given.contains("--warehouse")) {
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
