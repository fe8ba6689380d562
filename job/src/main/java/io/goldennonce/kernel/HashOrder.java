package io.goldennonce.kernel;

/** Which end of a digest is the most significant when it is read as a number. */
public enum HashOrder {
  /** The digest's first byte is the most significant: the order of hex digests and most puzzles. */
  BIG_ENDIAN,
  /** The digest's last byte is the most significant: Bitcoin's order. */
  LITTLE_ENDIAN
}
