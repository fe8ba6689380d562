package io.goldennonce.pool;

import io.goldennonce.chain.Transfer;
import java.util.Random;

/** Generates random transfers, all different; the same seed gives the same transfers. */
public final class TransferGenerator {
  private static final int ACCOUNTS = 1_000;
  private static final int MAX_AMOUNT = 1_000_000;

  /** The first transfer's date; each is a second after the one before. */
  private static final long START = 1_700_000_000_000L;

  private static final long STEP = 1_000;

  private final long seed;
  // Gives the same numbers in every Java version.
  private final Random random;
  private long count;

  public TransferGenerator(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** The next one. */
  public Transfer next() {
    int from = random.nextInt(ACCOUNTS);
    // Any other account.
    int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
    long amount = 1L + random.nextInt(MAX_AMOUNT);
    Transfer transfer =
        new Transfer(
            "account-" + to, "account-" + from, amount, seed + "-" + count, START + count * STEP);
    count++;
    return transfer;
  }
}
