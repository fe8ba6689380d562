package io.goldennonce.bitcoin;

import java.util.List;
import java.util.Optional;

/**
 * A block's first transaction, which pays its reward: version 2, one input with the height (BIP 34)
 * and an extranonce of 8 bytes, one output with the reward and, under segwit, one with the witness
 * commitment (BIP 141).
 *
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0034.mediawiki">BIP 34</a>
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0141.mediawiki">BIP 141</a>
 */
final class Coinbase {
  /** Consensus: 2 to 100 bytes in the input's script. */
  static final int MAX_SCRIPT_BYTES = 100;

  private static final int VERSION = 2;
  private static final int EXTRA_NONCE = 8;
  private static final int OP_1 = 0x51;
  private static final long MAX_U32 = 0xffff_ffffL;

  /** The witness reserved value: 32 bytes, part of the commitment. */
  private static final byte[] RESERVED = new byte[32];

  private final byte[] prefix;
  private final byte[] suffix;
  private final boolean witness;

  private Coinbase(byte[] prefix, byte[] suffix, boolean witness) {
    this.prefix = prefix;
    this.suffix = suffix;
    this.witness = witness;
  }

  /**
   * Creates the coinbase.
   *
   * @param height 1 or more
   * @param aux data that the node asks to include; data that does not fit is left out
   * @param reward in satoshi, 0 or more
   * @param commitment the witness commitment's output script; nothing before segwit
   */
  static Coinbase of(
      long height, List<byte[]> aux, long reward, Script payout, Optional<byte[]> commitment) {
    byte[] before = heightPush(height);
    Wire after = Wire.empty();
    for (byte[] data : aux) {
      int size = before.length + 1 + EXTRA_NONCE + after.size() + 1 + data.length;
      if (data.length > 0 && data.length <= 75 && size <= MAX_SCRIPT_BYTES) {
        after.push(data);
      }
    }
    Wire prefix =
        Wire.empty()
            .compactSize(1)
            .raw(new byte[32])
            .u32(MAX_U32)
            .compactSize(before.length + 1 + EXTRA_NONCE + after.size())
            .raw(before)
            .u8(EXTRA_NONCE);
    Wire suffix =
        Wire.empty()
            .raw(after.toBytes())
            .u32(MAX_U32)
            .compactSize(commitment.isPresent() ? 2 : 1)
            .u64(reward)
            .sized(payout.toBytes());
    commitment.ifPresent(script -> suffix.u64(0).sized(script));
    return new Coinbase(prefix.toBytes(), suffix.toBytes(), commitment.isPresent());
  }

  /** The transaction without witness, from which its txid is computed. */
  byte[] forId(long extraNonce) {
    return Wire.empty().raw(idPrefix()).u64(extraNonce).raw(idSuffix()).toBytes();
  }

  /** The bytes before the extranonce, which is 8 bytes, little-endian. */
  byte[] idPrefix() {
    return Wire.empty().u32(VERSION).raw(prefix).toBytes();
  }

  byte[] idSuffix() {
    return Wire.empty().raw(suffix).u32(0).toBytes();
  }

  /** The transaction with witness, as serialized in the block. */
  byte[] onWire(long extraNonce) {
    if (!witness) {
      return forId(extraNonce);
    }
    return Wire.empty()
        .u32(VERSION)
        .u8(0)
        .u8(1)
        .raw(prefix)
        .u64(extraNonce)
        .raw(suffix)
        .compactSize(1)
        .sized(RESERVED)
        .u32(0)
        .toBytes();
  }

  /** The height as Bitcoin Core compares it: {@code CScript() << height}. */
  static byte[] heightPush(long height) {
    if (height < 1 || height > MAX_U32) {
      throw new IllegalArgumentException(
          "a block's height must be from 1 to " + MAX_U32 + ", got " + height);
    }
    if (height <= 16) {
      return new byte[] {(byte) (OP_1 + height - 1)};
    }
    // A number of the script language is signed, so its top bit must be free.
    int width = 1 + (Long.SIZE - Long.numberOfLeadingZeros(height)) / 8;
    byte[] number = new byte[width];
    for (int i = 0; i < width; i++) {
      number[i] = (byte) (height >>> 8 * i);
    }
    return Wire.empty().push(number).toBytes();
  }
}
