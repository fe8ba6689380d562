package io.goldennonce.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.simulation.Choices;
import io.goldennonce.simulation.Scheduler;
import io.goldennonce.simulation.Scheduler.Policy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What happens on a warehouse in a simulated run. Each throws if an invariant does not hold. */
enum Scenario {
  /** Two processes publish files, and power is lost at any step. */
  PUBLISH {
    @Override
    void run(World world) throws Exception {
      Scheduler scheduler = world.scheduler();
      Map<String, byte[]> acknowledged = new HashMap<>();
      for (String process : List.of("p", "q")) {
        scheduler.spawn(
            process,
            () -> {
              Storage storage = world.storage(process);
              for (int number = 0; number < 2; number++) {
                String name = process + number;
                byte[] content = name.getBytes(UTF_8);
                storage.publish("table/" + name, content);
                acknowledged.put(name, content);
              }
            });
      }
      scheduler.run();
      world.cutPower();
      Storage after = world.storage("after");
      List<StoredFile> files =
          after.list("table").stream().filter(file -> !file.name().startsWith("_")).toList();
      for (StoredFile file : files) {
        assertThat(after.read(file.path())).as("whole").asString().isEqualTo(file.name());
      }
      assertThat(files.stream().map(StoredFile::name)).containsAll(acknowledged.keySet());
    }
  },

  /** A directory is listed while a file replaces others, and another that one. */
  LIST {
    @Override
    void run(World world) throws Exception {
      Scheduler scheduler = world.scheduler();
      Storage writer = world.storage("writer");
      Storage reader = world.storage("reader");
      List<String> small = List.of("b", "c", "x");
      for (String name : small) {
        writer.publish("table/" + name, new byte[] {1});
      }
      scheduler.spawn(
          "writer",
          () -> {
            writer.publish("table/a", new byte[] {2});
            for (String name : small) {
              writer.retire("table/" + name);
            }
            writer.publish("table/y", new byte[] {2});
            writer.retire("table/a");
          });
      scheduler.spawn(
          "reader",
          () -> {
            Set<String> names =
                reader.list("table").stream().map(StoredFile::name).collect(Collectors.toSet());
            if (!names.contains("a") && !names.contains("y")) {
              assertThat(names).containsAll(small);
            }
          });
      scheduler.run();
    }
  },

  /** A reader reads while rows are merged. */
  READ_AND_COMPACT {
    @Override
    void run(World world) throws Exception {
      TablePrograms programs = new TablePrograms(world);
      programs.append("before", "a", 3);
      world.scheduler().spawn("compaction", () -> programs.compact("host1", 1));
      world.scheduler().spawn("reader", () -> programs.read("host2", 1));
      world.scheduler().run();
      programs.check(0);
    }
  },

  /** Two compactions merge the same files. */
  TWO_COMPACTIONS {
    @Override
    void run(World world) throws Exception {
      TablePrograms programs = new TablePrograms(world);
      programs.append("before", "a", 3);
      for (String host : List.of("host1", "host2")) {
        world.scheduler().spawn("compaction " + host, () -> programs.compactAndSweep(host));
      }
      world.scheduler().run();
      programs.check(0);
    }
  },

  /** A reader reads while a key is saved. */
  READ_AND_SAVE {
    @Override
    void run(World world) throws Exception {
      TablePrograms programs = new TablePrograms(world);
      programs.save("before", "k", 2);
      world.scheduler().spawn("search", () -> programs.save("host1", "k", 2));
      world.scheduler().spawn("reader", () -> programs.read("host2", 1));
      world.scheduler().run();
      programs.check(0);
    }
  },

  /** A key is saved while its file is merged with another's. */
  SAVE_AND_COMPACT {
    @Override
    void run(World world) throws Exception {
      TablePrograms programs = new TablePrograms(world);
      programs.save("before", "k", 1);
      programs.save("before", "l", 1);
      world.scheduler().spawn("search", () -> programs.save("host1", "k", 2));
      world.scheduler().spawn("compaction", () -> programs.compact("host2", 1));
      world.scheduler().run();
      programs.check(0);
    }
  },

  /** The newest save of a key is damaged. */
  DAMAGED_SAVE {
    @Override
    void run(World world) throws Exception {
      TablePrograms programs = new TablePrograms(world);
      programs.save("before", "k", 3);
      programs.damageNewestSave();
      programs.check(1);
    }
  },

  /** The storage keeps something else than the merged file, and says nothing of it. */
  DAMAGED_MERGE {
    @Override
    void run(World world) throws Exception {
      TablePrograms programs = new TablePrograms(world);
      programs.append("before", "a", 3);
      world.damageNextFile();
      programs.compactAndSweep("host1");
      programs.check(0);
      programs.compactAndSweep("host2");
      programs.check(0);
    }
  },

  /** All writers one after the other, and power is lost at any step. */
  WRITE_ALL {
    @Override
    void run(World world) throws Exception {
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
  },

  /** A compaction is killed, another goes on with what it finds, and power is lost. */
  KILLED_COMPACTION {
    @Override
    void run(World world) throws Exception {
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
  },

  /**
   * Processes drawn from all there are, for one to three lives; some are killed, some lives cut.
   */
  ANYTHING {
    @Override
    void run(World world) throws Exception {
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
        scheduler.pass(choices.next(2) * 2 * TablePrograms.GRACE.toMillis());
      }
    }
  },

  /** Two processes want a lease once. */
  TWO_CLAIMS {
    @Override
    void run(World world) throws Exception {
      Holders holders = new Holders(world.scheduler(), LeaseProgram.TIME_TO_LIVE);
      for (String host : List.of("a", "b")) {
        world.scheduler().spawn(host, () -> LeaseProgram.run(world, holders, host, 1, 1));
      }
      world.scheduler().run();
    }
  },

  /** Four processes on two hosts want a lease again and again, and one of them is killed. */
  LEASES {
    @Override
    void run(World world) throws Exception {
      Scheduler scheduler = world.scheduler();
      Holders holders = new Holders(scheduler, LeaseProgram.TIME_TO_LIVE);
      for (int i = 0; i < 3; i++) {
        String host = "host" + i / 2;
        scheduler.spawn(host + "." + i, () -> LeaseProgram.run(world, holders, host, 3, 3));
      }
      int killAt = 1 + scheduler.choices().next(40);
      scheduler.spawnAndKill(
          "mortal", killAt, () -> LeaseProgram.run(world, holders, "host1", 3, 3));
      scheduler.run();
    }
  },

  /** Three processes search one keyspace; one is killed, and perhaps all, with a loss of power. */
  SEARCH {
    @Override
    void run(World world) throws Exception {
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
  },

  /** The storage's clock is set forward, and back after another has taken the lease. */
  CLOCK_SET_BACK {
    @Override
    void run(World world) throws Exception {
      Scheduler scheduler = world.scheduler();
      Duration timeToLive = LeaseProgram.TIME_TO_LIVE;
      Lease first = LeaseProgram.take(world, world.storage("a"));
      scheduler.setStorageClock(3_600_000);
      Lease second = LeaseProgram.take(world, world.storage("b"));
      scheduler.setStorageClock(-3_600_000);
      scheduler.pass(timeToLive.toMillis() / 3);
      assertThatThrownBy(first::renew).isInstanceOf(LeaseLostException.class);
      second.renew();
      second.close();
    }
  };

  abstract void run(World world) throws Exception;

  /** The scenario with some safeguards in force, on a storage whose calls do not fail. */
  void run(Scheduler scheduler, World.Kind kind, Set<Safeguard> safeguards) throws Exception {
    run(new World(scheduler, kind, safeguards, 0));
  }

  /** The same, where the choices say whether calls may fail, and when power is lost. */
  void runRandomly(Scheduler scheduler, World.Kind kind, Set<Safeguard> safeguards)
      throws Exception {
    Choices choices = scheduler.choices();
    boolean faults = (this == ANYTHING || this == LEASES) && choices.next(2) == 1;
    if (this == PUBLISH) {
      scheduler.crashAt(1 + choices.next(45));
    }
    run(new World(scheduler, kind, safeguards, faults ? 50 : 0));
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
