package io.goldennonce.kernel;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes as slowly and plainly as can be. */
public final class ReferenceHash {
  private ReferenceHash() {}

  /** A nonce's hash as 32 bytes, the most significant first, XOR the template's pattern. */
  public static byte[] number(NonceTemplate template, long nonce) {
    byte[] hash = template.message(nonce);
    hash = sha256(hash);
    if (template.function() == HashFunction.SHA256D) {
      hash = sha256(hash);
    }
    if (template.order() == HashOrder.LITTLE_ENDIAN) {
      for (int i = 0; i < 16; i++) {
        byte swapped = hash[i];
        hash[i] = hash[31 - i];
        hash[31 - i] = swapped;
      }
    }
    for (int i = 0; i < 32; i++) {
      hash[i] ^= template.pattern()[i];
    }
    return hash;
  }

  /** A number of at most 256 bits as 32 bytes, the most significant first. */
  public static byte[] bytes(BigInteger number) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < 32; i++) {
      bytes[31 - i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  private static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
