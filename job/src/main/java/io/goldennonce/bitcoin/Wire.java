package io.goldennonce.bitcoin;

import io.goldennonce.pow.Hash256;
import java.io.ByteArrayOutputStream;

/** Writes Bitcoin's wire format: numbers little-endian, lengths as compact sizes. */
final class Wire {
  private static final int MAX_PUSH = 75;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Wire() {}

  static Wire empty() {
    return new Wire();
  }

  Wire u8(int value) {
    bytes.write(value);
    return this;
  }

  Wire u32(long value) {
    return littleEndian(value, 4);
  }

  Wire u64(long value) {
    return littleEndian(value, 8);
  }

  /** Writes a compact size, 0 or more: 1, 3, 5 or 9 bytes. */
  Wire compactSize(long value) {
    if (value < 0xfd) {
      return littleEndian(value, 1);
    }
    if (value <= 0xffff) {
      return u8(0xfd).littleEndian(value, 2);
    }
    return value <= 0xffff_ffffL ? u8(0xfe).u32(value) : u8(0xff).u64(value);
  }

  Wire raw(byte[] data) {
    bytes.writeBytes(data);
    return this;
  }

  Wire hash(Hash256 hash) {
    return raw(hash.toBytes());
  }

  /** Writes a script preceded by its length. */
  Wire sized(byte[] data) {
    return compactSize(data.length).raw(data);
  }

  /** Writes a push of 1 to 75 bytes, whose opcode is the length. */
  Wire push(byte[] data) {
    if (data.length < 1 || data.length > MAX_PUSH) {
      throw new IllegalArgumentException(
          "a push must have 1 to " + MAX_PUSH + " bytes, got " + data.length);
    }
    return u8(data.length).raw(data);
  }

  int size() {
    return bytes.size();
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private Wire littleEndian(long value, int width) {
    for (int i = 0; i < width; i++) {
      bytes.write((int) (value >>> 8 * i));
    }
    return this;
  }
}
