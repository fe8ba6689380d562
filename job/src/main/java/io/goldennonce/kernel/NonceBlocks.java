package io.goldennonce.kernel;

/**
 * The messages of a {@link NonceRun}, starting at the block of the first varying byte: the
 * midstates before it, and the padded message as big-endian words, with zeros for the varying
 * bytes.
 *
 * @param midstates for each version, the hash state after the preceding blocks: 8 words
 * @param words 16 words per block, one block or more
 * @param nonceWord the index of the word in which the four varying bytes start, 0 to 15
 * @param nonceShift the bit at which they start, from the most significant: 0, 8, 16 or 24; unless
 *     it is 0, they end in the next word
 * @param encoding defines the varying bytes: the low half of a nonce, or its last characters
 */
@SuppressWarnings("ArrayRecordComponent") // shared by the classes of this package, never compared
public record NonceBlocks(
    int[][] midstates, int[] words, int nonceWord, int nonceShift, NonceEncoding encoding) {

  /** One block of zeros, used before the first scan. */
  public static final NonceBlocks EMPTY =
      new NonceBlocks(
          new int[][] {Sha256.initialState()},
          new int[Sha256.BLOCK_WORDS],
          0,
          0,
          NonceEncoding.U32_BE);

  /** Returns the number of blocks from the nonce's first one to the message's end. */
  public int blocks() {
    return words.length / Sha256.BLOCK_WORDS;
  }

  public boolean isText() {
    return encoding.isText();
  }

  /** Whether the varying bytes reach into the second block. */
  public boolean reachesIntoSecondBlock() {
    return nonceShift != 0 && nonceWord == Sha256.BLOCK_WORDS - 1;
  }

  /** Whether the nonce is little-endian: its bytes are reversed in a big-endian word. */
  public boolean reversed() {
    return encoding == NonceEncoding.U32_LE || encoding == NonceEncoding.U64_LE;
  }

  /** Returns the four varying bytes as a word, for each nonce of a run in text. */
  public int[] table() {
    return TextTable.of(encoding).words();
  }

  /** Returns the low 32 bits of a binary nonce as the message's big-endian word. */
  public int asBigEndianWord(int low) {
    return reversed() ? Integer.reverseBytes(low) : low;
  }
}
