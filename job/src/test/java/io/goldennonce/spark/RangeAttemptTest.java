package io.goldennonce.spark;

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
import io.goldennonce.testing.LocalSpark;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class RangeAttemptTest {
  private static final NonceRange RANGE = new NonceRange(0, 1_000_000);

  private final List<RangeReport> reports = new ArrayList<>();

  /** On a large cluster the interval is long, and each message costs the driver. */
  @Test
  void scan_shorterThanTheReportInterval_reportsOnlyThatItBegins() {
    RangeAttempt attempt = scan(Target.ofZeroBits(200), Duration.ofHours(1));
    assertThat(reports).extracting(RangeReport::end).containsExactly(0L);
    assertThat(attempt.report().end()).isEqualTo(RANGE.to());
  }

  @Test
  void scan_thatFinds_reportsItAtOnce() {
    scan(Target.ofZeroBits(16), Duration.ofHours(1));
    assertThat(reports).extracting(RangeReport::hit).containsExactly(false, true);
    // The oracle's, see SparkSearchTest.
    assertThat(reports.get(1).position()).isEqualTo(133_050);
  }

  @Test
  void scan_longerThanTheReportInterval_reportsOnTheWay() {
    scan(Target.ofZeroBits(200), Duration.ofNanos(1_000));
    assertThat(reports).hasSizeGreaterThan(2).isSortedAccordingTo(this::byEnd);
    assertThat(reports).allMatch(report -> !report.isLast());
  }

  private int byEnd(RangeReport a, RangeReport b) {
    return Long.compare(a.end(), b.end());
  }

  private RangeAttempt scan(Target target, Duration interval) {
    MessageTemplate template =
        new MessageTemplate(
            NonceTemplate.of(
                "COMSM0010cloud".getBytes(StandardCharsets.US_ASCII),
                new byte[0],
                NonceEncoding.U32_BE,
                HashFunction.SHA256D,
                HashOrder.FIRST_BYTE_HIGH));
    SearchSpec spec = new SearchSpec(template, target, RANGE, ResultMode.FIRST);
    RangeAttempt attempt = new RangeAttempt(new RangeSearcher(spec, "message-digest"), RANGE, 1);
    attempt.scan(() -> false, Long.MAX_VALUE, interval.toNanos(), reports::add);
    return attempt;
  }
}
