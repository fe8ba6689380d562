package io.goldennonce.kernel.gpu.program;

import static io.goldennonce.kernel.gpu.program.ProgramBuilder.CHOOSE;
import static io.goldennonce.kernel.gpu.program.ProgramBuilder.MAJORITY;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.Sha256;
import io.goldennonce.kernel.TopWord;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Creates the program of a layout: SHA-256 once or twice over the message of each version, up to
 * the most significant word of the digest (see {@link TopWord}), XOR the pattern's.
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
    int[][] states = new int[layout.versions()][];
    Arrays.setAll(states, version -> words(i -> builder.input(layout.stateInput(version) + i)));
    for (int block = 0; block < layout.blocks(); block++) {
      int from = block * Sha256.BLOCK_WORDS;
      int[] words = Arrays.copyOfRange(message, from, from + Sha256.BLOCK_WORDS);
      if (block == layout.blocks() - 1 && !twice) {
        return build(decidingWords(states, words));
      }
      int[][] worked = rounds(states, words, ROUNDS);
      Arrays.setAll(
          states,
          version -> {
            int[] state = states[version];
            return words(i -> builder.add(state[i], worked[version][i]));
          });
    }
    return build(Arrays.stream(states).mapToInt(this::decidingWordOfDigest).toArray());
  }

  private static int[] words(IntUnaryOperator word) {
    int[] words = new int[Layout.STATE_WORDS];
    Arrays.setAll(words, word);
    return words;
  }

  private Program build(int[] results) {
    if (layout.pattern()) {
      int pattern = builder.input(layout.patternInput());
      Arrays.setAll(
          results, i -> builder.logic(ProgramBuilder.XOR, results[i], pattern, builder.literal(0)));
    }
    return builder.build(results);
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
    return builder.input(layout.messageInput() + word);
  }

  /** Returns the most significant word of a digest's own digest. */
  private int decidingWordOfDigest(int[] state) {
    int[] block = Sha256.digestBlock();
    Arrays.setAll(block, i -> i < state.length ? state[i] : builder.literal(block[i]));
    int[] initial = Sha256.initialState();
    return decidingWords(new int[][] {words(i -> builder.literal(initial[i]))}, block)[0];
  }

  /** Returns the most significant word of each version's digest, after the last block. */
  private int[] decidingWords(int[][] states, int[] block) {
    int[][] worked = rounds(states, block, topWord.rounds());
    int[] results = new int[states.length];
    // The final h is the e of round 61.
    int index = topWord.index() == 7 ? 4 : 0;
    Arrays.setAll(results, i -> builder.add(worked[i][index], states[i][topWord.index()]));
    return results;
  }

  /**
   * Returns the working variables after a number of rounds. Versions take turns round by round, so
   * that a word of the schedule need not be kept until the next version uses it.
   */
  private int[][] rounds(int[][] states, int[] block, int count) {
    int[] w = Arrays.copyOf(block, ROUNDS);
    int[][] s = states.clone();
    for (int t = 0; t < count; t++) {
      if (t >= Sha256.BLOCK_WORDS) {
        w[t] =
            builder.add(
                builder.sigma(w[t - 2], 17, 19, 10, true),
                w[t - 7],
                builder.sigma(w[t - 15], 7, 18, 3, true),
                w[t - 16]);
      }
      for (int version = 0; version < s.length; version++) {
        s[version] = round(s[version], w[t], K[t]);
      }
    }
    return s;
  }

  private int[] round(int[] s, int word, int constant) {
    int known = builder.add(s[7], word, builder.literal(constant));
    int t1 =
        builder.add(
            known, builder.sigma(s[4], 6, 11, 25, false), builder.logic(CHOOSE, s[4], s[5], s[6]));
    int t2 =
        builder.add(
            builder.sigma(s[0], 2, 13, 22, false), builder.logic(MAJORITY, s[0], s[1], s[2]));
    return new int[] {
      builder.add(t1, t2), s[0], s[1], s[2], builder.add(s[3], t1), s[4], s[5], s[6]
    };
  }
}
