package io.goldennonce.kernel;

/** The byte order in which a digest is read as a number. */
public enum HashOrder {
  /** The first byte is the most significant: the order of hex digests and most puzzles. */
  BIG_ENDIAN,
  /** The last byte is the most significant: Bitcoin's order. */
  LITTLE_ENDIAN
}
