package io.goldennonce.kernel;

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

  /** How many times SHA-256 is applied. */
  public int rounds() {
    return rounds;
  }
}
