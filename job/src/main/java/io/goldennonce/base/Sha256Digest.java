package io.goldennonce.base;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Creates the JDK's SHA-256 digests. */
public final class Sha256Digest {
  private Sha256Digest() {}

  public static MessageDigest create() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
