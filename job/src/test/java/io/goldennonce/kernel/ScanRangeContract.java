package io.goldennonce.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every kernel must do: where a scan starts, ends and stops. */
public abstract class ScanRangeContract extends KernelCheck {
  protected ScanRangeContract(NonceKernel kernel) {
    super(kernel);
  }

  @Test
  void scan_rangeEndsBeforeHit_reportsNothing() {
    NonceTemplate template = NonceTemplate.ofHeader(bytes(80));
    NonceScanner scanner = scanner(template);
    long hit = lowest(template, 5000, 9000);
    byte[] bound = number(template, hit);
    for (int length = 0; length <= Math.min(2 * lanes(), 70); length++) {
      assertThat(scanner.scan(hit - length, hit, bound, () -> false))
          .isEqualTo(new ScanResult(hit, false));
      assertThat(scanner.scan(hit + 1, hit + 1 + length, bound, () -> false))
          .isEqualTo(new ScanResult(hit + 1 + length, false));
    }
  }

  @Test
  void scan_emptyRange_triesNothing() {
    NonceScanner scanner = scanner(NonceTemplate.ofHeader(bytes(80)));

    assertThat(scanner.scan(77, 77, zeroBits(0), () -> false)).isEqualTo(new ScanResult(77, false));
  }

  @ParameterizedTest
  @EnumSource(
      value = NonceEncoding.class,
      names = {"U32_BE", "U32_LE"})
  void scan_lastNonceOfFourBytes_isTriedAndNoneBeyond(NonceEncoding encoding) {
    NonceTemplate template = template(20, 0, encoding);
    long last = (1L << 32) - 1;

    assertThat(scanner(template).scan(last, last + 1, number(template, last), () -> false))
        .isEqualTo(new ScanResult(last + 1, true));
    agreesWithReference(template, (1L << 32) - 50, 1L << 32);
    agreesWithReference(template, (1L << 32) - 3L * lanes(), 1L << 32);
  }

  @Test
  void scan_toldToStop_saysHowFarItCame() {
    NonceScanner scanner = scanner(NonceTemplate.ofHeader(bytes(80)));
    for (int polls : new int[] {0, 1, 3}) {
      int[] left = {polls};
      ScanResult result = scanner.scan(100, 1L << 32, new byte[32], () -> left[0]-- == 0);

      assertThat(result.hit()).isFalse();
      assertThat(result.end()).isBetween(100L, 100 + polls * 8192L);
    }
  }

  /** A stop costs nothing: what was scanned before and after it is the whole range. */
  @Test
  void scan_resumedAfterStop_findsTheSame() {
    NonceTemplate template = NonceTemplate.ofHeader(bytes(80));
    NonceScanner scanner = scanner(template);
    long hit = lowest(template, 0, 40_000);
    byte[] bound = number(template, hit);
    long at = 0;
    ScanResult result;
    do {
      boolean[] polled = {false};
      long from = at;
      result =
          scanner.scan(
              from,
              40_000,
              bound,
              () -> {
                boolean stop = polled[0];
                polled[0] = true;
                return stop;
              });
      at = result.end();
    } while (!result.hit() && at < 40_000);

    assertThat(result).isEqualTo(new ScanResult(hit + 1, true));
  }
}
