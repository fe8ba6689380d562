package io.goldennonce.pow;

/** The range of the unsigned 32-bit fields that Java keeps in a {@code long}. */
final class Unsigned {
  static final long MAX_U32 = 0xffff_ffffL;

  private Unsigned() {}

  static void requireU32(String what, long value) {
    if (value < 0 || value > MAX_U32) {
      throw new IllegalArgumentException(what + " must be from 0 to " + MAX_U32 + ", got " + value);
    }
  }
}
