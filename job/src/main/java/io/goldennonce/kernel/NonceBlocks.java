package io.goldennonce.kernel;

import java.util.Arrays;

/**
 * A message cut at the block where its nonce begins: the midstate before, and from there on the
 * padded message as big-endian words, with zeros where the low 32 bits of the nonce go.
 *
 * <p>The high 32 bits of an eight-byte nonce count as constant: a kernel scans them in runs of 2³².
 *
 * @param midstate the hash state after the blocks before the nonce, 8 words
 * @param words 16 words a block, one block or more
 * @param nonceWord the word in which the nonce begins, 0 to 15
 * @param nonceShift the bit of that word at which the nonce begins, counted from the most
 *     significant: 0, 8, 16 or 24; unless it is 0, the nonce ends in the next word
 * @param reversed whether the nonce is little-endian, so that its bytes are the wrong way round in
 *     a big-endian word
 */
@SuppressWarnings("ArrayRecordComponent") // shared by the classes of this package, never compared
record NonceBlocks(int[] midstate, int[] words, int nonceWord, int nonceShift, boolean reversed) {

  /** How many blocks from the nonce's first one to the message's end. */
  int blocks() {
    return words.length / Sha256.BLOCK_WORDS;
  }

  /** The low 32 bits of a nonce as the big-endian word that stands in the message. */
  int asBigEndianWord(int low) {
    return reversed ? Integer.reverseBytes(low) : low;
  }

  /**
   * Cuts a template.
   *
   * @param template one with a nonce of fixed width
   * @param high the high 32 bits of the nonces to scan; 0 for a four-byte nonce
   */
  static NonceBlocks of(NonceTemplate template, int high) {
    if (template.encoding().width() == 0) {
      throw new IllegalArgumentException(
          "the nonce must have a fixed width, got encoding " + template.encoding());
    }
    int[] words = Sha256.padded(template.message((long) high << 32));
    int nonceByte =
        template.prefix().length + (template.encoding() == NonceEncoding.U64_BE ? 4 : 0);
    int constantWords = nonceByte / Sha256.BLOCK_BYTES * Sha256.BLOCK_WORDS;
    int[] midstate = Sha256.initialState();
    for (int at = 0; at < constantWords; at += Sha256.BLOCK_WORDS) {
      Sha256.compress(midstate, words, at);
    }
    return new NonceBlocks(
        midstate,
        Arrays.copyOfRange(words, constantWords, words.length),
        nonceByte / Integer.BYTES % Sha256.BLOCK_WORDS,
        nonceByte % Integer.BYTES * Byte.SIZE,
        template.encoding() == NonceEncoding.U32_LE || template.encoding() == NonceEncoding.U64_LE);
  }
}
