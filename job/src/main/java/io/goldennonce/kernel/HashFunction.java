package io.goldennonce.kernel;

import java.util.Locale;

/** What is computed over a message. */
public enum HashFunction {
  /** One SHA-256 (FIPS 180-4). */
  SHA256(1),
  /** SHA-256 of the SHA-256, Bitcoin's hash. */
  SHA256D(2);

  private final int rounds;

  HashFunction(int rounds) {
    this.rounds = rounds;
  }

  /** The function's name in options and columns, such as {@code sha256d}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many times SHA-256 is applied. */
  public int rounds() {
    return rounds;
  }
}
