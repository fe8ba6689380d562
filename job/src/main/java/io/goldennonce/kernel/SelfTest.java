package io.goldennonce.kernel;

import static io.goldennonce.kernel.HashFunction.SHA256;
import static io.goldennonce.kernel.HashFunction.SHA256D;
import static io.goldennonce.kernel.HashOrder.BIG_ENDIAN;
import static io.goldennonce.kernel.HashOrder.LITTLE_ENDIAN;
import static io.goldennonce.kernel.NonceEncoding.BASE64;
import static io.goldennonce.kernel.NonceEncoding.DECIMAL;
import static io.goldennonce.kernel.NonceEncoding.HEX;
import static io.goldennonce.kernel.NonceEncoding.U32_BE;
import static io.goldennonce.kernel.NonceEncoding.U32_LE;
import static io.goldennonce.kernel.NonceEncoding.U64_BE;
import static io.goldennonce.kernel.NonceEncoding.U64_LE;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Tests a kernel with known hits, so that one that misses them is never used. */
public final class SelfTest {
  /** Blocks 0 and 125552, the latter from https://en.bitcoin.it/wiki/Block_hashing_algorithm. */
  private static final String GENESIS =
      "01000000"
          + "0000000000000000000000000000000000000000000000000000000000000000"
          + "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"
          + "29ab5f49ffff001d1dac2b7c";

  private static final String BLOCK_125552 =
      "01000000"
          + "81cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000"
          + "e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122b"
          + "c7f5d74df2b9441a42a14695";

  private static final String BYTES_61 =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abc";

  /** The nonces of messages were found with {@code MessageDigest}. */
  private static final List<Vector> VECTORS =
      List.of(
          header(GENESIS),
          header(BLOCK_125552),
          rolledGenesis(),
          // Spans two words.
          message("COMSM0010cloud", "", U32_BE, SHA256D, BIG_ENDIAN, 30_074_393),
          message("golden", "nonce", U32_LE, SHA256, LITTLE_ENDIAN, 4_781_243),
          // Spans two blocks.
          message(BYTES_61, "", U32_BE, SHA256, BIG_ENDIAN, 2_036_603),
          // The high half is not zero.
          message(
              "golden nonce, eight bytes: ",
              "!",
              U64_BE,
              SHA256D,
              LITTLE_ENDIAN,
              1_099_527_672_283L),
          // Constant blocks after the nonce.
          message("a", BYTES_61 + BYTES_61, U64_LE, SHA256D, BIG_ENDIAN, 26_126_368),
          message("golden nonce, decimal: ", ".", DECIMAL, SHA256, BIG_ENDIAN, 6_122_756),
          message(BYTES_61, "hex", HEX, SHA256D, LITTLE_ENDIAN, 12_841_014),
          message("nonce", "", BASE64, SHA256, BIG_ENDIAN, 6_165_697));

  /** Nonces of the template itself, of which about four hit. */
  private static final long OWN_NONCES = 1 << 16;

  private static final int OWN_ZERO_BITS = 14;

  /** The high half is not zero. */
  private static final long OWN_FROM = 20_000_000_000L;

  private SelfTest() {}

  /** Returns why a kernel fails the test, if it does. Takes some milliseconds. */
  public static Optional<String> failure(NonceKernel kernel) {
    try {
      return VECTORS.stream().flatMap(vector -> vector.failure(kernel).stream()).findFirst();
    } catch (RuntimeException | LinkageError e) {
      return Optional.of("its self-test ended with " + e);
    }
  }

  /**
   * Returns why a kernel fails the test for a template's program, if it does. Tries the known
   * vectors of the same program, and the template itself against {@code MessageDigest}. Takes some
   * milliseconds of CPU time.
   */
  public static Optional<String> failure(DeviceKernel kernel, NonceTemplate template) {
    try {
      Object code = kernel.code(template);
      return VECTORS.stream()
          .filter(vector -> kernel.code(vector.template()).equals(code))
          .flatMap(vector -> vector.failure(kernel).stream())
          .findFirst()
          .or(() -> differenceFromMessageDigest(kernel, template));
    } catch (RuntimeException | LinkageError e) {
      return Optional.of("its self-test ended with " + e.getMessage());
    }
  }

  /** Compares hits one by one, with a bound that kernels do not leave to {@code MessageDigest}. */
  private static Optional<String> differenceFromMessageDigest(
      NonceKernel kernel, NonceTemplate template) {
    NonceScanner scanner = kernel.scanner(template);
    NonceScanner reference = new MessageDigestKernel().scanner(template);
    byte[] bound = TopWord.bound(OWN_ZERO_BITS);
    long from = Math.min(OWN_FROM, template.nonces() / 2);
    long to = from + OWN_NONCES;
    for (long at = from; at < to; ) {
      ScanResult expected = reference.scan(at, to, bound, () -> false);
      ScanResult result = scanner.scan(at, to, bound, () -> false);
      if (!result.equals(expected)) {
        return Optional.of("it must return " + expected + " from nonce " + at + ", got " + result);
      }
      at = expected.end();
    }
    return Optional.empty();
  }

  private static Vector header(String hex) {
    byte[] header = HexFormat.of().parseHex(hex);
    long nonce =
        Integer.toUnsignedLong(Integer.reverseBytes(HexFormat.fromHexDigits(hex, 152, 160)));
    return new Vector(NonceTemplate.ofHeader(header), nonce, 32);
  }

  /** Flips two of three rolling bits of the version; version number 5 flips them back. */
  private static Vector rolledGenesis() {
    byte[] header = HexFormat.of().parseHex(GENESIS);
    header[1] ^= (byte) 0xa0;
    NonceTemplate template = NonceTemplate.ofHeader(header, 0xe000);
    return new Vector(template, 2_083_236_893L * template.versions() + 5, 32);
  }

  private static Vector message(
      String prefix,
      String suffix,
      NonceEncoding encoding,
      HashFunction function,
      HashOrder order,
      long nonce) {
    NonceTemplate template =
        NonceTemplate.of(
            prefix.getBytes(StandardCharsets.US_ASCII),
            suffix.getBytes(StandardCharsets.US_ASCII),
            encoding,
            function,
            order);
    return new Vector(template, nonce, 24);
  }

  /** A nonce whose hash has at least {@code zeroBits} leading zero bits, unlike its neighbors. */
  private record Vector(NonceTemplate template, long nonce, int zeroBits) {
    /** Neighbors on each side: more than a vector's lanes, so that whole groups are tried. */
    private static final int BEFORE = 45;

    Optional<String> failure(NonceKernel kernel) {
      if (!kernel.supports(template)) {
        return Optional.empty();
      }
      byte[] bound = TopWord.bound(zeroBits);
      long from = Math.max(0, nonce - BEFORE);
      ScanResult result = kernel.scanner(template).scan(from, nonce + BEFORE, bound, () -> false);
      return result.equals(new ScanResult(nonce + 1, true))
          ? Optional.empty()
          : Optional.of("it must find nonce " + nonce + " from nonce " + from + ", got " + result);
    }
  }
}
