package io.goldennonce.table;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.simulation.Choices;
import io.goldennonce.simulation.Scheduler;
import io.goldennonce.table.storage.Lease;
import io.goldennonce.table.storage.LeaseLostException;
import java.time.Duration;
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
