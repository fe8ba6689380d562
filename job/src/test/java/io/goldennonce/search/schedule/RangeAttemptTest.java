package io.goldennonce.search.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.Target;
import io.goldennonce.search.MessageTemplate;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.RangeSearcher;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangeAttemptTest {
  private static final NonceRange RANGE = new NonceRange(0, 1_000_000);

  private final List<RangeReport> reports = new ArrayList<>();

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Target UNREACHABLE = Target.ofZeroBits(200);

  /** A clock that goes on by a millisecond each time it is looked at. */
  private long time;

  private boolean stopped;

  /** On a large cluster the interval is long, and each message costs the driver. */
  @Test
  void scan_shorterThanTheReportInterval_reportsOnlyThatItBegins() {
    RangeAttempt attempt = scan(UNREACHABLE, HOUR, HOUR);
    assertThat(reports).extracting(RangeReport::end).containsExactly(0L);
    assertThat(attempt.report().end()).isEqualTo(RANGE.to());
    assertThat(attempt.report().phase()).isEqualTo(RangeReport.Phase.DONE);
  }

  @Test
  void scan_thatFinds_reportsItAtOnce() {
    scan(Target.ofZeroBits(16), HOUR, HOUR);
    assertThat(reports)
        .extracting(RangeReport::solutions)
        // The oracle's, see SparkSearchTest.
        .containsExactly(List.of(), List.of(133_050L));
  }

  @Test
  void scan_longerThanTheReportInterval_reportsOnTheWay() {
    scan(UNREACHABLE, HOUR, Duration.ofMillis(1));
    assertThat(reports).hasSizeGreaterThan(2).isSortedAccordingTo(this::byEnd);
    assertThat(reports).allMatch(report -> !report.isLast());
  }

  @Test
  void scan_whoseTimeIsOver_letsGoOfTheRest() {
    RangeReport last = scan(UNREACHABLE, Duration.ofMillis(2), HOUR).report();
    assertThat(last.phase()).isEqualTo(RangeReport.Phase.DONE);
    assertThat(last.nanos()).isEqualTo(2_000_000);
    assertThat(last.end()).isBetween(1L, RANGE.to() - 1);
  }

  @Test
  void scan_toldToStop_saysHowFarItCame() {
    stopped = true;
    RangeAttempt attempt = scan(UNREACHABLE, HOUR, HOUR);
    assertThat(attempt.report().phase()).isEqualTo(RangeReport.Phase.STOPPED);
    assertThat(attempt.report().end()).isLessThan(RANGE.to());
    assertThat(attempt.soundSearcher()).isPresent();
  }

  private int byEnd(RangeReport a, RangeReport b) {
    return Long.compare(a.end(), b.end());
  }

  private RangeAttempt scan(Target target, Duration limit, Duration interval) {
    MessageTemplate template =
        new MessageTemplate(
            NonceTemplate.of(
                "COMSM0010cloud".getBytes(StandardCharsets.US_ASCII),
                new byte[0],
                NonceEncoding.U32_BE,
                HashFunction.SHA256D,
                HashOrder.BIG_ENDIAN));
    SearchSpec spec = new SearchSpec(template, target, RANGE, ResultMode.ANY);
    RangeAttempt attempt =
        new RangeAttempt(
            new RangeSearcher(spec, "message-digest"),
            new Assignment(1, RANGE, 0),
            1,
            0,
            new RangeAttempt.Place(1, "host", "1"),
            limit,
            interval);
    attempt.scan(() -> stopped, () -> time += 1_000_000, reports::add);
    return attempt;
  }
}
