package io.goldennonce.kernel;

import java.util.Arrays;

/**
 * Splits a template's nonces into runs whose messages differ in four bytes: 2³² binary nonces, or
 * as many text nonces as a {@link TextTable} has entries. The blocks before the nonce are hashed
 * once.
 */
public final class NonceRuns {
  private final NonceTemplate template;
  private final byte[] suffix;
  private final int prefixLength;

  /** For each version, the state after the prefix's whole blocks. */
  private final int[][] midstates;

  /** The prefix's bytes after its whole blocks. */
  private final byte[] rest;

  public NonceRuns(NonceTemplate template) {
    this.template = template;
    byte[] prefix = template.prefix();
    prefixLength = prefix.length;
    suffix = template.suffix();
    int hashed = prefixLength / Sha256.BLOCK_BYTES * Sha256.BLOCK_BYTES;
    midstates = new int[template.versions()][];
    for (int version = 0; version < midstates.length; version++) {
      midstates[version] = Sha256.initialState();
      byte[] rolled = template.version(version).prefix();
      compress(midstates[version], Sha256.padded(rolled, prefixLength), hashed / Integer.BYTES);
    }
    rest = Arrays.copyOfRange(prefix, hashed, prefixLength);
  }

  /** Returns the lowest nonce in a run, without the version. Those below it are too short. */
  public long first() {
    return template.encoding().isText() ? TextTable.of(template.encoding()).shortest() : 0;
  }

  /**
   * Returns the run that contains a nonce.
   *
   * @param nonce without the version, {@link #first} to {@code encoding().nonces()} − 1
   */
  public NonceRun at(long nonce) {
    NonceEncoding encoding = template.encoding();
    long size = encoding.isText() ? TextTable.of(encoding).size() : 1L << 32;
    long first = nonce - nonce % size;
    long last = first + Math.min(size - 1, encoding.nonces() - 1 - first);
    return new NonceRun(first, last, blocks(nonce));
  }

  private NonceBlocks blocks(long nonce) {
    byte[] field = template.encode(nonce);
    int varying = rest.length + varying(field);
    byte[] tail = Arrays.copyOf(rest, rest.length + field.length + suffix.length);
    System.arraycopy(field, 0, tail, rest.length, field.length);
    System.arraycopy(suffix, 0, tail, rest.length + field.length, suffix.length);
    int[] words = Sha256.padded(tail, (long) prefixLength - rest.length + tail.length);
    int cut = varying / Sha256.BLOCK_BYTES * Sha256.BLOCK_WORDS;
    int[][] states = Arrays.stream(midstates).map(int[]::clone).toArray(int[][]::new);
    for (int[] state : states) {
      compress(state, words, cut);
    }
    return new NonceBlocks(
        states,
        Arrays.copyOfRange(words, cut, words.length),
        varying / Integer.BYTES % Sha256.BLOCK_WORDS,
        varying % Integer.BYTES * Byte.SIZE,
        template.encoding());
  }

  /** Returns the offset of the four varying bytes in a nonce's bytes, and sets them to zero. */
  private int varying(byte[] field) {
    NonceEncoding encoding = template.encoding();
    int begin = encoding == NonceEncoding.U64_LE ? 0 : field.length - Integer.BYTES;
    int constant = encoding == NonceEncoding.BASE64 ? 1 : 0;
    Arrays.fill(field, begin + constant, begin + Integer.BYTES, (byte) 0);
    return begin;
  }

  /** Compresses a message's blocks into a hash state, up to a word. */
  private static void compress(int[] state, int[] words, int to) {
    for (int at = 0; at < to; at += Sha256.BLOCK_WORDS) {
      Sha256.compress(state, words, at);
    }
  }
}
