package io.goldennonce.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kernel must do, with few kinds of messages: which nonces it must find. */
public abstract class NonceKernelContract extends ScanRangeContract {
  protected NonceKernelContract(NonceKernel kernel) {
    super(kernel);
  }

  /**
   * Bitcoin's blocks of these heights, from the public chain; 125552 is the one that
   * https://en.bitcoin.it/wiki/Block_hashing_algorithm works through.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c,"
        + " 2083236893, 000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
    "1, 010000006fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000982051fd1e4ba744bbbe680e1fee14677ba1a3c3540bf7b1cdb606e857233e0e61bc6649ffff001d01e36299,"
        + " 2573394689, 00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048",
    "170, 0100000055bd840a78798ad0da853f68974f3d183e2bd1db6a842c1feecf222a00000000ff104ccb05421ab93e63f8c3ce5c2c2e9dbb37de2764b3a3175c8166562cac7d51b96a49ffff001d283e9e70,"
        + " 1889418792, 00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee",
    "125552,"
        + " 0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a42a14695,"
        + " 2504433986, 00000000000000001e8d6829a8a21adc5d38d0a473b144b6765798e61f98bd1d",
    "840000,"
        + " 00e05f2aab948491071265ad552351d0ad625745668da54b0172010000000000000000004f89a5d73bd4d4887f25981fe81892ccafda10c27f52d6f3dd28183a7c411b03b7072366194203177d9863ea,"
        + " 3932395645, 0000000000000000000320283a032748cef8227873ff4872689bf23f1cda83a5"
  })
  void scan_knownBlock_findsItsNonceExactly(int height, String header, long nonce, String hash) {
    NonceTemplate template = NonceTemplate.ofHeader(HexFormat.of().parseHex(header));
    byte[] bound = HexFormat.of().parseHex(hash);
    long from = nonce - 3L * lanes() - 5;
    long to = nonce + lanes() + 3;

    assertThat(scanner(template).scan(from, to, bound, () -> false))
        .as("block %d, bound its own hash", height)
        .isEqualTo(new ScanResult(nonce + 1, true));
    assertThat(scanner(template).scan(from, to, minusOne(bound), () -> false))
        .as("block %d, bound one below its hash", height)
        .isEqualTo(new ScanResult(to, false));
    assertThat(kernel.scanner(template).scan(from, to, bound, () -> false))
        .as("block %d, through the kernel", height)
        .isEqualTo(new ScanResult(nonce + 1, true));
  }

  @Test
  void scan_randomHeaders_agreesWithReference() {
    for (int i = 0; i < 20; i++) {
      agreesWithReference(NonceTemplate.ofHeader(bytes(80)), random.nextInt(1 << 20));
    }
  }

  static Stream<byte[]> bounds() {
    Stream<byte[]> powers = IntStream.rangeClosed(0, 256).mapToObj(NonceKernelContract::zeroBits);
    Stream<byte[]> odd =
        Stream.of(
                "00ffffff",
                "0123456789",
                "8000000000",
                "7fffffff01",
                "0000ffff",
                "00000001",
                "00800000ff")
            .map(hex -> Arrays.copyOf(HexFormat.of().parseHex(hex), 32));
    return Stream.concat(powers, odd);
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void scan_anyBound_agreesWithReference(byte[] bound) {
    NonceTemplate header = NonceTemplate.ofHeader(bytes(80));
    NonceTemplate message = template(10, 10, NonceEncoding.U32_BE);
    long from = random.nextInt(1 << 20);
    long to = from + 2L * lanes() + 7;
    for (NonceTemplate template : new NonceTemplate[] {header, message}) {
      ScanResult expected = reference(template, from, to, bound);
      assertThat(scanner(template).scan(from, to, bound, () -> false)).isEqualTo(expected);
      assertThat(kernel.scanner(template).scan(from, to, bound, () -> false)).isEqualTo(expected);
    }
  }

  @Test
  void scan_everyHitInTurn_missesNone() {
    NonceTemplate template = NonceTemplate.ofHeader(bytes(80));
    byte[] bound = zeroBits(3);
    NonceScanner scanner = scanner(template);
    long from = 12345;
    long to = from + 2L * lanes() + 100;
    NonceScanner reference = new MessageDigestKernel().scanner(template);
    for (long at = from; at < to; ) {
      ScanResult expected = reference.scan(at, to, bound, () -> false);
      assertThat(scanner.scan(at, to, bound, () -> false)).isEqualTo(expected);
      at = expected.end();
    }
  }

  /** The bound is the lowest hash there is in the range, so exactly one nonce hits. */
  @Test
  void scan_hitInEachLane_isFound() {
    NonceTemplate template = NonceTemplate.ofHeader(bytes(80));
    NonceScanner scanner = scanner(template);
    long hit = lowest(template, 1 << 16, (1 << 16) + 4096);
    byte[] bound = number(template, hit);
    for (int before = 0; before <= Math.min(2 * lanes(), 130); before++) {
      assertThat(scanner.scan(hit - before, hit + 1, bound, () -> false))
          .as("%d nonces before the hit", before)
          .isEqualTo(new ScanResult(hit + 1, true));
    }
  }

  @Test
  void scan_severalHitsInAGroup_reportsTheFirstAtOrAfterFrom() {
    NonceTemplate template = NonceTemplate.ofHeader(bytes(80));
    NonceScanner scanner = scanner(template);
    byte[] all = zeroBits(0);
    LongStream.of(0, 1, 31, 32, 33, 763, 764, 765, 4095)
        .forEach(
            from ->
                assertThat(scanner.scan(from, from + 5, all, () -> false))
                    .isEqualTo(new ScanResult(from + 1, true)));
  }

  @Test
  void scan_boundOfAnEarlierScan_isForgotten() {
    NonceTemplate template = NonceTemplate.ofHeader(bytes(80));
    NonceScanner scanner = scanner(template);
    long hit = lowest(template, 0, 3000);

    assertThat(scanner.scan(0, 3000, new byte[32], () -> false).hit()).isFalse();
    assertThat(scanner.scan(0, 3000, number(template, hit), () -> false).end()).isEqualTo(hit + 1);
    assertThat(scanner.scan(0, 3000, zeroBits(0), () -> false).end()).isEqualTo(1);
  }

  @Test
  void scan_givenBound_leavesItAlone() {
    byte[] bound = zeroBits(12);
    scanner(NonceTemplate.ofHeader(bytes(80))).scan(0, 500, bound, () -> false);

    assertThat(bound).isEqualTo(zeroBits(12));
  }

  @ParameterizedTest
  @EnumSource
  void supports_everyEncoding(NonceEncoding encoding) {
    assertThat(kernel.supports(template(9, 9, encoding))).isTrue();
  }

  @Test
  void name_isLowerCaseDigitsAndHyphens() {
    assertThat(kernel.name()).matches("[a-z0-9-]+");
  }
}
