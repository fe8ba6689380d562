package io.goldennonce.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.search.CoverageHistogram;
import io.goldennonce.search.ExecutorWork;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.testing.Await;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressDisplayTest {
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @AfterEach
  void restore() {
    System.setErr(realErr);
  }

  @Test
  void lines_ofALongSearch_comeAtTheInterval() {
    PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (ProgressLines lines = new ProgressLines(stream, "block 7", Duration.ofSeconds(10))) {
      for (int tick = 1; tick <= 4 * 35; tick++) {
        lines.progress(at(Duration.ofMillis(250L * tick)));
      }
    }
    List<String> told = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(told).hasSize(3);
    // 2^20 hashes expected; 10 s at 100,000 a second.
    assertThat(told.get(0))
        .isEqualTo(
            "block 7: 1.00 M tried, 100 kH/s (now 123 kH/s), 61.5 % chance so far, 4 tasks on 1"
                + " executor, p50 in 7.3 s, p95 in 31 s");
  }

  @Test
  void bar_whileOthersPrint_keepsToItsOwnLine() {
    PrintStream terminal = new PrintStream(bytes, true, Charset.defaultCharset());
    System.setErr(terminal);
    try (ProgressBarDisplay bar = new ProgressBarDisplay(terminal, "block 7")) {
      bar.progress(at(Duration.ofSeconds(10)));
      System.err.println("12:00:00 WARN a line of the log");
      System.err.print("another, ");
      System.err.println("in two parts");
      assertThat(screen()).contains("12:00:00 WARN a line of the log", "another, in two parts");
    }
    assertThat(System.err).isSameAs(terminal);
    System.err.println("the next line");
    assertThat(screen()).last().isEqualTo("the next line");
  }

  @Test
  void bar_inEightyColumns_hasRoomForAllNumbers() throws InterruptedException {
    PrintStream terminal = new PrintStream(bytes, true, Charset.defaultCharset());
    System.setErr(terminal);
    try (ProgressBarDisplay bar = new ProgressBarDisplay(terminal, "block 7")) {
      bar.progress(at(Duration.ofSeconds(10)));
      Await.until("the bar", () -> screen().stream().anyMatch(line -> line.contains("61 %")));
      assertThat(screen())
          .last()
          .asString()
          .startsWith("block 7  61 % ")
          .endsWith(" 123 kH/s, 1.00 M tried, p50 7.3 s, p95 31 s, 1 executor")
          .hasSizeLessThanOrEqualTo(80);
    }
  }

  @Test
  void bar_whileALineIsNotEnded_waits() {
    PrintStream terminal = new PrintStream(bytes, true, Charset.defaultCharset());
    try (LinesAboveBar lines = new LinesAboveBar(terminal)) {
      PrintStream above = new PrintStream(lines, true, Charset.defaultCharset());
      lines.draw("bar 1");
      above.print("half ");
      lines.draw("bar 2");
      above.println("a line");
      lines.draw("bar 3");
      assertThat(screen()).containsExactly("half a line", "bar 3");
    }
    assertThat(screen()).containsExactly("half a line");
  }

  @Test
  void bar_thatIsClosed_isNotDrawnAgain() {
    PrintStream terminal = new PrintStream(bytes, true, Charset.defaultCharset());
    LinesAboveBar lines = new LinesAboveBar(terminal);
    lines.close();
    terminal.print("the result");
    lines.draw("bar");
    new PrintStream(lines, true, Charset.defaultCharset()).print(" goes on");
    assertThat(screen()).containsExactly("the result goes on");
  }

  @ParameterizedTest
  @CsvSource({"'24 120\n', 120", "'0 0\n', 80", "'', 80", "stty: no, 80"})
  void width_asSttySaysIt_isItsColumns(String said, int columns) {
    assertThat(TerminalWidth.columns(said)).isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({
    "0,    24, 'block 7   0 % │    │ 1 H'",
    "0.5,  24, 'block 7  50 % │██  │ 1 H'",
    "0.53, 24, 'block 7  53 % │██▏ │ 1 H'",
    "1,    24, 'block 7 100 % │████│ 1 H'",
    "1,    22, 'block 7 100 % 1 H'",
    "1,    10, 'block 7 10'",
  })
  void line_ofAnyWidth_fits(double chance, int width, String line) {
    assertThat(ProgressBarDisplay.line("block 7", chance, "1 H", width)).isEqualTo(line);
  }

  /** What is seen, as a terminal does it. */
  private List<String> screen() {
    String[] lines = bytes.toString(Charset.defaultCharset()).split("\n", -1);
    return List.of(lines).stream()
        .map(line -> line.replaceAll("\r+$", ""))
        // A return to the line's begin and its clearing: what was there is gone.
        .map(line -> line.substring(line.lastIndexOf("\u001b[K") + 1).replaceFirst("^\\[K", ""))
        .map(line -> line.substring(line.lastIndexOf('\r') + 1))
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static SearchProgress at(Duration elapsed) {
    long hashes = elapsed.toMillis() * 100;
    return new SearchProgress(
        hashes,
        0,
        Duration.ZERO,
        elapsed,
        123_000,
        0x1p-20,
        4,
        List.of(new ExecutorWork("driver", "h", "scalar", hashes, 0)),
        1,
        1,
        () -> new CoverageHistogram(0, 1, List.of(), List.of()));
  }
}
