package io.goldennonce.table.storage;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * What the simulation puts in place of chance, waiting and single safeguards. No setting or option
 * reaches it.
 *
 * @param safeguards those in force
 * @param ids gives 32 hexadecimal digits that nobody else uses
 * @param pause waits before a lease is tried again, for so many milliseconds at most
 */
public record Hooks(Set<Safeguard> safeguards, Supplier<String> ids, LongConsumer pause) {
  /** What users get. */
  public static final Hooks NONE =
      new Hooks(
          EnumSet.allOf(Safeguard.class),
          () -> UUID.randomUUID().toString().replace("-", ""),
          limit ->
              LockSupport.parkNanos(
                  TimeUnit.MILLISECONDS.toNanos(
                      ThreadLocalRandom.current().nextLong(1, limit + 1))));

  /** Whether a safeguard is in force. */
  public boolean has(Safeguard safeguard) {
    return safeguards.contains(safeguard);
  }
}
