package io.goldennonce.table;

import io.goldennonce.simulation.Choices;
import io.goldennonce.simulation.Policy;
import io.goldennonce.simulation.Scheduler;
import io.goldennonce.table.storage.Safeguard;
import java.util.Set;

/** What happens on a warehouse in a simulated run. Each throws if an invariant does not hold. */
enum Scenario {
  /** Two processes publish files, and power is lost at any step. */
  PUBLISH(StorageScenarios::publish),

  /** A directory is listed while a file replaces others, and another that one. */
  LIST(StorageScenarios::list),

  /** A reader reads while rows are merged. */
  READ_AND_COMPACT(TableScenarios::readAndCompact),

  /** Two compactions merge the same files. */
  TWO_COMPACTIONS(TableScenarios::twoCompactions),

  /** A reader reads while a key is saved. */
  READ_AND_SAVE(TableScenarios::readAndSave),

  /** A key is saved while its file is merged with another's. */
  SAVE_AND_COMPACT(TableScenarios::saveAndCompact),

  /** The newest save of a key is damaged. */
  DAMAGED_SAVE(TableScenarios::damagedSave),

  /** The storage keeps something else than the merged file, and says nothing of it. */
  DAMAGED_MERGE(TableScenarios::damagedMerge),

  /** All writers one after the other, and power is lost at any step. */
  WRITE_ALL(TableScenarios::writeAll),

  /** A compaction is killed, another goes on with what it finds, and power is lost. */
  KILLED_COMPACTION(TableScenarios::killedCompaction),

  /** Two processes upgrade a warehouse of version 0.1.0 at once, and power is lost. */
  UPGRADE(TableScenarios::upgrade),

  /**
   * Processes drawn from all there are, for one to three lives; some are killed, some lives cut.
   */
  ANYTHING(TableScenarios::anything),

  /** Two processes want a lease once. */
  TWO_CLAIMS(LeaseScenarios::twoClaims),

  /** Four processes on two hosts want a lease again and again, and one of them is killed. */
  LEASES(LeaseScenarios::leases),

  /** Three processes search one keyspace; one is killed, and perhaps all, with a loss of power. */
  SEARCH(LeaseScenarios::search),

  /** A run saves after it has lost its lease to another, which has saved. */
  LATE_SAVE(world -> LeaseScenarios.lateSave(world, true)),

  /** The storage's clock is set forward, and back after another has taken the lease. */
  CLOCK_SET_BACK(LeaseScenarios::clockSetBack);

  private interface Body {
    void run(World world) throws Exception;
  }

  @SuppressWarnings("ImmutableEnumChecker") // a method without state
  private final Body body;

  Scenario(Body body) {
    this.body = body;
  }

  /** The scenario with some safeguards in force, on a storage whose calls do not fail. */
  void run(Scheduler scheduler, World.Kind kind, Set<Safeguard> safeguards) throws Exception {
    body.run(new World(scheduler, kind, safeguards, 0));
  }

  /** The same, where the choices say whether calls may fail, and when power is lost. */
  void runRandomly(Scheduler scheduler, World.Kind kind, Set<Safeguard> safeguards)
      throws Exception {
    Choices choices = scheduler.choices();
    boolean faults = (this == ANYTHING || this == LEASES) && choices.next(2) == 1;
    if (this == PUBLISH) {
      scheduler.crashAt(1 + choices.next(45));
    }
    body.run(new World(scheduler, kind, safeguards, faults ? 50 : 0));
  }

  /**
   * How long random runs are scheduled: from every step anew to rarely, with and without pauses.
   */
  Policy policy(Choices choices) {
    int switchOneIn = new int[] {1, 2, 4, 16}[choices.next(4)];
    return this == LEASES || this == SEARCH
        ? new Policy(Integer.MAX_VALUE, switchOneIn, 30, 100_000)
        : new Policy(Integer.MAX_VALUE, switchOneIn, choices.next(2) * 50, 20_000);
  }
}
