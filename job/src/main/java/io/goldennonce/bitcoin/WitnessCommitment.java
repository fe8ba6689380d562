package io.goldennonce.bitcoin;

import io.goldennonce.chain.MerkleTree;
import io.goldennonce.pow.Hash256;
import java.util.List;
import java.util.stream.Stream;

/**
 * The commitment of a coinbase to the block's witnesses: the double SHA-256 of their merkle root
 * and 32 reserved bytes, zero here, after the four bytes that mark it (BIP 141, "Commitment
 * structure").
 */
final class WitnessCommitment {
  private static final int OP_RETURN = 0x6a;
  private static final byte[] MARK = {(byte) 0xaa, 0x21, (byte) 0xa9, (byte) 0xed};

  private WitnessCommitment() {}

  /**
   * The commitment's output script.
   *
   * @param witnessIds wtxids of all transactions except the coinbase, which counts as zero
   */
  static byte[] script(List<Hash256> witnessIds) {
    Hash256 root =
        MerkleTree.root(Stream.concat(Stream.of(Hash256.ZERO), witnessIds.stream()).toList());
    Hash256 commitment = Hash256.sha256d(Wire.empty().hash(root).raw(new byte[32]).toBytes());
    byte[] data = Wire.empty().raw(MARK).hash(commitment).toBytes();
    return Wire.empty().u8(OP_RETURN).push(data).toBytes();
  }
}
