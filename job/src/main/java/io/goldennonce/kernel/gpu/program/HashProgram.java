package io.goldennonce.kernel.gpu.program;

import static io.goldennonce.kernel.gpu.program.ProgramBuilder.CHOOSE;
import static io.goldennonce.kernel.gpu.program.ProgramBuilder.MAJORITY;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.Sha256;
import io.goldennonce.kernel.TopWord;
import java.util.Arrays;

/**
 * Creates the program of a layout: SHA-256 once or twice over the message, up to the most
 * significant word of the digest (see {@link TopWord}).
 */
public final class HashProgram {
  private static final int[] K = Sha256.constants();
  private static final int ROUNDS = K.length;

  private final Layout layout;
  private final ProgramBuilder builder;
  private final TopWord topWord;

  private HashProgram(Layout layout) {
    this.layout = layout;
    this.builder = new ProgramBuilder(layout.inputs());
    this.topWord = TopWord.of(layout.order());
  }

  /** Creates the program of a layout. */
  public static Program of(Layout layout) {
    return new HashProgram(layout).build();
  }

  private Program build() {
    boolean twice = layout.function() == HashFunction.SHA256D;
    int[] message = message();
    int[] state = new int[Layout.STATE_WORDS];
    Arrays.setAll(state, builder::input);
    for (int block = 0; block < layout.blocks(); block++) {
      int from = block * Sha256.BLOCK_WORDS;
      int[] words = Arrays.copyOfRange(message, from, from + Sha256.BLOCK_WORDS);
      if (block == layout.blocks() - 1 && !twice) {
        return builder.build(decidingWord(state, words));
      }
      int[] worked = rounds(state, words, ROUNDS);
      for (int i = 0; i < state.length; i++) {
        state[i] = builder.add(state[i], worked[i]);
      }
    }
    int[] digest = new int[Sha256.BLOCK_WORDS];
    int[] padding = Sha256.digestBlock();
    Arrays.setAll(digest, i -> i < state.length ? state[i] : builder.literal(padding[i]));
    int[] initial = Sha256.initialState();
    int[] start = new int[initial.length];
    Arrays.setAll(start, i -> builder.literal(initial[i]));
    return builder.build(decidingWord(start, digest));
  }

  /** Returns the message's words: literals for the padding, inputs for the rest, and the nonce. */
  private int[] message() {
    NonceBytes nonce = new NonceBytes(builder, layout);
    int[] nonceWords = nonce.words();
    int[] words = new int[layout.blocks() * Sha256.BLOCK_WORDS];
    for (int i = 0; i < words.length; i++) {
      int known = known(i, words.length);
      int varying = nonce.inMessageWord(nonceWords, i);
      words[i] = varying < 0 ? known : builder.add(known, varying);
    }
    return words;
  }

  private int known(int word, int words) {
    int firstByte = word * Integer.BYTES;
    if (firstByte >= layout.length() && word != words - 1) {
      return builder.literal(firstByte == layout.length() ? 0x80000000 : 0);
    }
    return builder.input(Layout.STATE_WORDS + word);
  }

  /** Returns the most significant word of the digest, after the last block. */
  private int decidingWord(int[] state, int[] words) {
    int[] worked = rounds(state, words, topWord.rounds());
    // The final h is the e of round 61.
    return builder.add(worked[topWord.index() == 7 ? 4 : 0], state[topWord.index()]);
  }

  private int[] rounds(int[] state, int[] block, int count) {
    int[] w = Arrays.copyOf(block, ROUNDS);
    int[] s = state.clone();
    for (int t = 0; t < count; t++) {
      if (t >= Sha256.BLOCK_WORDS) {
        w[t] =
            builder.add(
                builder.sigma(w[t - 2], 17, 19, 10, true),
                w[t - 7],
                builder.sigma(w[t - 15], 7, 18, 3, true),
                w[t - 16]);
      }
      int known = builder.add(s[7], w[t], builder.literal(K[t]));
      int t1 =
          builder.add(
              known,
              builder.sigma(s[4], 6, 11, 25, false),
              builder.logic(CHOOSE, s[4], s[5], s[6]));
      int t2 =
          builder.add(
              builder.sigma(s[0], 2, 13, 22, false), builder.logic(MAJORITY, s[0], s[1], s[2]));
      s =
          new int[] {
            builder.add(t1, t2), s[0], s[1], s[2], builder.add(s[3], t1), s[4], s[5], s[6]
          };
    }
    return s;
  }
}
