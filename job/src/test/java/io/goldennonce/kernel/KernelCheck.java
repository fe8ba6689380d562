package io.goldennonce.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;

/** A kernel under test, and how its scans are compared with {@code MessageDigest}. */
public abstract class KernelCheck {
  protected final NonceKernel kernel;

  /** Fixed seed: a failure can be had again. */
  protected final Random random = new Random(20090103);

  protected KernelCheck(NonceKernel kernel) {
    this.kernel = kernel;
  }

  /** A scanner that leaves no bound to {@code MessageDigest}, however easy. */
  protected abstract NonceScanner scanner(NonceTemplate template);

  /** The nonces that the kernel hashes at a time. */
  protected abstract int lanes();

  /** How many nonces are enough for some with ten leading zero bits. */
  protected int many() {
    return 4096;
  }

  protected final void agreesWithReference(NonceTemplate template, long from) {
    agreesWithReference(template, from, from + lanes() + 1 + random.nextInt(2 * lanes()));
  }

  /** Bounds that some nonce in the range meets, and one that none does. */
  protected final void agreesWithReference(NonceTemplate template, long from, long to) {
    NonceScanner scanner = scanner(template);
    long lowest = lowest(template, from, to);
    byte[] bound = number(template, lowest);

    assertThat(scanner.scan(from, to, bound, () -> false))
        .as("%s %s, prefix %d", template.encoding(), template.function(), template.prefix().length)
        .isEqualTo(new ScanResult(lowest + 1, true));
    assertThat(scanner.scan(from, to, minusOne(bound), () -> false))
        .isEqualTo(new ScanResult(to, false));
    byte[] easy = zeroBits(2 + random.nextInt(4));
    assertThat(scanner.scan(from, to, easy, () -> false))
        .isEqualTo(reference(template, from, to, easy));
  }

  static ScanResult reference(NonceTemplate template, long from, long to, byte[] bound) {
    return new MessageDigestKernel().scanner(template).scan(from, to, bound, () -> false);
  }

  /** The nonce with the lowest hash in a range. */
  static long lowest(NonceTemplate template, long from, long to) {
    NonceScanner reference = new MessageDigestKernel().scanner(template);
    byte[] bound = zeroBits(0);
    long lowest = from;
    for (ScanResult result = reference.scan(from, to, bound, () -> false); result.hit(); ) {
      lowest = result.end() - 1;
      bound = minusOne(number(template, lowest));
      result = reference.scan(result.end(), to, bound, () -> false);
    }
    return lowest;
  }

  /** The hash of a nonce as a number, computed apart from every kernel. */
  static byte[] number(NonceTemplate template, long nonce) {
    return ReferenceHash.number(template, nonce);
  }

  protected final NonceTemplate template(int prefix, int suffix, NonceEncoding encoding) {
    return NonceTemplate.of(
        bytes(prefix),
        bytes(suffix),
        encoding,
        random.nextBoolean() ? HashFunction.SHA256 : HashFunction.SHA256D,
        random.nextBoolean() ? HashOrder.BIG_ENDIAN : HashOrder.LITTLE_ENDIAN);
  }

  protected final byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The highest bound with N leading zero bits. */
  static byte[] zeroBits(int zeros) {
    return ReferenceHash.bytes(BigInteger.ONE.shiftLeft(256 - zeros).subtract(BigInteger.ONE));
  }

  static byte[] minusOne(byte[] bound) {
    return ReferenceHash.bytes(new BigInteger(1, bound).subtract(BigInteger.ONE));
  }
}
