package io.goldennonce.kernel.gpu.program;

import static io.goldennonce.kernel.gpu.program.ProgramBuilder.AND_OR;
import static io.goldennonce.kernel.gpu.program.ProgramBuilder.CHOOSE;

/**
 * Computes the bytes of a nonce from its nonce word, as big-endian words of a program: four bytes,
 * or up to eight characters, four of which are computed in parallel in one word.
 */
final class NonceBytes {
  private static final int EACH = 0x01010101;

  private final ProgramBuilder builder;
  private final Layout layout;

  NonceBytes(ProgramBuilder builder, Layout layout) {
    this.builder = builder;
    this.layout = layout;
  }

  /**
   * Returns the nonce's bytes, the first one in the most significant byte of the first word,
   * followed by zeros.
   *
   * @return one word or two
   */
  int[] words() {
    int nonce = builder.nonce();
    return switch (layout.encoding()) {
      case U32_BE, U64_BE -> new int[] {nonce};
      case U32_LE, U64_LE -> new int[] {reversed(nonce)};
      case HEX -> digits(nonce, true);
      case DECIMAL -> digits(bcd(nonce), false);
      case BASE64 -> base64(nonce);
    };
  }

  /**
   * Places the bytes in the message.
   *
   * @param word the index of a word of the message, counted from the layout's first block
   * @return the bytes in that word, with zeros for others; −1 if there are none
   */
  int inMessageWord(int[] words, int word) {
    int at = word - layout.at() / Integer.BYTES;
    int shift = layout.at() % Integer.BYTES * Byte.SIZE;
    int last = (layout.at() + layout.varying() - 1) / Integer.BYTES - layout.at() / Integer.BYTES;
    if (at < 0 || at > last) {
      return -1;
    }
    if (shift == 0) {
      return words[at];
    }
    if (at == 0) {
      return builder.shift(words[0], shift);
    }
    int mask = -1 << (Integer.SIZE - shift);
    int before = builder.rotate(words[at - 1], shift);
    return at == words.length
        ? builder.and(before, mask)
        : builder.logic(CHOOSE, builder.literal(mask), before, builder.rotate(words[at], shift));
  }

  private int reversed(int word) {
    // One rotation moves bytes 3 and 1 to their places, the other bytes 2 and 0.
    return builder.logic(
        CHOOSE, builder.literal(0xff00ff00), builder.rotate(word, 8), builder.rotate(word, 24));
  }

  /** Returns the digits of a word, most significant first; leading digits must be zero. */
  private int[] digits(int word, boolean letters) {
    int aligned = builder.rotate(word, 4 * layout.varying());
    int[] words = new int[layout.varying() > Integer.BYTES ? 2 : 1];
    for (int i = 0; i < words.length; i++) {
      int half = builder.rotate(aligned, 16 * i);
      int spread = builder.and(builder.rotate(half, 4), 0x0f000000);
      spread = builder.logic(AND_OR, builder.rotate(half, 8), builder.literal(0x000f0000), spread);
      spread = builder.logic(AND_OR, builder.rotate(half, 12), builder.literal(0x00000f00), spread);
      spread = builder.logic(AND_OR, builder.rotate(half, 16), builder.literal(0x0000000f), spread);
      int text = builder.add(spread, builder.literal('0' * EACH));
      if (letters) {
        int isLetter = atLeast(spread, 10);
        text = builder.add(text, times(isLetter, 'a' - '0' - 10));
      }
      words[i] = firstBytes(text, layout.varying() - Integer.BYTES * i);
    }
    return words;
  }

  /** Converts a number below 10⁸ to eight decimal digits of four bits (double dabble). */
  private int bcd(int number) {
    int bits = 27;
    // From the most significant bit; the first three can't make a digit above 4.
    int bcd = builder.shift(number, bits - 3);
    for (int bit = bits - 4; bit >= 0; bit--) {
      int above4 = builder.and(builder.add(bcd, builder.literal(0x33333333)), 0x88888888);
      int three = builder.add(builder.shift(above4, 2), builder.shift(above4, 3));
      int doubled = builder.rotate(builder.add(bcd, three), 31);
      bcd = builder.logic(AND_OR, builder.rotate(number, bit), builder.literal(1), doubled);
    }
    return bcd;
  }

  /** Returns the six characters of the low 32 bits, four bits of which come from elsewhere. */
  private int[] base64(int nonce) {
    int above = builder.input(layout.bitsAboveInput());
    int first = builder.and(builder.rotate(above, 4), 0x30000000);
    first = builder.logic(AND_OR, builder.rotate(nonce, 4), builder.literal(0x0f000000), first);
    first = builder.logic(AND_OR, builder.rotate(nonce, 6), builder.literal(0x003f0000), first);
    first = builder.logic(AND_OR, builder.rotate(nonce, 8), builder.literal(0x00003f00), first);
    first = builder.logic(AND_OR, builder.rotate(nonce, 10), builder.literal(0x0000003f), first);
    int second = builder.and(builder.rotate(nonce, 12), 0x3f000000);
    second = builder.logic(AND_OR, builder.rotate(nonce, 14), builder.literal(0x003c0000), second);
    return new int[] {base64Characters(first), firstBytes(base64Characters(second), 2)};
  }

  /** Returns the characters of four numbers of six bits: A–Z, a–z, 0–9, + and /. */
  private int base64Characters(int numbers) {
    return builder.add(
        numbers,
        builder.literal('A' * EACH),
        times(atLeast(numbers, 26), 'a' - 'A' - 26),
        times(atLeast(numbers, 52), '0' - 'a' - 26),
        times(atLeast(numbers, 62), '+' - '0' - 10),
        times(atLeast(numbers, 63), '/' - '+' - 1));
  }

  /** Returns for each byte, at most 127, whether it is at least a limit: 1 or 0. */
  private int atLeast(int bytes, int limit) {
    int sums = builder.add(bytes, builder.literal((128 - limit) * EACH));
    return builder.and(builder.shift(sums, 7), EACH);
  }

  /** Multiplies bytes of 0 or 1 by a factor from −127 to 127; borrows cancel in the final sum. */
  private int times(int flags, int factor) {
    int positive = Math.abs(factor);
    int product = builder.literal(0);
    for (int bit = 0; bit < 7; bit++) {
      if ((positive >> bit & 1) != 0) {
        product = builder.add(product, builder.rotate(flags, 32 - bit));
      }
    }
    return factor < 0
        ? builder.add(builder.logic(0x0f, product, product, product), builder.literal(1))
        : product;
  }

  private int firstBytes(int word, int count) {
    return count >= Integer.BYTES
        ? word
        : builder.and(word, -1 << (Integer.SIZE - Byte.SIZE * count));
  }
}
