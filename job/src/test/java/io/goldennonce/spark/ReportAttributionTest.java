package io.goldennonce.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.Shares;
import io.goldennonce.spark.RunningTasks.Task;
import io.goldennonce.spark.RunningTasks.TaskEnd;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Executors "x", which reports what it likes, and "y". */
class ReportAttributionTest {
  private static final NonceRange RANGE = new NonceRange(0, 100);

  /** Wave 2's first task has assignment 20, its second one 21. */
  private final ReportAttribution attribution =
      new ReportAttribution(
          (wave, index, assignment) -> wave == 2 && assignment == 20 + index && index < 2);

  private final Task ofX = new Task(7, "search id run wave 2", 0, 0, "host x", "x");
  private final Task ofY = new Task(8, "search id run wave 2", 1, 0, "host y", "y");

  @Test
  void message_withTheNameOfAnother_isOfTheExecutorThatSparkHasSentTheTaskTo() {
    attribution.started(ofX);
    attribution.started(ofY);
    assertThat(attribution.ofMessage(report(7, 20, 50, "y")))
        .hasValue(
            new RangeReport(
                20,
                RANGE,
                7,
                50,
                List.of(3L),
                RangeReport.Phase.RUNNING,
                1,
                null,
                Shares.none(20),
                "host x",
                "x",
                "scalar",
                null));
  }

  @Test
  void message_ofAnothersAttemptAtAnOwnAssignment_isIgnored() {
    attribution.started(ofX);
    attribution.started(ofY);
    assertThat(attribution.ofMessage(report(8, 20, 50, "y"))).isEmpty();
    assertThat(attribution.ofMessage(report(8, 21, 50, "y"))).isPresent();
  }

  /** Spark's events take another way than messages. */
  @Test
  void message_beforeTheStartOfItsTask_countsFromThenOn() {
    assertThat(attribution.ofMessage(report(7, 20, 0, "x"))).isEmpty();
    assertThat(attribution.ofMessage(report(7, 20, 50, "y"))).isEmpty();
    assertThat(attribution.started(ofX))
        .hasValueSatisfying(
            report -> {
              assertThat(report.end()).isEqualTo(50);
              assertThat(report.executor()).isEqualTo("x");
            });
  }

  @Test
  void message_ofAnothersAttemptBeforeItsStart_isIgnored() {
    attribution.ofMessage(report(8, 20, 50, "y"));
    assertThat(attribution.started(ofY)).isEmpty();
  }

  @Test
  void message_ofATaskThatHasEndedOrNeverWas_isIgnored() {
    attribution.started(ofX);
    attribution.ended(new TaskEnd(ofX, false, List.of()));
    assertThat(attribution.ofMessage(report(7, 20, 50, "x"))).isEmpty();
    assertThat(attribution.ofMessage(report(9, 20, 50, "x"))).isEmpty();
  }

  /** It makes its task fail, so that another executor gets the assignment, whose id it knows. */
  @Test
  void message_afterASecondAttemptAtItsAssignment_isIgnored() {
    attribution.started(ofX);
    attribution.ended(new TaskEnd(ofX, false, List.of()));
    Task retry = new Task(9, ofX.group(), 0, 1, "host y", "y");
    attribution.ofMessage(report(9, 20, 50, "y"));
    assertThat(attribution.started(retry)).isEmpty();
    assertThat(attribution.ofMessage(report(9, 20, 50, "y"))).isEmpty();
    assertThat(attribution.ended(new TaskEnd(retry, false, List.of(report(9, 20, 100, "y")))))
        .extracting(RangeReport::end)
        .containsExactly(100L);
  }

  /** With spark.speculation, the second one could report in the name of the first. */
  @Test
  void message_ofAFirstAttemptWhileASecondOneRuns_isIgnored() {
    attribution.started(ofX);
    attribution.started(ofY);
    attribution.started(new Task(9, ofX.group(), 0, 1, "host y", "y"));
    assertThat(attribution.ofMessage(report(7, 20, 50, "x"))).isEmpty();
    assertThat(attribution.ofMessage(report(8, 21, 50, "y"))).isPresent();
    assertThat(attribution.ended(new TaskEnd(ofX, false, List.of(report(7, 20, 60, "y")))))
        .extracting(RangeReport::executor)
        .containsExactly("x");
  }

  @Test
  void ended_withReportsOfOtherAttemptsAndAssignments_ignoresThem() {
    attribution.started(ofX);
    attribution.started(ofY);
    List<RangeReport> reports =
        List.of(
            report(8, 21, 50, "y"),
            report(7, 21, 50, "x"),
            report(9, 20, 50, "y"), // a second attempt's at its own assignment
            report(7, 20, 50, "y"));
    assertThat(attribution.ended(new TaskEnd(ofX, false, reports)))
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.assignment()).isEqualTo(20);
              assertThat(report.attempt()).isEqualTo(7);
              assertThat(report.executor()).isEqualTo("x");
              assertThat(report.host()).isEqualTo("host x");
            });
  }

  private static RangeReport report(long attempt, long assignment, long end, String executor) {
    return new RangeReport(
        assignment,
        RANGE,
        attempt,
        end,
        List.of(3L),
        RangeReport.Phase.RUNNING,
        1,
        null,
        Shares.none(20),
        "host of " + executor,
        executor,
        "scalar",
        null);
  }
}
