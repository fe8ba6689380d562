package io.goldennonce.api;

/** The hash of a message. */
public enum HashFunction {
  /** One SHA-256. */
  SHA256,
  /** SHA-256 of the SHA-256, as Bitcoin hashes headers. */
  SHA256D;

  io.goldennonce.kernel.HashFunction function() {
    return io.goldennonce.kernel.HashFunction.valueOf(name());
  }
}
