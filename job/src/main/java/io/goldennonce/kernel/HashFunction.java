package io.goldennonce.kernel;

import java.util.Locale;

/** The hash computed over a message. */
public enum HashFunction {
  /** One SHA-256 (FIPS 180-4). */
  SHA256,
  /** SHA-256 of the SHA-256, Bitcoin's hash. */
  SHA256D;

  /** Returns the name in options and columns, such as {@code sha256d}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
