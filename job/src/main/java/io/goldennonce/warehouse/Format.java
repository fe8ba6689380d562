package io.goldennonce.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.goldennonce.table.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a warehouse's format, in the file that marks it. Version 0.1.0 left that file
 * empty, which is version 1.
 */
final class Format {
  static final String MARKER = "_golden_nonce";

  /** The one that this program writes. */
  static final int VERSION = 2;

  private static final int ATTEMPTS = 5;

  /** Later formats may say more on further lines. */
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(\\R.*)?", Pattern.DOTALL);

  private Format() {}

  /**
   * The version of the warehouse on a storage; 0 if there is none. A marker without a number is one
   * that a power cut has emptied: an upgrade finds nothing to do then.
   *
   * @throws WarehouseException if this program does not know it
   */
  static int version(Storage storage) throws IOException {
    String text;
    try {
      text = new String(storage.read(MARKER), UTF_8);
    } catch (FileNotFoundException e) {
      return 0;
    }
    Matcher number = TEXT.matcher(text);
    int version = number.matches() ? Integer.parseInt(number.group(1)) : 1;
    if (version > VERSION) {
      throw new WarehouseException(
          "the warehouse's format must be %d or older, got %d in %s/%s; use the program that made it or a later one, or choose another with --warehouse"
              .formatted(VERSION, version, storage.location(), MARKER));
    }
    return Math.max(1, version);
  }

  static byte[] marker() {
    return (VERSION + "\n").getBytes(UTF_8);
  }

  /**
   * Sets the version of an older warehouse. It overwrites, as a file that is published replaces
   * none on HDFS, where of two processes that overwrite a file at once one fails.
   */
  static void mark(Storage storage) throws IOException {
    for (int attempt = 1; version(storage) < VERSION; attempt++) {
      try {
        storage.put(MARKER, marker());
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
