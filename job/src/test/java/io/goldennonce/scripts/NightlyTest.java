package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of {@code -Pnightly} and its report, with a Maven that is made up. */
@Tag("full")
class NightlyTest {
  private static final String BENCHMARKS =
      """

        org.openjdk.jmh.Main;
        -Xmx512m io.goldennonce.search.schedule.ScaleSimulation 1000 16 24
      """;

  @TempDir private Path directory = Path.of("set by JUnit");
  private Path maven = Path.of("set before each");

  /** Chaos ends as a failed test does, kills hang, and all else passes. */
  @BeforeEach
  void writeMaven() throws Exception {
    maven =
        Files.writeString(
            directory.resolve("mvn"),
            """
            #!/bin/sh
            case "$*" in
              *simulation.schedules=1000\\ *) echo 'Simulation: 1,234 schedules' ;;
              *ChaosIT*golden.nonce.rounds=7\\ *) for i in 1 2; do echo '[ERROR]   ChaosIT.x:1 lost a range'; done
                printf '[ERROR] Command was %0300d\\n' 0; exit 1 ;;
              *KilledProcessesIT*) echo 'KilledProcessesIT: 3 kills'; [ -z "$HANG" ] || exec sleep 600 ;;
              *jmh.Main*) echo 'Iteration 1'; echo 'Benchmark  Score'; echo 'KernelBenchmark  5.0'
                printf '\\033[0m\\n' ;;
              *-Xmx512m*) echo "heap, tests with CI=$CI" ;;
              *) echo "unknown: $*"; exit 3 ;;
            esac
            """);
    assertThat(maven.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void nightly_onePartFails_runsTheOthersAndFailsAtTheEnd() throws Exception {
    Program.Ended ended = nightly("1").run(directory);
    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    assertThat(ended.lastLine())
        .isEqualTo(
            "nightly: 1 of 5 parts failed; see "
                + directory.toRealPath().resolve("target/nightly.md"));
    String report = Files.readString(directory.resolve("target/nightly.md"));
    assertThat(report)
        .startsWith("# Nightly: 1 failed\n\n5 of 5 parts have run.\n")
        .contains(
            "| simulated schedules | passed | ",
            "    Simulation: 1,234 schedules\n",
            "| chaos on a cluster | **failed** | ",
            "Errors in `target/nightly/02.log`:\n\n    [ERROR]   ChaosIT.x:1 lost a range\n"
                + "    [ERROR] Command was "
                + "0".repeat(180)
                + "…\n",
            "| killed miners and compactions | passed | ",
            "| JMH | passed | ",
            "\n    Benchmark  Score\n    KernelBenchmark  5.0\n\n##",
            "| ScaleSimulation 1000 16 24 | passed | ",
            "    heap, tests with CI=true\n")
        .doesNotContain("Iteration");
  }

  @Test
  void nightly_partThatHangs_isEndedAtItsLimit() throws Exception {
    Program.Ended ended = nightly("0.001").with("HANG", "true").run(directory);
    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    assertThat(Files.readString(directory.resolve("target/nightly.md")))
        .contains("\n5 of 5 parts have run.\n")
        .contains("| killed miners and compactions | **ended after its limit of 0 min 04 s** | ");
  }

  private Program nightly(String hours) {
    return Program.of(
        Path.of(System.getProperty("java.home"), "bin/java"),
        Program.root().resolve("job/src/build/java/Nightly.java").toString(),
        directory.toString(),
        maven.toString(),
        "1000",
        "7",
        hours,
        BENCHMARKS);
  }
}
