package io.goldennonce.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.simulation.Choices;
import io.goldennonce.simulation.Scheduler;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.warehouse.Upgrade;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What {@link Scenario} does with tables. */
final class TableScenarios {
  private TableScenarios() {}

  static void readAndCompact(World world) throws Exception {
    TablePrograms programs = new TablePrograms(world);
    programs.append("before", "a", 3);
    world.scheduler().spawn("compaction", () -> programs.compact("host1", 1));
    world.scheduler().spawn("reader", () -> programs.read("host2", 1));
    world.scheduler().run();
    programs.check(0);
  }

  static void twoCompactions(World world) throws Exception {
    TablePrograms programs = new TablePrograms(world);
    programs.append("before", "a", 3);
    for (String host : List.of("host1", "host2")) {
      world.scheduler().spawn("compaction " + host, () -> programs.compactAndSweep(host));
    }
    world.scheduler().run();
    programs.check(0);
  }

  static void readAndSave(World world) throws Exception {
    TablePrograms programs = new TablePrograms(world);
    programs.save("before", "k", 2);
    world.scheduler().spawn("search", () -> programs.save("host1", "k", 2));
    world.scheduler().spawn("reader", () -> programs.read("host2", 1));
    world.scheduler().run();
    programs.check(0);
  }

  static void saveAndCompact(World world) throws Exception {
    TablePrograms programs = new TablePrograms(world);
    programs.save("before", "k", 1);
    programs.save("before", "l", 1);
    world.scheduler().spawn("search", () -> programs.save("host1", "k", 2));
    world.scheduler().spawn("compaction", () -> programs.compact("host2", 1));
    world.scheduler().run();
    programs.check(0);
  }

  static void damagedSave(World world) throws Exception {
    TablePrograms programs = new TablePrograms(world);
    programs.save("before", "k", 3);
    programs.damageNewestSave();
    programs.check(1);
  }

  static void damagedMerge(World world) throws Exception {
    TablePrograms programs = new TablePrograms(world);
    programs.append("before", "a", 3);
    world.damageNextFile();
    programs.compactAndSweep("host1");
    programs.check(0);
    programs.compactAndSweep("host2");
    programs.check(0);
  }

  static void writeAll(World world) throws Exception {
    TablePrograms programs = new TablePrograms(world);
    world
        .scheduler()
        .spawn(
            "writer",
            () -> {
              programs.append("host", "a", 2);
              programs.save("host", "k", 3);
              programs.compact("host", 1);
              programs.append("host", "b", 1);
              programs.compact("host", 1);
            });
    world.scheduler().run();
    world.cutPower();
    programs.check(0);
    programs.compact("later", 1);
    programs.check(0);
  }

  static void killedCompaction(World world) throws Exception {
    Scheduler scheduler = world.scheduler();
    TablePrograms programs = new TablePrograms(world);
    programs.append("before", "a", 3);
    int killAt = 1 + scheduler.choices().next(60);
    scheduler.spawnAndKill("killed", killAt, () -> programs.compact("host", 1));
    scheduler.run();
    scheduler.spawn("next", () -> programs.compact("host", 1));
    scheduler.crashAt(scheduler.steps() + 1 + scheduler.choices().next(60));
    scheduler.run();
    world.cutPower();
    programs.checkAndSettle(0);
  }

  /** As 0.1.0 left it: two compactions at once have merged {@code b} and what was merged before. */
  static void upgrade(World world) throws Exception {
    Storage storage = world.storage("before");
    Map<String, String> rows =
        Map.of("a", "1", "b", "2", "m", "1", "n", "1 2", "o", "1 2", "p", "3");
    for (Map.Entry<String, String> file : rows.entrySet()) {
      List<String> numbers = List.of(file.getValue().split(" ", -1));
      storage.publish("t/" + file.getKey() + ".parquet", TextRows.file(numbers));
    }
    storage.publish("t/_replaced-by-m.parquet", "a.parquet".getBytes(UTF_8));
    storage.publish("t/_replaced-by-n.parquet", "m.parquet\nb.parquet".getBytes(UTF_8));
    storage.publish("t/_replaced-by-o.parquet", "m.parquet\nb.parquet".getBytes(UTF_8));
    storage.publish("_golden_nonce", new byte[0]);
    for (String host : List.of("host1", "host2")) {
      world.scheduler().spawn("upgrade " + host, () -> upgradeAndRead(world.storage(host)));
    }
    world.scheduler().run();
    world.cutPower();
    upgradeAndRead(world.storage("after"));
  }

  private static void upgradeAndRead(Storage storage) throws IOException {
    Upgrade.run(storage);
    assertThat(TextRows.read(storage, new Table(storage, "t", false)))
        .as("rows after an upgrade")
        .containsExactlyInAnyOrder("1", "2", "3");
  }

  static void anything(World world) throws Exception {
    Scheduler scheduler = world.scheduler();
    Choices choices = scheduler.choices();
    TablePrograms programs = new TablePrograms(world);
    int lives = 1 + choices.next(3);
    for (int life = 0; life < lives; life++) {
      int processes = 2 + choices.next(3);
      for (int i = 0; i < processes; i++) {
        String name = "p" + life + "." + i;
        // One process at a time saves a key, as its lease has it.
        String key = "k" + i;
        Scheduler.Body body =
            switch (choices.next(5)) {
              case 0 -> () -> programs.append(name, name + ".", 3);
              case 1 -> () -> programs.append(name, "same", 2);
              case 2 -> () -> programs.compact(name, 2);
              case 3 -> () -> programs.read(name, 3);
              default -> () -> programs.save(name, key, 3);
            };
        if (choices.next(6) == 0) {
          scheduler.spawnAndKill(name, 1 + choices.next(80), body);
        } else {
          scheduler.spawn(name, body);
        }
      }
      if (choices.next(2) == 0) {
        scheduler.crashAt(scheduler.steps() + 1 + choices.next(300));
      }
      scheduler.run();
      if (choices.next(2) == 0) {
        world.cutPower();
        programs.checkAndSettle(0);
      } else {
        programs.check(0);
      }
      programs.checkForeign();
      scheduler.clock().pass(2L * choices.next(2) * TablePrograms.GRACE.toMillis());
    }
  }
}
