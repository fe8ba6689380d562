package io.goldennonce.search.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeReport;
import io.goldennonce.search.Shares;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuditsTest {
  private static final Shares FOUR = Shares.of(20, List.of(10L, 30L, 60L, 90L));

  private final Audits audits = new Audits(1, new Random(1));
  private long assignments;

  @Test
  void consider_allOfTheWork_sendsEveryPieceOnce() {
    considerTwo();
    assertThat(dealt())
        .extracting(Assignment::range)
        .containsExactlyInAnyOrder(
            new NonceRange(0, 25),
            new NonceRange(25, 50),
            new NonceRange(50, 75),
            new NonceRange(75, 100));
  }

  @Test
  void consider_oneExecutorOnly_sendsNothing() {
    audits.consider(report(0, new NonceRange(0, 100), FOUR, "a"));
    audits.consider(report(0, new NonceRange(100, 200), Shares.none(20), "a"));
    assertThat(dealt()).isEmpty();
    assertThat(audits.areDone()).isTrue();
  }

  @Test
  void ended_bothFoundTheSame_accusesNobody() {
    considerTwo();
    for (Assignment piece : dealt()) {
      assertThat(audits.ended(report(piece, FOUR.in(piece.range()), "a"))).isEmpty();
    }
    assertThat(audits.areDone()).isTrue();
    assertThat(audits.compared()).isEqualTo(4);
    assertThat(audits.hashes()).isEqualTo(100);
  }

  @Test
  void ended_oneLacksWhatTheOtherFound_accusesThatOne() {
    considerTwo();
    for (Assignment piece : dealt()) {
      Shares shares =
          piece.range().contains(30)
              ? Shares.none(20) // the second misses one
              : piece.range().contains(60)
                  ? Shares.of(20, List.of(60L, 61L)) // the first has missed one
                  : FOUR.in(piece.range());
      List<String> expected =
          piece.range().contains(30)
              ? List.of("a")
              : piece.range().contains(60) ? List.of("b") : List.of();
      assertThat(audits.ended(report(piece, shares, "a")))
          .extracting(RangeReport::executor)
          .isEqualTo(expected);
    }
  }

  /** It would scan all of its own work again, and again. */
  @Test
  void ended_byTheOnlyExecutorLeft_isNotSentAgain() {
    considerTwo();
    List<Assignment> pieces = dealt();
    audits.gone("a");
    pieces.forEach(piece -> audits.ended(report(piece, FOUR.in(piece.range()), "b")));
    assertThat(audits.areDone()).isTrue();
    audits.consider(report(0, new NonceRange(100, 200), Shares.none(20), "b"));
    assertThat(audits.areDone()).isTrue();
    audits.consider(report(0, new NonceRange(200, 300), Shares.none(20), "c"));
    assertThat(dealt()).hasSize(4);
  }

  /** Where solutions are easier than shares. */
  @Test
  void ended_oneLacksASolutionOfTheOther_accusesThatOne() {
    considerTwo();
    for (Assignment piece : dealt()) {
      RangeReport found = report(piece, FOUR.in(piece.range()), "a");
      boolean first = piece.range().contains(10);
      RangeReport more = first ? with(List.of(11L), found) : found;
      assertThat(audits.ended(more))
          .extracting(RangeReport::executor)
          .isEqualTo(first ? List.of("b") : List.of());
    }
  }

  /** An executor that claims to be very fast gets ranges that no other can scan in time. */
  @Test
  void ended_byAnExecutorWhoseTimeWasUp_sendsTheRestAgain() {
    considerTwo();
    Assignment piece =
        dealt().stream().filter(each -> each.range().contains(30)).findFirst().orElseThrow();
    RangeReport half = ending(27, report(piece, Shares.none(20), "a"));
    assertThat(audits.ended(half)).isEmpty();
    Assignment rest = dealt().get(0);
    assertThat(rest.range()).isEqualTo(new NonceRange(27, 50));
    assertThat(audits.ended(report(rest, Shares.none(20), "a")))
        .extracting(RangeReport::executor)
        .containsExactly("a");
    assertThat(audits.hashes()).isEqualTo(25);
  }

  /** With an audit share of 1 a large cluster has more at a time than late reports are known of. */
  @Test
  void isAudit_ofEachOfVeryMany_isTrueUntilItEnds() {
    audits.consider(report(0, new NonceRange(0, 0), Shares.none(20), "a"));
    List<Assignment> all = new ArrayList<>();
    for (int range = 0; range < 30_000; range++) {
      audits.consider(report(0, new NonceRange(4, 8), Shares.none(20), "b"));
      audits.deal(all, 100, () -> ++assignments);
    }
    assertThat(all).hasSize(120_000).allMatch(each -> audits.isAudit(each.id()));
    assertThat(audits.isOver(all.get(0).id())).isFalse();
  }

  /** Waves have share targets of their own. */
  @Test
  void ended_withAHarderShareTarget_comparesByThat() {
    Shares easy = Shares.none(20).plus(10, 20).plus(12, 24);
    audits.consider(report(0, new NonceRange(100, 101), Shares.none(20), "a"));
    dealt();
    audits.consider(report(0, new NonceRange(0, 100), easy, "b"));
    Assignment piece =
        dealt().stream().filter(each -> each.range().contains(10)).findFirst().orElseThrow();
    assertThat(audits.ended(report(piece, Shares.none(22).plus(12, 24), "a"))).isEmpty();
  }

  @Test
  void ended_byTheSameExecutorOrNotAtAll_isSentAgain() {
    considerTwo();
    for (Assignment piece : dealt()) {
      assertThat(audits.ended(report(piece, Shares.none(20), "b"))).isEmpty();
      assertThat(audits.isOver(piece.id())).isTrue();
    }
    assertThat(audits.compared()).isZero();
    List<Assignment> again = dealt();
    assertThat(again).hasSize(4);
    again.forEach(piece -> audits.again(piece.id()));
    assertThat(dealt()).hasSize(4);
  }

  @Test
  void forget_executor_dropsTheAuditsOfItsWork() {
    considerTwo();
    Assignment running = dealt().get(0);
    audits.forget("b");
    assertThat(audits.areDone()).isTrue();
    assertThat(audits.isOver(running.id())).isTrue();
    assertThat(audits.concern("b")).isFalse();
  }

  /** An executor with several cores: what it was at when it was lost is audited one by one. */
  @Test
  void lost_executorOfWhichOnlyTheLastAttemptIsAudited_isRememberedWhole() {
    ExecutorTrust trust = new ExecutorTrust(audits);
    audits.consider(report(0, new NonceRange(0, 0), Shares.none(20), "a"));
    trust.tried("b", new NonceRange(0, 100));
    trust.lost("b", new NonceRange(100, 200), false);
    RangeReport last = report(0, new NonceRange(200, 300), Shares.none(20), "b");
    audits.consider(last);
    trust.lost("b", new NonceRange(200, 300), true);
    for (int i = 0; i < 2; i++) {
      trust.fault(ExecutorFault.Kind.MISSED_SHARE, last);
    }
    assertThat(trust.invalidate("b", List.of())).containsExactly(new NonceRange(0, 300));
  }

  @Test
  void lost_executorWhoseWorkIsNotAudited_isForgotten() {
    ExecutorTrust trust = new ExecutorTrust(audits);
    trust.tried("b", new NonceRange(0, 100));
    trust.lost("b", new NonceRange(100, 200), true);
    for (int i = 0; i < 2; i++) {
      trust.fault(
          ExecutorFault.Kind.MISSED_SHARE, report(0, new NonceRange(0, 100), Shares.none(20), "b"));
    }
    assertThat(trust.invalidate("b", List.of())).isEmpty();
  }

  /** From the first miss on, each range of the executor is audited. */
  @Test
  void consider_afterAMiss_sendsAPieceOfEachOfTheExecutorsRanges() {
    Audits rare = new Audits(0.02, new Random(1));
    rare.consider(report(0, new NonceRange(0, 0), Shares.none(20), "a"));
    int before = 0;
    List<Assignment> wave = new ArrayList<>();
    while (wave.isEmpty()) {
      before++;
      rare.consider(report(0, new NonceRange(100L * before, 100L * before + 100), FOUR, "b"));
      rare.deal(wave, 100, () -> ++assignments);
    }
    assertThat(before).isGreaterThan(1);
    Assignment piece = wave.get(0);
    Shares found = Shares.of(20, List.of(piece.range().from()));
    assertThat(rare.ended(report(piece, found, "a"))).hasSize(1);
    for (int range = 1; range <= 20; range++) {
      rare.consider(report(0, new NonceRange(0, 100), FOUR, "b"));
      wave.clear();
      rare.deal(wave, 100, () -> ++assignments);
      assertThat(wave).hasSizeGreaterThanOrEqualTo(1);
    }
  }

  /** Two executors have finished a range, the first an empty one. */
  private void considerTwo() {
    audits.consider(report(0, new NonceRange(100, 100), Shares.none(20), "a"));
    audits.consider(report(0, new NonceRange(0, 100), FOUR, "b"));
  }

  private List<Assignment> dealt() {
    List<Assignment> wave = new ArrayList<>();
    audits.deal(wave, 100, () -> ++assignments);
    return wave;
  }

  private static RangeReport report(Assignment piece, Shares shares, String executor) {
    return report(piece.id(), piece.range(), shares, executor);
  }

  private static RangeReport with(List<Long> solutions, RangeReport report) {
    return report(
        report.assignment(),
        report.range(),
        report.end(),
        solutions,
        report.shares(),
        report.executor());
  }

  private static RangeReport ending(long end, RangeReport report) {
    return report(
        report.assignment(), report.range(), end, List.of(), report.shares(), report.executor());
  }

  private static RangeReport report(
      long assignment, NonceRange range, Shares shares, String executor) {
    return report(assignment, range, range.to(), List.of(), shares, executor);
  }

  private static RangeReport report(
      long assignment,
      NonceRange range,
      long end,
      List<Long> solutions,
      Shares shares,
      String executor) {
    return new RangeReport(
        assignment,
        range,
        assignment,
        end,
        solutions,
        RangeReport.Phase.DONE,
        1,
        null,
        shares,
        "host",
        executor,
        "scalar",
        null);
  }
}
