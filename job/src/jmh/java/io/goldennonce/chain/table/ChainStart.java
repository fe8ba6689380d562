package io.goldennonce.chain.table;

import io.goldennonce.warehouse.Warehouse;

import io.goldennonce.chain.ChainRules;
import io.goldennonce.chain.Genesis;
import io.goldennonce.chain.Retarget;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/**
 * What a chain in a warehouse costs a miner besides Spark: opening it in a fresh JVM, and looks at
 * its tip. docs/storage.md has the command and figures.
 *
 * <p>Argument: the warehouse.
 */
public final class ChainStart {
  private static final int LOOKS = 1_000;

  private ChainStart() {}

  public static void main(String[] arguments) {
    ChainRules rules = new ChainRules(Retarget.FIXED, Genesis.block(Instant.EPOCH, "", 0));
    long start = System.nanoTime();
    Warehouse warehouse = Warehouse.openOrCreate(arguments[0], new Configuration());
    long opened = System.nanoTime();
    WarehouseChain chain = new WarehouseChain(warehouse, rules);
    long ready = System.nanoTime();
    long[] looks = new long[LOOKS];
    for (int i = 0; i < LOOKS; i++) {
      long before = System.nanoTime();
      chain.look();
      looks[i] = System.nanoTime() - before;
    }
    Arrays.sort(looks);
    System.out.printf(
        Locale.ROOT,
        "height %d: warehouse opened in %.0f ms, chain in %.0f ms; a look: first half within %.2f"
            + " ms, 99%% within %.2f ms%n",
        chain.tip().orElseThrow().height(),
        (opened - start) * 1e-6,
        (ready - opened) * 1e-6,
        looks[LOOKS / 2] * 1e-6,
        looks[LOOKS * 99 / 100] * 1e-6);
  }
}
