package io.goldennonce.kernel.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.kernel.EveryLayoutContract;
import io.goldennonce.kernel.MessageDigestKernel;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.ReferenceHash;
import io.goldennonce.kernel.ScanResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The contract before and after a faster kernel takes over, and what happens if it must not. */
class AdaptiveKernelTest extends EveryLayoutContract {
  private static final NonceKernel MESSAGE_DIGEST = new MessageDigestKernel();
  private static final NonceTemplate HEADER = NonceTemplate.ofHeader(new byte[80]);

  AdaptiveKernelTest() {
    super(Kernels.choose(Kernels.AUTO, HEADER).kernel());
  }

  @Override
  protected NonceScanner scanner(NonceTemplate template) {
    return Kernels.choose(Kernels.AUTO, template).kernel().scanner(template);
  }

  @Override
  protected int lanes() {
    return 32;
  }

  @Test
  void scan_kernelBecomesWarm_goesOnAtTheSameNonce() throws Exception {
    FakeKernel instant = new FakeKernel("instant");
    KernelRace race = race(Duration.ZERO, instant);
    NonceScanner scanner = new AdaptiveKernel(race, MESSAGE_DIGEST).scanner(HEADER);
    long scanned = scanner.scan(0, 100_000, new byte[32], () -> false).end();
    race.first().get(1, TimeUnit.MINUTES);

    ScanResult result = scanner.scan(scanned, 200_000, new byte[32], () -> false);

    assertThat(result).isEqualTo(new ScanResult(200_000, false));
    assertThat(instant.ranges().get(instant.ranges().size() - 1))
        .isEqualTo(new FakeKernel.Range(scanned, 200_000));
    assertThat(race.kernelName()).isEqualTo("instant");
  }

  @Test
  void scan_beforeTheDelayIsOver_isMessageDigests() {
    FakeKernel instant = new FakeKernel("instant");
    KernelRace race = race(Duration.ofDays(1), instant);
    race.scanStarts();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      race.scanStarts();
    }
    new AdaptiveKernel(race, MESSAGE_DIGEST)
        .scanner(HEADER)
        .scan(0, 100_000, new byte[32], () -> false);
    for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
      race.scanEnds();
    }

    assertThat(instant.ranges()).isEmpty();
    assertThat(race.leader()).isEmpty();
    assertThat(race.kernelName()).isEqualTo("instant");
  }

  @Test
  void scan_whileTwoKernelsAreCompared_triesEachNonceOnce() {
    FakeKernel one = new FakeKernel("one");
    FakeKernel other = new FakeKernel("other");
    KernelRace race = race(Duration.ZERO, one, other);
    NonceScanner scanner = new AdaptiveKernel(race, MESSAGE_DIGEST).scanner(HEADER);
    long at = 0;
    while (!race.decision().isDone()) {
      at = scanner.scan(at, at + (1 << 22), new byte[32], () -> false).end();
    }

    List<FakeKernel.Range> ranges = new ArrayList<>(one.ranges());
    ranges.addAll(other.ranges());
    ranges.sort(Comparator.comparing(FakeKernel.Range::from));
    assertThat(other.ranges()).hasSizeGreaterThanOrEqualTo(KernelRace.PAIRS);
    for (int i = 1; i < ranges.size(); i++) {
      assertThat(ranges.get(i).from()).isEqualTo(ranges.get(i - 1).to());
    }
    assertThat(ranges.get(ranges.size() - 1).to()).isEqualTo(at);
  }

  @Test
  void scan_hitInAChallengersTurn_isReportedExactly() {
    FakeKernel one = new FakeKernel("one");
    FakeKernel other = new FakeKernel("other");
    KernelRace race = race(Duration.ZERO, one, other);
    NonceScanner scanner = new AdaptiveKernel(race, MESSAGE_DIGEST).scanner(HEADER);
    long at = 1 << 22;
    while (other.ranges().isEmpty()) {
      // The fakes are so fast that they would come past the last nonce.
      scanner.scan(0, at, new byte[32], () -> false);
    }
    byte[] bound = ReferenceHash.number(HEADER, at + 5);

    assertThat(scanner.scan(at, at + 900, bound, () -> false))
        .isEqualTo(MESSAGE_DIGEST.scanner(HEADER).scan(at, at + 900, bound, () -> false));
  }

  private static KernelRace race(Duration delay, FakeKernel... kernels) {
    return KernelRaceTest.race(true, delay, kernels);
  }
}
