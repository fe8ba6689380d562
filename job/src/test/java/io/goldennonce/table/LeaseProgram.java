package io.goldennonce.table;

import io.goldennonce.simulation.Scheduler;
import io.goldennonce.table.storage.Lease;
import io.goldennonce.table.storage.LeaseHeldException;
import io.goldennonce.table.storage.LeaseLostException;
import io.goldennonce.table.storage.Simulated;
import io.goldennonce.table.storage.Storage;
import java.io.IOException;
import java.time.Duration;

/** A process that takes a lease, renews it some times, and releases it; several times over. */
final class LeaseProgram {
  static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

  private LeaseProgram() {}

  /** Adds a process that holds the lease, when it can, and is judged by the observer. */
  static void run(World world, Holders holders, String host, int terms, int renewals)
      throws IOException {
    Storage storage = world.storage(host);
    Scheduler scheduler = world.scheduler();
    for (int term = 0; term < terms; term++) {
      long asked = scheduler.clock().now();
      try (Lease lease = take(world, storage)) {
        Object holder = holders.taken(Simulated.token(lease), asked);
        try {
          for (int i = 0; i < renewals; i++) {
            scheduler.sleep(TIME_TO_LIVE.toMillis() / 3);
            asked = scheduler.clock().now();
            lease.renew();
            holders.renewed(holder, asked);
          }
        } finally {
          holders.ended(holder);
        }
      } catch (LeaseHeldException | LeaseLostException e) {
        scheduler.note("no lease", e.getMessage());
        scheduler.sleep(TIME_TO_LIVE.toMillis() / 2);
      } catch (IOException e) {
        scheduler.note("failed", e.getMessage());
      }
    }
  }

  /** Takes the lease. */
  static Lease take(World world, Storage storage) throws IOException, LeaseHeldException {
    return Simulated.lease(storage, "search", TIME_TO_LIVE);
  }
}
