package io.goldennonce.kernel.gpu.program;

import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.Sha256;
import io.goldennonce.kernel.TopWord;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A run of nonces whose messages depend on one 32-bit word, the nonce word: the low half of a
 * binary nonce, or the number of the last eight digits of a text nonce; and on the version, where
 * versions roll.
 *
 * @param layout the program's layout
 * @param base the nonce whose nonce word is 0; may be below {@code from}, outside the run
 * @param from the first nonce, of the first version
 * @param to the nonce after the last
 */
public record WordRun(NonceTemplate template, Layout layout, long base, long from, long to) {
  /** Number of digits that fit into a word, in decimal and in hex. */
  private static final int DIGITS = 8;

  private static final long WORD = 1L << Integer.SIZE;

  /** Varying bytes of a base64 nonce: the characters that contain its low 32 bits. */
  private static final int BASE64_VARYING = 6;

  /** Returns the run that contains a nonce. */
  public static WordRun at(NonceTemplate template, long templateNonce) {
    long nonce = template.writtenNonce(templateNonce);
    return switch (template.encoding()) {
      case DECIMAL -> ofDigits(template, nonce, 10);
      case HEX -> ofDigits(template, nonce, 16);
      case BASE64 -> ofWord(template, nonce, BASE64_VARYING, 5);
      case U64_BE -> ofWord(template, nonce, Integer.BYTES, Integer.BYTES);
      case U32_BE, U32_LE, U64_LE -> ofWord(template, nonce, Integer.BYTES, 0);
    };
  }

  /** Returns the nonce word of a nonce in this run. */
  public int word(long nonce) {
    return (int) template.writtenNonce(nonce - base);
  }

  /**
   * Returns how often the program must run with each nonce word, so that all versions are tried.
   */
  public int programRuns() {
    return template.versions() / layout.versions();
  }

  /**
   * Returns the inputs of the layout's program for this run.
   *
   * @param programRun 0 to {@code programRuns()} − 1
   */
  public int[] inputs(int programRun) {
    int[] inputs = new int[layout.inputs()];
    for (int i = 0; i < layout.versions(); i++) {
      putMessage(template.message(from + (long) programRun * layout.versions() + i), i, inputs);
    }
    inputs[layout.bitsAboveInput()] = (int) (template.writtenNonce(base) >>> Integer.SIZE);
    if (layout.pattern()) {
      inputs[layout.patternInput()] = TopWord.of(layout.order()).of(template.pattern());
    }
    return inputs;
  }

  /** Puts a version's hash state, and the words, which are the same for all versions. */
  private void putMessage(byte[] message, int version, int[] inputs) {
    int start = message.length - layout.length();
    Arrays.fill(message, start + layout.at(), start + layout.at() + layout.varying(), (byte) 0);
    int[] words = Sha256.padded(message, message.length);
    int[] state = Sha256.initialState();
    int constant = start / Integer.BYTES;
    for (int at = 0; at < constant; at += Sha256.BLOCK_WORDS) {
      Sha256.compress(state, words, at);
    }
    System.arraycopy(state, 0, inputs, layout.stateInput(version), state.length);
    System.arraycopy(words, constant, inputs, layout.messageInput(), words.length - constant);
  }

  private static WordRun ofWord(NonceTemplate template, long nonce, int varying, int skipped) {
    long base = nonce & -WORD;
    long last = Math.min(base + (WORD - 1), template.encoding().nonces() - 1);
    int width =
        template.encoding() == NonceEncoding.BASE64
            ? template.encode(0).length
            : template.encoding().width();
    return of(template, width, varying, skipped, base, base, last + 1);
  }

  private static WordRun ofDigits(NonceTemplate template, long nonce, int radix) {
    int length = Long.toString(nonce, radix).length();
    int varying = Math.min(length, DIGITS);
    long count = power(radix, DIGITS);
    long base = nonce / count * count;
    long from = base;
    long to = base + Math.min(count - 1, template.encoding().nonces() - 1 - base) + 1;
    if (length <= DIGITS) {
      to = power(radix, length);
      from = length == 1 ? 0 : to / radix;
    }
    return of(template, length, varying, length - varying, base, from, to);
  }

  private static long power(int base, int exponent) {
    return BigInteger.valueOf(base).pow(exponent).longValueExact();
  }

  private static WordRun of(
      NonceTemplate template,
      int nonceLength,
      int varying,
      int skipped,
      long base,
      long from,
      long to) {
    int first = template.prefix().length + skipped;
    int start = first / Sha256.BLOCK_BYTES * Sha256.BLOCK_BYTES;
    int end = template.prefix().length + nonceLength + template.suffix().length;
    Layout layout =
        new Layout(
            template.encoding(),
            varying,
            first - start,
            end - start,
            template.function(),
            template.order(),
            Math.min(template.versions(), Layout.MOST_VERSIONS),
            template.hasPattern());
    int versions = template.versions();
    return new WordRun(template, layout, base * versions, from * versions, to * versions);
  }
}
