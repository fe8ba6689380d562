package io.goldennonce.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.simulation.Choices;
import io.goldennonce.simulation.Scheduler;
import io.goldennonce.table.storage.Lease;
import io.goldennonce.table.storage.LeaseLostException;
import io.goldennonce.table.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What {@link Scenario} does with leases. */
final class LeaseScenarios {
  private LeaseScenarios() {}

  static void twoClaims(World world) throws Exception {
    Holders holders = new Holders(world.scheduler(), LeaseProgram.TIME_TO_LIVE);
    for (String host : List.of("a", "b")) {
      world.scheduler().spawn(host, () -> LeaseProgram.run(world, holders, host, 1, 1));
    }
    world.scheduler().run();
  }

  static void leases(World world) throws Exception {
    Scheduler scheduler = world.scheduler();
    Holders holders = new Holders(scheduler, LeaseProgram.TIME_TO_LIVE);
    for (int i = 0; i < 3; i++) {
      String host = "host" + i / 2;
      scheduler.spawn(host + "." + i, () -> LeaseProgram.run(world, holders, host, 3, 3));
    }
    int killAt = 1 + scheduler.choices().next(40);
    scheduler.spawnAndKill("mortal", killAt, () -> LeaseProgram.run(world, holders, "host1", 3, 3));
    scheduler.run();
  }

  static void search(World world) throws Exception {
    Scheduler scheduler = world.scheduler();
    Choices choices = scheduler.choices();
    SearchProgram program = new SearchProgram(world);
    for (int life = 0; life < 2; life++) {
      scheduler.spawn("a" + life, () -> program.search("host1", 4));
      scheduler.spawn("b" + life, () -> program.search("host2", 4));
      int killAt = 1 + choices.next(150);
      scheduler.spawnAndKill("mortal" + life, killAt, () -> program.search("host1", 4));
      if (choices.next(2) == 0) {
        scheduler.crashAt(scheduler.steps() + 1 + choices.next(300));
      }
      scheduler.run();
      if (choices.next(2) == 0) {
        world.cutPower();
      }
      program.check();
    }
  }

  /**
   * One run is suspended between the renewal of its lease and its save, until another has taken the
   * lease, read the ledger and saved.
   *
   * @param ownKeys whether each run saves under a key of its own, as the program does; else all
   *     save one ledger, as if the lease could protect it
   */
  static void lateSave(World world, boolean ownKeys) throws Exception {
    Storage suspended = world.storage("a");
    Lease first = LeaseProgram.take(world, suspended);
    Versions late = new Table(suspended, "ranges", true).versions(ownKeys ? "run1" : "search", 0);
    late.save(TextRows.file(List.of("0", "1")));
    first.renew();
    world.scheduler().clock().pass(2 * LeaseProgram.TIME_TO_LIVE.toMillis());

    Storage next = world.storage("b");
    Lease second = LeaseProgram.take(world, next);
    Table ledger = new Table(next, "ranges", true);
    String key = ownKeys ? "run2" : "search";
    List<String> rows = new ArrayList<>(ownKeys ? List.of() : TextRows.read(next, ledger));
    rows.addAll(List.of("4", "5"));
    ledger.versions(key, ledger.snapshot().version(key)).save(TextRows.file(rows));
    late.save(TextRows.file(List.of("0", "1", "2", "3")));

    assertThat(TextRows.read(next, ledger))
        .as("what was saved")
        .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5");
    assertThatThrownBy(first::renew).isInstanceOf(LeaseLostException.class);
    second.renew();
    second.close();
  }

  static void clockSetBack(World world) throws Exception {
    Scheduler scheduler = world.scheduler();
    Duration timeToLive = LeaseProgram.TIME_TO_LIVE;
    Lease first = LeaseProgram.take(world, world.storage("a"));
    scheduler.clock().setStorage(3_600_000);
    Lease second = LeaseProgram.take(world, world.storage("b"));
    scheduler.clock().setStorage(-3_600_000);
    scheduler.clock().pass(timeToLive.toMillis() / 3);
    assertThatThrownBy(first::renew).isInstanceOf(LeaseLostException.class);
    second.renew();
    second.close();
  }
}
