package io.goldennonce.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.goldennonce.app.ExitCode;
import io.goldennonce.app.StartException;
import io.goldennonce.app.UsageException;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.Work;
import io.goldennonce.work.WorkSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to end, and its exit code. */
@Tag("spark")
class ExitCodesTest {
  private static final String HEADER =
      "0000002000000000000000000000000000000000000000000000000000000000000000001111111111111111"
          + "11111111111111111111111111111111111111111111111100f15365ffff001f00000000";

  @TempDir private static Path directory = Path.of("set by JUnit");

  @BeforeAll
  static void prepare() throws IOException {
    assertThat(CliRun.of(command("mine --data a --difficulty 8 -q --warehouse DIR/w")).code())
        .isZero();
    Files.writeString(directory.resolve("bad.csv"), "height,header_hex\n1," + HEADER + "\n");
    Files.createDirectory(directory.resolve("pool"));
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        // Found, or done.
        arguments("solve --format pow --data a --difficulty 8 -q", ExitCode.OK),
        arguments("grind " + HEADER + " --keyspace", ExitCode.OK),
        arguments("solve --template {nonce} --rule best --limit 100 -q", ExitCode.OK),
        arguments("sql SHOW_TABLES --warehouse DIR/w", ExitCode.OK),
        arguments("verify DIR/w", ExitCode.OK),
        arguments("--help", ExitCode.OK),
        arguments("--version", ExitCode.OK),
        // Exhausted, or a verification failed.
        arguments("solve --format pow --data a --difficulty 60 --limit 9 -q", ExitCode.NOT_FOUND),
        arguments("grind " + HEADER + " --limit 9 -q", ExitCode.NOT_FOUND),
        arguments("grind " + HEADER + " --limit 2 --shard 1/3 -q", ExitCode.NOT_FOUND),
        arguments("verify --headers DIR/bad.csv", ExitCode.NOT_FOUND),
        // Wrong usage or configuration.
        arguments("mien", ExitCode.USAGE),
        arguments("mine --data a --timeout 1D", ExitCode.USAGE),
        arguments("mine --data a -D search.speed=1", ExitCode.USAGE),
        arguments("sql SELEC --warehouse DIR/w", ExitCode.USAGE),
        arguments("sql SHOW --warehouse DIR/none", ExitCode.USAGE),
        arguments("--encoded x", ExitCode.USAGE),
        arguments("mine --transactions DIR/none -q --warehouse DIR/w", ExitCode.USAGE),
        arguments(
            "solve --format pow --data a --difficulty 8 -q -D spark.spark.master=x",
            ExitCode.USAGE),
        // A start that fails, here as the address is another machine's (RFC 5737).
        arguments(
            "solve --format pow --data a --difficulty 8 -q -D"
                + " spark.spark.driver.bindAddress=203.0.113.1",
            ExitCode.FAILURE),
        // A deadline.
        arguments(
            "solve --format pow --data a --difficulty 60 --timeout 0.5s -q", ExitCode.DEADLINE),
        arguments(
            "mine --transactions DIR/pool --timeout 0.5s -q --warehouse DIR/w", ExitCode.DEADLINE));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("ends")
  void run_aCommand_endsWithItsCode(String line, ExitCode code) {
    CliRun run = CliRun.of(command(line));
    assertThat(run.code()).as(run.toString()).isEqualTo(code.code());
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new UsageException("u"), ExitCode.USAGE, 1),
        arguments(new StartException("s", new IOException()), ExitCode.FAILURE, 1),
        arguments(new UncheckedIOException(new IOException("i")), ExitCode.FAILURE, 1),
        arguments(new OutOfMemoryError("Java heap space"), ExitCode.FAILURE, 1),
        arguments(new InterruptedException(), ExitCode.INTERRUPTED, 0),
        // Bugs: their trace is what helps.
        arguments(new IllegalStateException("b"), ExitCode.FAILURE, 2),
        arguments(new StackOverflowError(), ExitCode.FAILURE, 2),
        arguments(new NoClassDefFoundError("x/Y"), ExitCode.FAILURE, 2));
  }

  /** Fails in the middle of a command. */
  public static final class FailingSource implements WorkSource {
    private static Throwable failure = new IllegalStateException("not set");

    /** As {@code --set} says, which is nothing. */
    public FailingSource(Map<String, String> settings) {
      assertThat(settings).isEmpty();
    }

    @Override
    public Optional<Work> next(StopSignal stop) {
      throw FailingSource.<RuntimeException>sneak(failure);
    }

    @Override
    public void close() {}

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneak(Throwable failure) throws T {
      throw (T) failure;
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("failures")
  void run_aFailure_endsWithItsCodeAndSoManyLines(Throwable failure, ExitCode code, int lines) {
    FailingSource.failure = failure;
    String source = "golden-nonce.work.sources.failing=" + FailingSource.class.getName();
    CliRun run =
        CliRun.of(
            "work", "-q", "-D", source, "--source=failing", "--warehouse=" + directory + "/f");
    assertThat(run.code()).as(run.toString()).isEqualTo(code.code());
    if (lines < 2) {
      assertThat(run.err()).hasSize(lines);
    } else {
      assertThat(run.err()).hasSizeGreaterThan(1).anyMatch(line -> line.startsWith("\tat "));
    }
  }

  /** No user sees another code than the documented ones. */
  @Test
  void exitCodes_all_areTheDocumented() {
    assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code))
        .containsExactly(0, 1, 2, 3, 4, 130);
  }

  private static String[] command(String line) {
    return Arrays.stream(line.split(" "))
        .map(
            word -> word.replace("DIR", directory.toString()).replace("SHOW_TABLES", "SHOW TABLES"))
        .toArray(String[]::new);
  }
}
