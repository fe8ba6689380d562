package io.goldennonce.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
    Recording instant = new Recording("instant");
    WarmUp warmUp = warmUp(instant, Duration.ZERO);
    NonceScanner scanner = new AdaptiveKernel(warmUp, MESSAGE_DIGEST).scanner(HEADER);
    long begun = scanner.scan(0, 100_000, new byte[32], () -> false).end();
    warmUp.first().get(1, TimeUnit.MINUTES);

    ScanResult result = scanner.scan(begun, 200_000, new byte[32], () -> false);

    assertThat(result).isEqualTo(new ScanResult(200_000, false));
    assertThat(instant.lastFrom).isEqualTo(begun);
    assertThat(warmUp.kernelName()).isEqualTo("instant");
  }

  @Test
  void scan_beforeTheDelayIsOver_isMessageDigests() {
    Recording instant = new Recording("instant");
    WarmUp warmUp = warmUp(instant, Duration.ofDays(1));
    warmUp.scanBegins();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      warmUp.scanBegins();
    }
    new AdaptiveKernel(warmUp, MESSAGE_DIGEST)
        .scanner(HEADER)
        .scan(0, 100_000, new byte[32], () -> false);
    for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
      warmUp.scanEnds();
    }

    assertThat(instant.lastFrom).isEqualTo(-1);
    assertThat(warmUp.kernel()).isEmpty();
    assertThat(warmUp.kernelName()).isEqualTo("instant");
  }

  @Test
  void warmUp_kernelFailsItsSelfTest_isNeverUsed() throws Exception {
    Recording blind = new Recording("blind");
    blind.isBlind = true;

    assertThat(settled(blind)).isEqualTo("message-digest");
  }

  @Test
  void warmUp_kernelStaysSlow_isReplacedByTheNext() throws Exception {
    Recording slow = new Recording("slow");
    slow.isSlow = true;

    assertThat(settled(slow)).isEqualTo("message-digest");
  }

  @Test
  void worked_kernelBecomesSlow_isReplacedByTheNext() throws Exception {
    Recording instant = new Recording("instant");
    WarmUp warmUp = warmUp(instant, Duration.ZERO);
    warmUp.scanBegins();
    warmUp.first().get(1, TimeUnit.MINUTES);
    warmUp.worked(instant, 1, 1_000_000_000);
    assertThat(warmUp.kernelName()).as("after one slow slice").isEqualTo("instant");
    for (int i = 0; i < 8; i++) {
      warmUp.worked(instant, 1, 1_000_000_000);
    }
    warmUp.scanEnds();

    assertThat(warmUp.kernelName()).isEqualTo("message-digest");
  }

  @Test
  void scan_deviceFailsInTheMiddle_goesOnBehindItsWorkWithTheNextKernel() throws Exception {
    Recording failing = new Recording("failing");
    failing.isDevice = true;
    WarmUp warmUp = warmUp(failing, Duration.ZERO);
    warmUp.scanBegins();
    warmUp.first().get(1, TimeUnit.MINUTES);
    failing.failsAt = 3_000_000_000L;
    NonceScanner scanner = new AdaptiveKernel(warmUp, MESSAGE_DIGEST).scanner(HEADER);

    ScanResult result = scanner.scan(2_000_000_000L, 3_000_100_000L, new byte[32], () -> false);
    warmUp.scanEnds();

    assertThat(result).isEqualTo(new ScanResult(3_000_100_000L, false));
    assertThat(failing.lastFrom).as("in one piece").isEqualTo(2_000_000_000L);
    assertThat(warmUp.kernelName()).isEqualTo("message-digest");
  }

  private static String settled(NonceKernel kernel) throws Exception {
    WarmUp warmUp = warmUp(kernel, Duration.ZERO);
    warmUp.scanBegins();
    warmUp.first().get(1, TimeUnit.MINUTES);
    warmUp.scanEnds();
    return warmUp.kernelName();
  }

  private static WarmUp warmUp(NonceKernel kernel, Duration delay) {
    return new WarmUp(
        List.of(KernelCandidate.usable(kernel), KernelCandidate.usable(MESSAGE_DIGEST)),
        HEADER,
        delay,
        Duration.ofMillis(200));
  }

  /** Finds what the self-test expects, and skips over all else in no time. */
  private static final class Recording implements NonceKernel {
    private final String name;
    private volatile long lastFrom = -1;
    private boolean isBlind;
    private boolean isSlow;

    private boolean isDevice;

    /** Where it fails, as a device would. */
    private volatile long failsAt = Long.MAX_VALUE;

    Recording(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean supports(NonceTemplate template) {
      return true;
    }

    @Override
    public boolean offloads() {
      return isDevice;
    }

    @Override
    public NonceScanner scanner(NonceTemplate template) {
      return (from, to, bound, stop) -> {
        lastFrom = from;
        if (to > failsAt) {
          throw new KernelFailedException(
              "the device is lost", failsAt, new IllegalStateException());
        }
        if (to - from < 1000 && !isBlind) {
          return MESSAGE_DIGEST.scanner(template).scan(from, to, bound, stop);
        }
        while (isSlow && !stop.getAsBoolean()) {
          Thread.onSpinWait();
        }
        return new ScanResult(isSlow ? from + 1 : to, false);
      };
    }
  }
}
