package io.goldennonce.table.storage;

import java.io.IOException;
import java.util.Locale;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/**
 * What it costs to make a file durable, in milliseconds per file.
 *
 * <p>Usage: {@code PublishCost DIRECTORY}, a new directory on any storage, which it fills with
 * files of the size of a block's.
 */
public final class PublishCost {
  private static final int ROUNDS = 5;
  private static final int FILES = 500;
  private static final int BYTES = 6000;

  private PublishCost() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    Storage storage = Storage.at(arguments[0], new Configuration());
    byte[] content = new byte[BYTES];
    new Random(1).nextBytes(content);
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < FILES; i++) {
        storage.put("files/put-" + round + "-" + i, content);
      }
      long put = System.nanoTime();
      for (int i = 0; i < FILES; i++) {
        storage.publish("files/published-" + round + "-" + i, content);
      }
      long published = System.nanoTime();
      System.out.printf(
          Locale.ROOT,
          "not synced %.2f ms, synced %.2f ms%n",
          (put - start) / 1e6 / FILES,
          (published - put) / 1e6 / FILES);
    }
  }
}
