package io.goldennonce.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.simulation.Scheduler;
import io.goldennonce.table.storage.Lease;
import io.goldennonce.table.storage.LeaseHeldException;
import io.goldennonce.table.storage.LeaseLostException;
import io.goldennonce.table.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Searches one keyspace in several processes: each takes the lease, reads the ledger, tries what
 * nobody has tried, and saves a ledger of its own every other position.
 */
final class SearchProgram {
  private static final int POSITIONS = 6;
  private static final int INTERVAL = 2;

  private final World world;
  private final Scheduler scheduler;
  private final int[] tried = new int[POSITIONS];
  private final Set<Integer> acknowledged = new TreeSet<>();
  private int runs;
  private int lost;

  SearchProgram(World world) {
    this.world = world;
    this.scheduler = world.scheduler();
  }

  /** Searches until all is tried, or the lease is lost; waits where another holds it. */
  void search(String host, int attempts) throws IOException {
    Storage storage = world.storage(host);
    Table ledger = new Table(storage, "ranges", true);
    for (int attempt = 0; attempt < attempts; attempt++) {
      try (Lease lease = LeaseProgram.take(world, storage)) {
        runs++;
        search(lease, ledger, "run" + runs, ledger(storage));
        return;
      } catch (LeaseHeldException e) {
        scheduler.sleep(LeaseProgram.TIME_TO_LIVE.toMillis());
      } catch (LeaseLostException e) {
        lost++;
        scheduler.note("lost", e.getMessage());
      }
    }
  }

  private void search(Lease lease, Table ledger, String run, Set<Integer> before)
      throws IOException, LeaseLostException {
    Versions versions = ledger.versions(run, 0);
    List<String> own = new ArrayList<>();
    for (int position = 0; position < POSITIONS; position++) {
      if (!before.contains(position)) {
        scheduler.step("try", position);
        tried[position]++;
        own.add(Integer.toString(position));
        if (own.size() % INTERVAL == 0) {
          lease.renew();
          versions.save(TextRows.file(own));
          own.forEach(saved -> acknowledged.add(Integer.valueOf(saved)));
        }
      }
    }
  }

  private Set<Integer> ledger(Storage storage) throws IOException {
    Set<Integer> positions = new TreeSet<>();
    Table table = new Table(storage, "ranges", true);
    TextRows.read(storage, table).forEach(row -> positions.add(Integer.valueOf(row)));
    return positions;
  }

  /**
   * Checks that the ledger says of nothing that it was tried if it was not, that what was saved is
   * in it, and that each run repeats at most what was tried since a checkpoint. One that paused
   * between renewing the lease and saving, for longer than the lease lives, repeats as much again
   * before it is told.
   */
  void check() throws IOException {
    Set<Integer> saved = ledger(world.storage("after"));
    for (int position : saved) {
      assertThat(tried[position]).as("times that %d was tried", position).isPositive();
    }
    assertThat(saved).as("what was saved").containsAll(acknowledged);
    int repeated = 0;
    for (int times : tried) {
      repeated += Math.max(0, times - 1);
    }
    assertThat(repeated).as("positions tried again").isLessThanOrEqualTo(INTERVAL * (runs + lost));
  }
}
