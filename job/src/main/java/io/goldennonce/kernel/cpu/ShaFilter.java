package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.NonceBlocks;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.Sha256;
import io.goldennonce.kernel.TopWord;
import java.util.stream.Stream;

/**
 * SHA-256 by the CPU's SHA instructions. The rounds of one hash depend on each other and leave the
 * CPU half idle; consecutive calls on blocks of several messages overlap.
 */
final class ShaFilter implements GroupFilter {
  /** With four it is 4 % slower, with two 12 %, with one 35 %. */
  static final int LANES = 8;

  private final TopWord topWord;
  private final boolean twice;
  private final ShaStream[] streams =
      Stream.generate(ShaStream::new).limit(LANES).toArray(ShaStream[]::new);

  private NonceBlocks blocks = NonceBlocks.EMPTY;
  private int mask;
  private int wanted;

  ShaFilter(NonceTemplate template) {
    topWord = TopWord.of(template.order());
    twice = template.function() == HashFunction.SHA256D;
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void prepare(NonceBlocks newBlocks, int newMask, int newWanted) {
    blocks = newBlocks;
    mask = newMask;
    wanted = newWanted;
    int nonceAt = blocks.nonceWord() * Integer.BYTES + blocks.nonceShift() / Byte.SIZE;
    for (ShaStream stream : streams) {
      stream.prepare(blocks.words(), nonceAt);
    }
  }

  @Override
  public int groupsWithoutCandidate(int low, int groups) {
    for (int i = 0; i < groups; i++) {
      if (hasCandidate(low + i * LANES)) {
        return i;
      }
    }
    return groups;
  }

  private boolean hasCandidate(int low) {
    place(low);
    for (int[] midstate : blocks.midstates()) {
      if (hasCandidate(midstate)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasCandidate(int[] midstate) {
    for (ShaStream stream : streams) {
      stream.start(midstate);
    }
    int bytes = blocks.blocks() * Sha256.BLOCK_BYTES;
    for (int offset = 0; offset < bytes; offset += Sha256.BLOCK_BYTES) {
      for (ShaStream stream : streams) {
        stream.compress(offset);
      }
    }
    if (twice) {
      hashDigests();
    }
    boolean candidate = false;
    for (ShaStream stream : streams) {
      candidate |= (stream.word(topWord.index()) & mask) == wanted;
    }
    return candidate;
  }

  private void place(int low) {
    if (blocks.isText()) {
      int[] table = blocks.table();
      for (int i = 0; i < LANES; i++) {
        streams[i].place(table[low + i]);
      }
    } else {
      for (int i = 0; i < LANES; i++) {
        streams[i].place(blocks.asBigEndianWord(low + i));
      }
    }
  }

  private void hashDigests() {
    for (ShaStream stream : streams) {
      stream.startDigest();
    }
    for (ShaStream stream : streams) {
      stream.compressDigest();
    }
  }
}
