package io.goldennonce.bitcoin;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * A segwit address: Bech32 for version 0, Bech32m for versions 1 to 16.
 *
 * @param prefix the human-readable part, in lower case
 * @param script the output script that pays to it
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0350.mediawiki">BIP 350 and, before
 *     it, BIP 173</a>
 */
record SegwitAddress(String prefix, Script script) {
  private static final String DIGITS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int[] GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };
  private static final int BECH32 = 1;
  private static final int BECH32M = 0x2bc830a3;
  private static final int CHECKSUM = 6;
  private static final int MAX_LENGTH = 90;
  private static final int MAX_VERSION = 16;

  /**
   * Parses an address.
   *
   * @throws IllegalArgumentException on any text that is invalid by BIP 350
   */
  static SegwitAddress parse(String text) {
    String address = text.toLowerCase(Locale.ROOT);
    if (!address.equals(text) && !text.toUpperCase(Locale.ROOT).equals(text)) {
      throw refused("must not mix upper and lower case", text);
    }
    int separator = address.lastIndexOf('1');
    if (address.length() > MAX_LENGTH
        || separator < 1
        || separator + 1 + CHECKSUM >= address.length()) {
      throw refused("must be a prefix, 1, data and 6 characters of checksum", text);
    }
    String prefix = address.substring(0, separator);
    byte[] data = digits(address.substring(separator + 1), text);
    int version = data[0];
    if (version > MAX_VERSION) {
      throw refused("must have a witness version from 0 to 16", text);
    }
    if (checksum(prefix, data) != (version == 0 ? BECH32 : BECH32M)) {
      throw refused("must have a matching checksum", text);
    }
    byte[] program = bytes(data, text);
    if (program.length < 2 || program.length > 40) {
      throw refused("must have a program of 2 to 40 bytes", text);
    }
    if (version == 0 && program.length != 20 && program.length != 32) {
      throw refused("of version 0 must have a program of 20 or 32 bytes", text);
    }
    return new SegwitAddress(prefix, Script.ofWitnessProgram(version, program));
  }

  private static byte[] digits(String part, String text) {
    byte[] data = new byte[part.length()];
    for (int i = 0; i < data.length; i++) {
      int digit = DIGITS.indexOf(part.charAt(i));
      if (digit < 0) {
        throw refused("must consist of Bech32 characters, not '" + part.charAt(i) + "'", text);
      }
      data[i] = (byte) digit;
    }
    return data;
  }

  private static int checksum(String prefix, byte[] data) {
    int check = 1;
    for (int i = 0; i < prefix.length(); i++) {
      check = step(check, prefix.charAt(i) >> 5);
    }
    check = step(check, 0);
    for (int i = 0; i < prefix.length(); i++) {
      check = step(check, prefix.charAt(i) & 31);
    }
    for (byte digit : data) {
      check = step(check, digit);
    }
    return check;
  }

  private static int step(int check, int digit) {
    int top = check >>> 25;
    int next = (check & 0x1ffffff) << 5 ^ digit;
    for (int i = 0; i < GENERATOR.length; i++) {
      next ^= (top >> i & 1) == 0 ? 0 : GENERATOR[i];
    }
    return next;
  }

  /** Converts the digits between version and checksum, five bits each, to bytes. */
  private static byte[] bytes(byte[] data, String text) {
    ByteArrayOutputStream program = new ByteArrayOutputStream();
    int bits = 0;
    int held = 0;
    for (int i = 1; i < data.length - CHECKSUM; i++) {
      held = (held << 5 | data[i]) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        program.write(held >> bits & 0xff);
      }
    }
    if (bits >= 5 || (held & (1 << bits) - 1) != 0) {
      throw refused("must be padded with at most 4 bits, all zero", text);
    }
    return program.toByteArray();
  }

  private static IllegalArgumentException refused(String rule, String text) {
    return new IllegalArgumentException("a segwit address " + rule + ", got " + text);
  }
}
