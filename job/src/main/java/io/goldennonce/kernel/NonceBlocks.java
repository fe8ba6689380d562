package io.goldennonce.kernel;

/**
 * The messages of a {@link NonceRun} from the block on in which the bytes that vary begin: the
 * midstate before it, and the padded message as big-endian words, with zeros for what varies.
 *
 * @param midstate the hash state after the blocks before, 8 words
 * @param words 16 words a block, one block or more
 * @param nonceWord the word in which the four varying bytes begin, 0 to 15
 * @param nonceShift the bit of that word at which they begin, counted from the most significant: 0,
 *     8, 16 or 24; unless it is 0, they end in the next word
 * @param encoding what the varying bytes are: the low half of a nonce, or its last characters
 */
@SuppressWarnings("ArrayRecordComponent") // shared by the classes of this package, never compared
public record NonceBlocks(
    int[] midstate, int[] words, int nonceWord, int nonceShift, NonceEncoding encoding) {

  /** One block of zeros, before there is anything to scan. */
  public static final NonceBlocks EMPTY =
      new NonceBlocks(
          Sha256.initialState(), new int[Sha256.BLOCK_WORDS], 0, 0, NonceEncoding.U32_BE);

  /** How many blocks from the nonce's first one to the message's end. */
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

  /** For each nonce of a run in text, counted from the first, its four varying bytes as a word. */
  public int[] table() {
    return TextTable.of(encoding).words();
  }

  /** The low 32 bits of a binary nonce as the big-endian word that stands in the message. */
  public int asBigEndianWord(int low) {
    return reversed() ? Integer.reverseBytes(low) : low;
  }
}
