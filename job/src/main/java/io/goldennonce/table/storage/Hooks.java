package io.goldennonce.table.storage;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * What the simulation puts in place of chance, waiting and single safeguards. No setting or option
 * reaches it.
 *
 * @param safeguards those in force
 * @param ids gives 32 hexadecimal digits that nobody else uses
 * @param pause waits before a lease is tried again
 */
public record Hooks(Set<Safeguard> safeguards, Supplier<String> ids, Pause pause) {
  /** What users get. */
  public static final Hooks NONE =
      new Hooks(
          EnumSet.allOf(Safeguard.class),
          () -> UUID.randomUUID().toString().replace("-", ""),
          limit -> Thread.sleep(ThreadLocalRandom.current().nextLong(1, limit + 1)));

  /** Waits for a random time. */
  public interface Pause {
    /**
     * Waits.
     *
     * @param limitMillis at most
     */
    void upTo(long limitMillis) throws InterruptedException;
  }

  /** Whether a safeguard is in force. */
  public boolean has(Safeguard safeguard) {
    return safeguards.contains(safeguard);
  }
}
