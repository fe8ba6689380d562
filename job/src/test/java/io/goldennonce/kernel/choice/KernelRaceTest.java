package io.goldennonce.kernel.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.kernel.MessageDigestKernel;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KernelRaceTest {
  private static final NonceTemplate HEADER = NonceTemplate.ofHeader(new byte[80]);

  private final FakeKernel expected = new FakeKernel("expected");
  private final FakeKernel other = new FakeKernel("other");

  @Test
  void leader_kernelFailsItsSelfTest_isTheNext() throws Exception {
    assertThat(first(new FakeKernel("blind").blind(), other)).isEqualTo("other");
  }

  @Test
  void leader_kernelStaysSlow_isTheNext() throws Exception {
    assertThat(first(new FakeKernel("slow").slow(), other)).isEqualTo("other");
  }

  @Test
  void leader_noKernelWorks_isMessageDigest() throws Exception {
    assertThat(first(new FakeKernel("slow").slow())).isEqualTo("message-digest");
  }

  @Test
  void worked_leaderBecomesSlow_isReplacedByTheNext() throws Exception {
    KernelRace race = race(false, Duration.ZERO, expected);
    race.scanStarts();
    race.first().get(1, TimeUnit.MINUTES);
    ScanTiming slow = new ScanTiming(1, 1_000_000_000);
    race.record(expected, slow);
    assertThat(race.kernelName()).as("after one slow slice").isEqualTo("expected");
    for (int i = 0; i < 8; i++) {
      race.record(expected, slow);
    }
    race.scanEnds();

    assertThat(race.kernelName()).isEqualTo("message-digest");
  }

  @Test
  void compared_challengerIsFaster_takesOver() throws Exception {
    KernelRace race = comparing(other);
    compare(race, 20, 21);

    assertThat(race.leader()).contains(other);
    assertThat(race.kernelName()).isEqualTo("other");
    assertThat(race.challenger()).isEmpty();
    assertThat(race.decision().getNow(""))
        .isEqualTo("in turns expected made 20.0 MH/s, other 21.0 MH/s");
  }

  @Test
  void compared_challengerIsNoFaster_changesNothing() throws Exception {
    KernelRace race = comparing(other);
    compare(race, 20, 20);

    assertThat(race.leader()).contains(expected);
    assertThat(race.challenger()).isEmpty();
    assertThat(race.decision()).isCompleted();
  }

  @Test
  void compared_threePairsDisturbed_medianDecides() throws Exception {
    KernelRace race = comparing(other);
    for (int i = 0; i < 3; i++) {
      race.compare(2, 30);
    }
    compare(race, 20, 15);

    assertThat(race.leader()).contains(expected);
  }

  @Test
  void compared_tooFewPairs_decideNothing() throws Exception {
    KernelRace race = comparing(other);
    for (int i = 0; i < KernelRace.PAIRS - 1; i++) {
      race.compare(1, 2);
    }

    assertThat(race.leader()).contains(expected);
    assertThat(race.decision()).isNotCompleted();
  }

  @Test
  void challenger_failsItsSelfTest_isNeverUsed() throws Exception {
    KernelRace race = race(true, Duration.ZERO, expected, new FakeKernel("blind").blind());
    race.scanStarts();
    String decision = race.decision().get(1, TimeUnit.MINUTES);
    race.scanEnds();

    assertThat(decision).startsWith("blind is not used: it must find nonce");
    assertThat(race.leader()).contains(expected);
    assertThat(race.challenger()).isEmpty();
  }

  @Test
  void challenger_kernelWasAskedFor_thereIsNone() throws Exception {
    KernelRace race = race(false, Duration.ZERO, expected, other);
    race.scanStarts();
    String decision = race.decision().get(1, TimeUnit.MINUTES);
    race.scanEnds();

    assertThat(decision).isEqualTo("asked for");
    assertThat(race.challenger()).isEmpty();
  }

  @Test
  void challenger_allProcessorsBusy_waits() throws Exception {
    KernelRace race =
        new KernelRace(
            List.of(expected, other, new MessageDigestKernel()),
            HEADER,
            true,
            new KernelRace.Delays(Duration.ZERO, Duration.ofDays(1), Duration.ofMillis(200)));
    int scans = Runtime.getRuntime().availableProcessors();
    for (int i = 0; i < scans; i++) {
      race.scanStarts();
    }
    race.first().get(1, TimeUnit.MINUTES);
    assertThat(race.challenger()).isEmpty();

    race.skipDelays();
    new AdaptiveKernel(race, new MessageDigestKernel()).warm();
    for (int i = 0; i < scans; i++) {
      race.scanEnds();
    }

    assertThat(race.decision()).isCompleted();
  }

  /** A race that compares two kernels. */
  private KernelRace comparing(FakeKernel challenger) throws InterruptedException {
    KernelRace race = race(true, Duration.ZERO, expected, challenger);
    race.scanStarts();
    while (race.challenger().isEmpty()) {
      Thread.sleep(1);
    }
    race.scanEnds();
    return race;
  }

  private static void compare(KernelRace race, double leader, double challenger) {
    for (int i = 0; i < KernelRace.PAIRS; i++) {
      race.compare(leader, challenger);
    }
  }

  private static String first(FakeKernel... kernels) throws Exception {
    KernelRace race = race(false, Duration.ZERO, kernels);
    race.scanStarts();
    race.first().get(1, TimeUnit.MINUTES);
    race.scanEnds();
    return race.kernelName();
  }

  /** A race of some kernels with {@code MessageDigest} as the last. */
  static KernelRace race(boolean challenges, Duration delay, FakeKernel... kernels) {
    List<NonceKernel> order = new ArrayList<>(List.of(kernels));
    order.add(new MessageDigestKernel());
    return new KernelRace(
        order, HEADER, challenges, new KernelRace.Delays(delay, delay, Duration.ofMillis(200)));
  }
}
