package io.goldennonce.kernel.gpu.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.ReferenceHash;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The program, interpreted, against {@code MessageDigest}. */
class HashProgramTest {
  private static final Map<Layout, Program> PROGRAMS = new HashMap<>();

  @Test
  void run_genesisHeader_hasZeroTopWord() {
    byte[] header =
        HexFormat.of()
            .parseHex(
                "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd"
                    + "7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c");
    NonceTemplate template = NonceTemplate.ofHeader(header);

    assertThat(topWord(template, 2_083_236_893L)).isZero();
    assertThat(topWord(template, 2_083_236_894L)).isNotZero();
  }

  @Property(tries = 400)
  void run_anyTemplate_isTheDigestsTopWord(
      @ForAll NonceEncoding encoding,
      @ForAll HashFunction function,
      @ForAll HashOrder order,
      @ForAll @IntRange(max = 140) int prefix,
      @ForAll @IntRange(max = 140) int suffix,
      @ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    NonceTemplate template =
        NonceTemplate.of(bytes(random, prefix), bytes(random, suffix), encoding, function, order);
    // Of all lengths, as text.
    long nonce = random.nextLong() >>> (1 + random.nextInt(63));
    nonce = Math.min(nonce, encoding.nonces() - 1);

    assertThat(topWord(template, nonce))
        .as("%s %s %s %d %d nonce %d", encoding, function, order, prefix, suffix, nonce)
        .isEqualTo(expected(template, nonce));
  }

  @Property(tries = 100)
  void run_anyVersionOrPattern_isTheDistancesTopWord(
      @ForAll @IntRange(max = NonceTemplate.MOST_VERSION_BITS) int bits,
      @ForAll boolean pattern,
      @ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    int mask = NonceTemplate.versionMask(random.nextInt() | 0x1fffe000, bits);
    NonceTemplate template = NonceTemplate.ofHeader(bytes(random, 80), mask);
    if (pattern) {
      template = template.withPattern(bytes(random, 32));
    }
    long nonce = random.nextLong(template.nonces());

    assertThat(topWord(template, nonce)).isEqualTo(expected(template, nonce));
  }

  /** Each digit and letter, and both ends of runs of every length. */
  @ParameterizedTest
  @EnumSource(
      value = NonceEncoding.class,
      names = {"DECIMAL", "HEX", "BASE64"})
  void run_everyCharacterOfText_isTheDigestsTopWord(NonceEncoding encoding) {
    for (int prefix = 0; prefix < 4; prefix++) {
      NonceTemplate template =
          NonceTemplate.of(
              new byte[prefix], new byte[3], encoding, HashFunction.SHA256, HashOrder.BIG_ENDIAN);
      for (long unit = 1; unit < 1L << 58; unit *= 10) {
        for (long digit = 1; digit < 70; digit += 3) {
          long nonce = digit * unit - 1;
          if (nonce >= 0 && digit * unit / unit == digit) {
            assertThat(topWord(template, nonce))
                .as("%d", nonce)
                .isEqualTo(expected(template, nonce));
          }
        }
      }
      for (int shift = 0; shift < 32; shift++) {
        for (long value = 0; value < 64; value++) {
          long nonce = value << shift;
          assertThat(topWord(template, nonce)).as("%d", nonce).isEqualTo(expected(template, nonce));
        }
      }
    }
  }

  @Test
  void header_asGenerated_hasTheExpectedNumberOfOperations() {
    Layout layout = WordRun.at(NonceTemplate.ofHeader(new byte[80]), 0).layout();
    Program program = HashProgram.of(layout);

    assertThat(program.nodes().stream().filter(Program.Node::varying).count())
        .as("operations per nonce")
        .isBetween(2_700L, 2_900L);
    assertThat(program.constantCount()).isLessThan(128);
  }

  private static int topWord(NonceTemplate template, long nonce) {
    WordRun run = WordRun.at(template, nonce);
    assertThat(nonce).isBetween(run.from(), run.to() - 1);
    Program program = PROGRAMS.computeIfAbsent(run.layout(), HashProgram::of);
    int version = (int) (nonce % template.versions());
    int each = run.layout().versions();
    int[] constants = program.constants(run.inputs(version / each));
    int word = new Interpreter(program, constants).run(run.word(nonce))[version % each];
    return template.order() == HashOrder.LITTLE_ENDIAN ? Integer.reverseBytes(word) : word;
  }

  private static int expected(NonceTemplate template, long nonce) {
    return ByteBuffer.wrap(ReferenceHash.number(template, nonce)).getInt();
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
