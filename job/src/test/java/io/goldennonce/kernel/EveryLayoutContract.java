package io.goldennonce.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every kernel must do, with the nonce at every place of messages of all lengths. Not for
 * kernels that take seconds to compile each kind of message.
 */
public abstract class EveryLayoutContract extends NonceKernelContract {
  protected EveryLayoutContract(NonceKernel kernel) {
    super(kernel);
  }

  /** Every position of the nonce in a block, and so every split over two words or two blocks. */
  @ParameterizedTest
  @EnumSource(
      value = NonceEncoding.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DECIMAL", "HEX", "BASE64"})
  void scan_nonceAtEveryPosition_agreesWithReference(NonceEncoding encoding) {
    for (int prefix = 0; prefix < 64; prefix++) {
      NonceTemplate template = template(prefix + 64 * (prefix % 2), prefix * 7 % 80, encoding);
      agreesWithReference(template, Math.floorMod(random.nextLong(), encoding.nonces() - 9999));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 51, 52, 55, 56, 59, 60, 61, 63, 64, 119, 120, 200, 1000})
  void scan_suffixOfAwkwardLength_agreesWithReferenceOrIsRefused(int length) {
    for (NonceTemplate template :
        List.of(
            template(3, length, NonceEncoding.U32_BE),
            template(0, length, NonceEncoding.U64_LE),
            template(length, 5, NonceEncoding.U32_LE))) {
      if (kernel.supports(template)) {
        agreesWithReference(template, random.nextInt(1 << 30));
      } else {
        assertThat(template.suffix().length).isGreaterThan(200);
        assertThatThrownBy(() -> kernel.scanner(template))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = NonceEncoding.class,
      names = {"U64_BE", "U64_LE"})
  void scan_eightBytesAcross32Bits_agreesWithReference(NonceEncoding encoding) {
    for (int prefix : new int[] {0, 20, 55, 58, 61, 76}) {
      NonceTemplate template = template(prefix, 9, encoding);
      for (long high : new long[] {1, 2, 0x12345678L, 0x7fffffffL}) {
        long border = high << 32;
        agreesWithReference(template, border - 40, border + 40);
        agreesWithReference(template, border - 1, border + 1);
        agreesWithReference(template, border - lanes() - 3, border + lanes() + 3);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = NonceEncoding.class,
      names = {"U64_BE", "U64_LE"})
  void scan_lastNonceOfEightBytes_isTriedAndNoneBeyond(NonceEncoding encoding) {
    NonceTemplate template = template(5, 5, encoding);

    agreesWithReference(template, Long.MAX_VALUE - 70, Long.MAX_VALUE);
  }

  /**
   * Every width of a nonce in text at every position in a block, and so every split over words and
   * blocks; ranges where the width grows, where a {@link TextTable} ends, and elsewhere.
   */
  @ParameterizedTest
  @EnumSource(
      value = NonceEncoding.class,
      names = {"DECIMAL", "HEX", "BASE64"})
  void scan_textOfEveryWidthAtEveryPosition_agreesWithReference(NonceEncoding encoding) {
    for (int prefix = 0; prefix < 64; prefix++) {
      NonceTemplate template = template(prefix + 64 * (prefix % 2), prefix * 7 % 80, encoding);
      for (long lowest = 1, next; lowest < Long.MAX_VALUE; lowest = next) {
        next = lowest < Long.MAX_VALUE / 16 ? lowest * radix(encoding) : Long.MAX_VALUE;
        long within = Math.max(lowest, random.nextLong(lowest, next) - 4L * lanes());
        long table = within / TextTable.of(encoding).size() * TextTable.of(encoding).size();
        long from =
            switch (random.nextInt(3)) {
              case 0 -> Math.max(0, lowest - lanes());
              case 1 -> Math.max(0, table - lanes());
              default -> within;
            };
        agreesWithReference(template, from);
      }
    }
  }

  private static long radix(NonceEncoding encoding) {
    return switch (encoding) {
      case DECIMAL -> 10;
      case HEX -> 16;
      default -> 64;
    };
  }

  /** Around each power of ten and sixteen a nonce's text may grow, and what follows it move. */
  @ParameterizedTest
  @EnumSource(
      value = NonceEncoding.class,
      names = {"DECIMAL", "HEX", "BASE64"})
  void scan_nonceAsText_findsEachNonceByItsHash(NonceEncoding encoding) {
    for (int length : new int[] {0, 1, 45, 55, 60, 63, 64, 65, 127, 128, 200}) {
      NonceTemplate template = template(length, 200 - length, encoding);
      for (long border : new long[] {10, 16, 100, 1000, 4096, 10_000, 65_536, 1L << 32, 1L << 60}) {
        eachNonceHasItsHash(template, border - 9, border + 12);
      }
      eachNonceHasItsHash(template, 0, 11);
      eachNonceHasItsHash(template, Long.MAX_VALUE - 9, Long.MAX_VALUE);
      eachNonceHasItsHash(template, 999_999_999_999_999_990L, 1_000_000_000_000_000_010L);
    }
  }

  @Property(tries = 300)
  void scan_anyTemplateRangeAndBound_agreesWithMessageDigest(
      @ForAll NonceEncoding encoding,
      @ForAll @IntRange(max = 200) int prefix,
      @ForAll @IntRange(max = 200) int suffix,
      @ForAll HashFunction function,
      @ForAll HashOrder order,
      @ForAll @LongRange(min = 0) long start,
      @ForAll @IntRange(max = 2000) int length,
      @ForAll @IntRange(max = 14) int zeroBits) {
    NonceTemplate template =
        NonceTemplate.of(bytes(prefix), bytes(suffix), encoding, function, order);
    Assume.that(kernel.supports(template));
    long from = start % (encoding.nonces() - length);
    byte[] bound = zeroBits(zeroBits);

    assertThat(scanner(template).scan(from, from + length, bound, () -> false))
        .isEqualTo(reference(template, from, from + length, bound));
  }

  /** Hashes that begin with anything but zeros, in either order, to a bit or to all of them. */
  @ParameterizedTest
  @EnumSource(HashOrder.class)
  void scan_pattern_agreesWithReference(HashOrder order) {
    for (int i = 0; i < 16; i++) {
      NonceTemplate template =
          NonceTemplate.of(
                  bytes(random.nextInt(70)),
                  bytes(random.nextInt(10)),
                  NonceEncoding.U32_BE,
                  i % 2 == 0 ? HashFunction.SHA256 : HashFunction.SHA256D,
                  order)
              .withPattern(bytes(32));
      long from = random.nextInt(1 << 20);
      long to = from + 2L * lanes() + many();
      for (int bits : new int[] {0, 3, 8, 11, 16, 31}) {
        byte[] bound = zeroBits(bits);
        assertThat(scanner(template).scan(from, to, bound, () -> false))
            .isEqualTo(reference(template, from, to, bound));
      }
      long hit = lowest(template, from, to);
      assertThat(scanner(template).scan(from, to, number(template, hit), () -> false))
          .as("the hash that is closest to the pattern")
          .isEqualTo(new ScanResult(hit + 1, true));
    }
  }

  /** Bits next to each other and apart, among them those of BIP 320 and the version's last one. */
  @ParameterizedTest
  @ValueSource(ints = {0x2000, 0x6000, 0xe000, 0x10204000, 0x1e000, 0x80000001})
  void scan_rollingVersion_agreesWithReference(int mask) {
    for (int i = 0; i < 4; i++) {
      NonceTemplate template = NonceTemplate.ofHeader(bytes(80), mask);
      int group = lanes() * template.versions();
      long from = random.nextLong(template.nonces() - 3L * group);
      agreesWithReference(template, from, from + group + random.nextInt(2 * group));
      agreesWithReference(template, from, from + 1 + random.nextInt(template.versions()));
      agreesWithReference(template, template.nonces() - 2L * group - 3, template.nonces());
      eachNonceHasItsHash(template, from, from + 2L * template.versions() + 1);
    }
  }

  @Property(tries = 100)
  void scan_anyRollingVersionRangeAndBound_agreesWithMessageDigest(
      @ForAll int mask,
      @ForAll @IntRange(max = NonceTemplate.MOST_VERSION_BITS) int bits,
      @ForAll @LongRange(min = 0) long start,
      @ForAll @IntRange(max = 2000) int length,
      @ForAll @IntRange(max = 14) int zeroBits) {
    int fewer = mask;
    while (Integer.bitCount(fewer) > bits) {
      fewer &= fewer - 1;
    }
    NonceTemplate template = NonceTemplate.ofHeader(bytes(80), fewer);
    long from = start % (template.nonces() - length);
    byte[] bound = zeroBits(zeroBits);

    assertThat(scanner(template).scan(from, from + length, bound, () -> false))
        .isEqualTo(reference(template, from, from + length, bound));
  }

  private void eachNonceHasItsHash(NonceTemplate template, long from, long to) {
    NonceScanner scanner = scanner(template);
    for (long nonce = from; nonce < to; nonce++) {
      byte[] bound = number(template, nonce);
      assertThat(scanner.scan(nonce, nonce + 1, bound, () -> false))
          .as("%s %d, prefix %d", template.encoding(), nonce, template.prefix().length)
          .isEqualTo(new ScanResult(nonce + 1, true));
      assertThat(scanner.scan(nonce, nonce + 1, minusOne(bound), () -> false).hit()).isFalse();
    }
    long lowest = lowest(template, from, to);
    assertThat(scanner.scan(from, to, number(template, lowest), () -> false))
        .isEqualTo(new ScanResult(lowest + 1, true));
  }
}
